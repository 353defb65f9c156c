// bindings/python/native.cc: the C ABI as the Python module careroute._native.
//
// As thin as it can be: bytes in, bytes out, an outcome instead of errors; what
// makes it pleasant to use is written in Python around it. The interpreter's
// lock is let go while the library works, and taken again for a callback, which
// comes on a thread of the hub.
//
//   hub, outcome = _native.open_hub(config)
//   code, ended, response, message, details = hub.call(
//       "careroute.api.v1.CaseService.GetCase", request, metadata, 0)

#include <nanobind/nanobind.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/unique_ptr.h>
#include <nanobind/stl/vector.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "careroute/careroute.h"

namespace {

namespace nb = nanobind;

careroute_bytes BytesOf(const std::string& text) {
  return {.data = text.data(), .size = text.size()};
}

careroute_bytes BytesOf(const nb::bytes& bytes) {
  return {.data = bytes.data(), .size = bytes.size()};
}

nb::bytes ToBytes(const careroute_bytes& bytes) {
  return nb::bytes(bytes.data, bytes.size);
}

// The library writes UTF-8; what is none must not become an exception here.
nb::object ToText(const careroute_bytes& bytes) {
  return nb::steal(PyUnicode_DecodeUTF8(static_cast<const char*>(bytes.data),
                                        static_cast<Py_ssize_t>(bytes.size),
                                        "replace"));
}

// Copies a result and frees it.
nb::tuple OutcomeOf(careroute_result& result) {
  nb::tuple outcome =
      nb::make_tuple(result.code, result.ended != 0, ToBytes(result.response),
                     ToText(result.message), ToBytes(result.details));
  careroute_result_free(&result);
  return outcome;
}

// Lets other threads of Python run while the library works.
template <typename Work>
nb::tuple Outside(Work work) {
  careroute_result result = {};
  {
    nb::gil_scoped_release released;
    work(&result);
  }
  return OutcomeOf(result);
}

// Request metadata of one actor, laid out once for all its calls.
class Metadata {
 public:
  explicit Metadata(std::vector<std::pair<std::string, std::string>> pairs)
      : texts_(std::move(pairs)) {
    for (const auto& [key, value] : texts_) {
      pairs_.push_back({.key = BytesOf(key), .value = BytesOf(value)});
    }
  }
  Metadata(const Metadata&) = delete;
  Metadata& operator=(const Metadata&) = delete;

  [[nodiscard]] const careroute_pair* data() const { return pairs_.data(); }
  [[nodiscard]] size_t size() const { return pairs_.size(); }

 private:
  const std::vector<std::pair<std::string, std::string>> texts_;
  std::vector<careroute_pair> pairs_;
};

careroute_request RequestOf(const std::string& method, const nb::bytes& body,
                            const Metadata& metadata, int64_t timeout_us) {
  return {.method = BytesOf(method),
          .body = BytesOf(body),
          .metadata = metadata.data(),
          .metadata_count = metadata.size(),
          .timeout_us = timeout_us};
}

// Hands the outcome to the Python function that was given to Start. What that
// function raises is reported and goes no further. Where the interpreter ends,
// its objects are left to the system.
void Done(void* context, careroute_result* result) {
  if (!Py_IsInitialized()) return careroute_result_free(result);
  nb::gil_scoped_acquire acquired;
  const nb::object done = nb::steal(static_cast<PyObject*>(context));
  try {
    done(OutcomeOf(*result));
  } catch (nb::python_error& error) {
    error.discard_as_unraisable(done);
  }
}

// Starts what ends with Done. A callback that was not taken over is let go.
template <typename Work>
nb::tuple Start(const nb::object& done, Work work) {
  Py_INCREF(done.ptr());
  nb::tuple outcome =
      Outside([&](careroute_result* result) { work(done.ptr(), result); });
  if (nb::cast<int>(outcome[0]) != CAREROUTE_OK) Py_DECREF(done.ptr());
  return outcome;
}

// A handle of the library, closed once: at the latest by the garbage collector.
// In a forked child the library refuses it, and nothing is closed.
template <typename Handle, careroute_code (*kClose)(Handle*, careroute_result*)>
class Owned {
 public:
  explicit Owned(Handle* handle) : handle_(handle) {}
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  ~Owned() {
    if (closed_) return;
    nb::gil_scoped_release released;
    kClose(handle_, nullptr);
  }

  [[nodiscard]] Handle* get() const { return handle_; }

  nb::tuple Close() {
    if (std::exchange(closed_, true)) {
      careroute_result nothing = {};
      return OutcomeOf(nothing);
    }
    return Outside(
        [this](careroute_result* result) { kClose(handle_, result); });
  }

