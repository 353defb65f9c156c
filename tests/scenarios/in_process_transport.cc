#include "tests/scenarios/in_process_transport.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/status_macros.h"
#include "tests/scenarios/calls.h"
#include "tests/scenarios/world.h"

namespace careroute::scenarios {
namespace {

// What is put off for less than this (a flush, a sweep) happens within a call,
// while the clock of the families stands still.
constexpr absl::Duration kPutOffMax = absl::Seconds(1);

class InProcess final : public Transport {
 public:
  explicit InProcess(const Opening& opening)
      : clock_(opening.start),
        work_clock_(opening.start),
        executor_(work_clock_),
        world_({.executor = executor_,
                .clock = clock_,
                .pathway = opening.pathway}) {}

  absl::Status Prepare() {
    return Wait<bool>([this](base::Done<bool> done) {
             world_.Prepare([done = std::move(done)](absl::Status s) mutable {
               std::move(done)(s.ok() ? absl::StatusOr<bool>(true)
                                      : absl::StatusOr<bool>(std::move(s)));
             });
           })
        .status();
  }

  absl::StatusOr<std::string> Call(
      const Target& target, const google::protobuf::Message& request) override {
    const api::Method* method = world_.table().Find(target.method);
    if (method == nullptr || !method->unary) {
      return absl::UnimplementedError(
          absl::StrCat("no such method: ", target.method));
    }
    return Wait<std::string>([&](base::Done<std::string> done) {
      method->unary(MakeCall(target), request.SerializeAsString(),
                    std::move(done));
    });
  }

  absl::Status MoveClock(absl::Time to) override {
    CAREROUTE_RETURN_IF_ERROR(RunDue());
    while (clock_.Now() < to) {
      CAREROUTE_ASSIGN_OR_RETURN(
          const std::optional<absl::Time> next,
          Wait<std::optional<absl::Time>>(
              [this](base::Done<std::optional<absl::Time>> done) {
                world_.engine().timers().NextDueAfter(clock_.Now(),
                                                      std::move(done));
              }));
      clock_.AdvanceTo(next.has_value() && *next < to ? *next : to);
      CAREROUTE_RETURN_IF_ERROR(RunDue());
    }
    return absl::OkStatus();
  }

 private:
  absl::Status RunDue() {
    return Wait<int>([this](base::Done<int> done) {
             world_.engine().RunDue(clock_.Now(), std::move(done));
           })
        .status();
  }

  template <typename T>
  absl::StatusOr<T> Wait(absl::FunctionRef<void(base::Done<T>)> start) {
    auto answer = std::make_shared<std::optional<absl::StatusOr<T>>>();
    start([answer](absl::StatusOr<T> given) { *answer = std::move(given); });
    executor_.RunUntil(clock_.Now() + kPutOffMax);
    if (!answer->has_value()) return absl::InternalError("nobody answered");
    return std::move(**answer);
  }

  base::VirtualClock clock_;
  base::VirtualClock work_clock_;
  base::ManualExecutor executor_;
  World world_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Transport>> StartInProcess(
    const Opening& opening) {
  auto transport = std::make_unique<InProcess>(opening);
  CAREROUTE_RETURN_IF_ERROR(transport->Prepare());
  return transport;
}

}  // namespace careroute::scenarios
