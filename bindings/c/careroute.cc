// The functions of careroute.h that open, ask and close. What they promise is
// said there.

#include "careroute/careroute.h"

#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bindings/c/internal/answer.h"
#include "bindings/c/internal/border.h"
#include "bindings/c/internal/embedded_hub.h"
#include "bindings/c/internal/handles.h"
#include "bindings/c/internal/hub.h"
#include "bindings/c/internal/result.h"
#include "lib/base/status_macros.h"
#include "services/core/live_calls.h"
#include "services/core/sandbox_clock.h"

namespace careroute::bindings {
namespace {

constexpr BytesLimit kConfig = {.name = "config",
                                .max = CAREROUTE_CONFIG_BYTES_MAX};

// A hub that is still open when the program ends must not run on while what it
// uses is taken down around it. Nothing acknowledged is lost. Taken, so that a
// thread that closes it at the same time does not close it again.
void StopHubsLeftOpen() {
  for (const auto& open : TableOf(HandleKind::kHub).TakeAll()) {
    std::static_pointer_cast<Hub>(open)
        ->Close(absl::ZeroDuration())
        .IgnoreError();
  }
}

absl::Status OpenHub(careroute_bytes config, careroute_hub** hub) {
  CAREROUTE_RETURN_IF_ERROR(CheckNotNull(hub, "hub"));
  *hub = nullptr;
  CAREROUTE_RETURN_IF_ERROR(CheckMayWait());
  CAREROUTE_ASSIGN_OR_RETURN(const std::string bytes, BytesOf(config, kConfig));
  CAREROUTE_ASSIGN_OR_RETURN(std::shared_ptr<Hub> opened,
                             EmbeddedHub::Open(bytes));
  // After all that registers its own end while a hub opens: it goes first.
  static const int registered = std::atexit(&StopHubsLeftOpen);
  static_cast<void>(registered);
  *hub = AddHandle<Hub>(std::move(opened));
  return absl::OkStatus();
}

absl::Status CloseHub(careroute_hub* hub) {
  CAREROUTE_RETURN_IF_ERROR(CheckMayWait());
  CAREROUTE_ASSIGN_OR_RETURN(const std::shared_ptr<Hub> taken,
                             TakeHandle<Hub>(hub));
  return taken->Close(services::kDrainTime);
}

absl::StatusOr<std::string> Call(careroute_hub* hub,
                                 const careroute_request* request) {
  CAREROUTE_RETURN_IF_ERROR(CheckMayWait());
  CAREROUTE_ASSIGN_OR_RETURN(const std::shared_ptr<Hub> found,
                             FindHandle<Hub>(hub));
  CAREROUTE_ASSIGN_OR_RETURN(Request taken, RequestOf(request));
  return found->Call(std::move(taken));
}

struct Starting {
  careroute_hub* hub;
  const careroute_request* request;
  careroute_done done;
  void* context;
};

absl::Status Start(const Starting& starting, uint64_t* call) {
  if (call != nullptr) *call = 0;
  CAREROUTE_ASSIGN_OR_RETURN(const std::shared_ptr<Hub> found,
                             FindHandle<Hub>(starting.hub));
  CAREROUTE_RETURN_IF_ERROR(
      CheckNotNull(reinterpret_cast<const void*>(starting.done), "done"));
  CAREROUTE_ASSIGN_OR_RETURN(Request taken, RequestOf(starting.request));
  CAREROUTE_ASSIGN_OR_RETURN(
      const uint64_t number,
      found->Start(std::move(taken), Answer(starting.done, starting.context)));
  if (call != nullptr) *call = number;
  return absl::OkStatus();
}

absl::Status Cancel(careroute_hub* hub, uint64_t call) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::shared_ptr<Hub> found,
                             FindHandle<Hub>(hub));
  found->CancelCall(call);
  return absl::OkStatus();
}

absl::Status OpenWatch(careroute_hub* hub, const careroute_request* request,
                       careroute_watch** watch) {
  CAREROUTE_RETURN_IF_ERROR(CheckNotNull(watch, "watch"));
  *watch = nullptr;
  CAREROUTE_ASSIGN_OR_RETURN(const std::shared_ptr<Hub> found,
                             FindHandle<Hub>(hub));
  CAREROUTE_ASSIGN_OR_RETURN(Request taken, RequestOf(request));
  CAREROUTE_ASSIGN_OR_RETURN(std::shared_ptr<Watch> opened,
                             found->OpenWatch(std::move(taken)));
  *watch = AddHandle<Watch>(std::move(opened));
  return absl::OkStatus();
}

Answered Next(careroute_watch* watch, int64_t timeout_us) {
  absl::Status may = CheckMayWait();
  if (!may.ok()) return {.reply = std::move(may)};
  const absl::StatusOr<std::shared_ptr<Watch>> found = FindHandle<Watch>(watch);
  if (!found.ok()) return {.reply = found.status()};
  const absl::StatusOr<absl::Duration> timeout =
      SpanOf(timeout_us, "timeout_us");
  if (!timeout.ok()) return {.reply = timeout.status()};
  return (*found)->Next(*timeout);
}