 private:
  Handle* const handle_;
  bool closed_ = false;  // guarded by the interpreter's lock
};

using Watch = Owned<careroute_watch, careroute_watch_close>;
using Hub = Owned<careroute_hub, careroute_hub_close>;
using World = Owned<careroute_world, careroute_world_close>;

// A new handle, or None, and what came of it.
template <typename Kind, typename Handle, typename Work>
nb::tuple Opened(Work work) {
  Handle* handle = nullptr;
  nb::tuple outcome =
      Outside([&](careroute_result* result) { work(&handle, result); });
  if (nb::cast<int>(outcome[0]) != CAREROUTE_OK) {
    return nb::make_tuple(nb::none(), outcome);
  }
  return nb::make_tuple(std::make_unique<Kind>(handle), outcome);
}

nb::tuple OpenHub(const nb::bytes& config) {
  return Opened<Hub, careroute_hub>(
      [&](careroute_hub** hub, careroute_result* result) {
        careroute_hub_open(BytesOf(config), hub, result);
      });
}

nb::tuple OpenWorld(const nb::bytes& config) {
  return Opened<World, careroute_world>(
      [&](careroute_world** world, careroute_result* result) {
        careroute_world_open(BytesOf(config), world, result);
      });
}

nb::tuple Call(const Hub& hub, const std::string& method, const nb::bytes& body,
               const Metadata& metadata, int64_t timeout_us) {
  const careroute_request request =
      RequestOf(method, body, metadata, timeout_us);
  return Outside([&](careroute_result* result) {
    careroute_call(hub.get(), &request, result);
  });
}

nb::tuple CallStart(const Hub& hub, const std::string& method,
                    const nb::bytes& body, const Metadata& metadata,
                    int64_t timeout_us, const nb::object& done) {
  const careroute_request request =
      RequestOf(method, body, metadata, timeout_us);
  uint64_t call = 0;
  nb::tuple outcome = Start(done, [&](void* context, careroute_result* result) {
    careroute_call_start(hub.get(), &request, Done, context, &call, result);
  });
  return nb::make_tuple(call, outcome);
}

nb::tuple OpenWatch(const Hub& hub, const std::string& method,
                    const nb::bytes& body, const Metadata& metadata,
                    int64_t timeout_us) {
  const careroute_request request =
      RequestOf(method, body, metadata, timeout_us);
  return Opened<Watch, careroute_watch>(
      [&](careroute_watch** watch, careroute_result* result) {
        careroute_watch_open(hub.get(), &request, watch, result);
      });
}

nb::tuple Now(const Hub& hub) {
  int64_t now_us = 0;
  nb::tuple outcome = Outside([&](careroute_result* result) {
    careroute_clock_now(hub.get(), &now_us, result);
  });
  return nb::make_tuple(now_us, outcome);
}

void AddWatch(nb::module_& module) {
  nb::class_<Watch>(module, "Watch")
      .def("next",
           [](const Watch& watch, int64_t timeout_us) {
             return Outside([&](careroute_result* result) {
               careroute_watch_next(watch.get(), timeout_us, result);
             });
           })
      .def("next_start",
           [](const Watch& watch, const nb::object& done) {
             return Start(done, [&](void* context, careroute_result* result) {
               careroute_watch_next_start(watch.get(), Done, context, result);
             });
           })
      .def("cancel",
           [](const Watch& watch) {
             return Outside([&](careroute_result* result) {
               careroute_watch_cancel(watch.get(), result);
             });
           })
      .def("close", &Watch::Close);
}

void AddHub(nb::module_& module) {
  nb::class_<Hub>(module, "Hub")
      .def("call", Call)
      .def("call_start", CallStart)
      .def("call_cancel",
           [](const Hub& hub, uint64_t call) {
             return Outside([&](careroute_result* result) {
               careroute_call_cancel(hub.get(), call, result);
             });
           })
      .def("watch", OpenWatch)
      .def("methods",
           [](const Hub& hub) {
             return Outside([&](careroute_result* result) {
               careroute_methods(hub.get(), result);
             });
           })
      .def("now_us", Now)
      .def("advance_us",
           [](const Hub& hub, int64_t by_us) {
             return Outside([&](careroute_result* result) {
               careroute_clock_advance(hub.get(), by_us, result);
             });
           })
      .def("close", &Hub::Close);
}

void AddWorld(nb::module_& module) {
  nb::class_<World>(module, "World")
      .def("hub",
           [](const World& world, const std::string& id) {
             return Opened<Hub, careroute_hub>(
                 [&](careroute_hub** hub, careroute_result* result) {
                   careroute_world_hub(world.get(), BytesOf(id), hub, result);
                 });
           })
      .def("run_us",
           [](const World& world, int64_t by_us) {
             return Outside([&](careroute_result* result) {
               careroute_world_run(world.get(), by_us, result);
             });
           })
      .def("crash",
           [](const World& world, const std::string& id) {
             return Outside([&](careroute_result* result) {
               careroute_world_crash(world.get(), BytesOf(id), result);
             });
           })
      .def("start",
           [](const World& world, const std::string& id) {
             return Outside([&](careroute_result* result) {
               careroute_world_start(world.get(), BytesOf(id), result);
             });
           })
      .def("set_network",
           [](const World& world, const nb::bytes& faults) {
             return Outside([&](careroute_result* result) {
               careroute_world_set_network(world.get(), BytesOf(faults),
                                           result);
             });
           })
      .def("close", &World::Close);
}

}  // namespace

NB_MODULE(_native, module) {
  nb::class_<Metadata>(module, "Metadata")
      .def(nb::init<std::vector<std::pair<std::string, std::string>>>());
  AddWatch(module);
  AddHub(module);
  AddWorld(module);
  module.def("open_hub", OpenHub);
  module.def("open_world", OpenWorld);
}
