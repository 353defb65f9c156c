// bindings/nodejs/native/values.h: values of JavaScript and of the C ABI.
//
// Only src/ calls the addon, with the types that native.ts states. A value of
// another type throws a TypeError in JavaScript and is empty here; whoever got
// it starts nothing.
//
//   const std::string config = BytesOf(info[1]);

#ifndef CAREROUTE_BINDINGS_NODEJS_NATIVE_VALUES_H_
#define CAREROUTE_BINDINGS_NODEJS_NATIVE_VALUES_H_

#include <careroute/careroute.h>
#include <napi.h>

#include <cstdint>
#include <string>
#include <vector>

namespace careroute::nodejs {

[[nodiscard]] inline careroute_bytes View(const std::string& text) {
  return {text.data(), text.size()};
}

// A Uint8Array's bytes where they are, until JavaScript runs again.
[[nodiscard]] careroute_bytes BorrowedBytes(const Napi::Value& array);
[[nodiscard]] std::string BytesOf(const Napi::Value& array);
[[nodiscard]] std::string TextOf(const Napi::Value& text);
[[nodiscard]] uint32_t IdOf(const Napi::Value& id);
[[nodiscard]] int64_t MicrosecondsOf(const Napi::Value& number);

// A handle; null when it is none.
template <typename T>
[[nodiscard]] T* HandleIn(const Napi::Value& external) {
  return external.IsExternal() ? external.As<Napi::External<T>>().Data()
                               : nullptr;
}

[[nodiscard]] Napi::Uint8Array CopyOf(Napi::Env env, careroute_bytes bytes);

// Throws what came of a function that answers at once, and frees it.
Napi::Value Throw(Napi::Env env, careroute_result& result);

// Metadata of many calls.
struct Caller {
  std::vector<std::string> texts;  // keys and values by turns
  std::vector<careroute_pair> pairs;
};

// Four arguments as a request that borrows from them; see src/native.ts.
class Request {
 public:
  Request(const Napi::CallbackInfo& info, size_t first);
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;

  [[nodiscard]] const careroute_request& get() const { return request_; }

 private:
  const std::string method_;
  careroute_request request_ = {};
};

// The same, copied: for another thread.
struct OwnRequest {
  explicit OwnRequest(const Napi::CallbackInfo& info, size_t first);

  std::string method;
  std::string body;
  std::vector<std::string> texts;
  int64_t timeout_us = 0;
};

// Pairs that borrow from the texts.
[[nodiscard]] std::vector<careroute_pair> PairsOf(
    const std::vector<std::string>& texts);

}  // namespace careroute::nodejs

#endif  // CAREROUTE_BINDINGS_NODEJS_NATIVE_VALUES_H_