Answered NextStart(careroute_watch* watch, careroute_done done, void* context) {
  const absl::StatusOr<std::shared_ptr<Watch>> found = FindHandle<Watch>(watch);
  if (!found.ok()) return {.reply = found.status()};
  absl::Status given =
      CheckNotNull(reinterpret_cast<const void*>(done), "done");
  if (!given.ok()) return {.reply = std::move(given)};
  return (*found)->NextStart(Answer(done, context));
}

absl::Status CancelWatch(careroute_watch* watch) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::shared_ptr<Watch> found,
                             FindHandle<Watch>(watch));
  return found->Cancel();
}

absl::Status CloseWatch(careroute_watch* watch) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::shared_ptr<Watch> found,
                             FindHandle<Watch>(watch));
  // While another thread is in its world it goes on, and stays to be closed.
  CAREROUTE_RETURN_IF_ERROR(found->Cancel());
  return TakeHandle<Watch>(watch).status();
}

absl::Status ReadClock(careroute_hub* hub, int64_t* now_us) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::shared_ptr<Hub> found,
                             FindHandle<Hub>(hub));
  CAREROUTE_RETURN_IF_ERROR(CheckNotNull(now_us, "now_us"));
  CAREROUTE_ASSIGN_OR_RETURN(const absl::Time now, found->Now());
  *now_us = absl::ToUnixMicros(now);
  return absl::OkStatus();
}

absl::Status Advance(careroute_hub* hub, int64_t by_us) {
  CAREROUTE_RETURN_IF_ERROR(CheckMayWait());
  CAREROUTE_ASSIGN_OR_RETURN(const std::shared_ptr<Hub> found,
                             FindHandle<Hub>(hub));
  CAREROUTE_ASSIGN_OR_RETURN(const absl::Duration by, SpanOf(by_us, "by_us"));
  if (by > services::kMoveMax) {
    return absl::InvalidArgumentError("by_us: is more than 100 years");
  }
  return found->Advance(by);
}

}  // namespace
}  // namespace careroute::bindings

namespace bindings = careroute::bindings;

const char* careroute_version(void) { return CAREROUTE_VERSION; }

careroute_code careroute_hub_open(careroute_bytes config, careroute_hub** hub,
                                  careroute_result* result) {
  return bindings::Guarded(result,
                           [&] { return bindings::OpenHub(config, hub); });
}

careroute_code careroute_hub_close(careroute_hub* hub,
                                   careroute_result* result) {
  return bindings::Guarded(result, [&] { return bindings::CloseHub(hub); });
}

careroute_code careroute_methods(careroute_hub* hub, careroute_result* result) {
  return bindings::Guarded(result, [&]() -> bindings::Answered {
    const auto found = bindings::FindHandle<bindings::Hub>(hub);
    if (!found.ok()) return {.reply = found.status()};
    return {.reply = (*found)->Methods()};
  });
}

careroute_code careroute_call(careroute_hub* hub,
                              const careroute_request* request,
                              careroute_result* result) {
  return bindings::Guarded(result, [&] {
    return bindings::Answered{.reply = bindings::Call(hub, request)};
  });
}

careroute_code careroute_call_start(careroute_hub* hub,
                                    const careroute_request* request,
                                    careroute_done done, void* context,
                                    uint64_t* call, careroute_result* result) {
  return bindings::Guarded(result, [&] {
    return bindings::Start(
        {.hub = hub, .request = request, .done = done, .context = context},
        call);
  });
}

careroute_code careroute_call_cancel(careroute_hub* hub, uint64_t call,
                                     careroute_result* result) {
  return bindings::Guarded(result, [&] { return bindings::Cancel(hub, call); });
}

careroute_code careroute_watch_open(careroute_hub* hub,
                                    const careroute_request* request,
                                    careroute_watch** watch,
                                    careroute_result* result) {
  return bindings::Guarded(
      result, [&] { return bindings::OpenWatch(hub, request, watch); });
}

careroute_code careroute_watch_next(careroute_watch* watch, int64_t timeout_us,
                                    careroute_result* result) {
  return bindings::Guarded(result,
                           [&] { return bindings::Next(watch, timeout_us); });
}

careroute_code careroute_watch_next_start(careroute_watch* watch,
                                          careroute_done done, void* context,
                                          careroute_result* result) {
  return bindings::Guarded(
      result, [&] { return bindings::NextStart(watch, done, context); });
}

careroute_code careroute_watch_cancel(careroute_watch* watch,
                                      careroute_result* result) {
  return bindings::Guarded(result,
                           [&] { return bindings::CancelWatch(watch); });
}

careroute_code careroute_watch_close(careroute_watch* watch,
                                     careroute_result* result) {
  return bindings::Guarded(result, [&] { return bindings::CloseWatch(watch); });
}

careroute_code careroute_clock_now(careroute_hub* hub, int64_t* now_us,
                                   careroute_result* result) {
  return bindings::Guarded(result,
                           [&] { return bindings::ReadClock(hub, now_us); });
}

careroute_code careroute_clock_advance(careroute_hub* hub, int64_t by_us,
                                       careroute_result* result) {
  return bindings::Guarded(result,
                           [&] { return bindings::Advance(hub, by_us); });
}
