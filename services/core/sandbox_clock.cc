#include "services/core/sandbox_clock.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "lib/api/status.h"
#include "lib/base/problems.h"

namespace careroute::services {
namespace {

using testing::v1::AdvanceClockRequest;
using testing::v1::AdvanceClockResponse;
using testing::v1::GetClockRequest;
using testing::v1::GetClockResponse;

// Moves and sweeps that may wait: nobody needs more than a few.
constexpr size_t kWaitingMax = 100;

google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  google::protobuf::Timestamp timestamp;
  const int64_t seconds = absl::ToUnixSeconds(time);
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(static_cast<int32_t>(
      absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return timestamp;
}

// The time asked for, or all that is wrong with it.
absl::Time TargetOf(const AdvanceClockRequest& request, absl::Time now,
                    base::Problems& problems) {
  if (request.has_to_time()) {
    const absl::Time target =
        absl::FromUnixSeconds(request.to_time().seconds()) +
        absl::Nanoseconds(request.to_time().nanos());
    if (target < now || target - now > kMoveMax) {
      problems.Error("to_time", "OUT_OF_RANGE",
                     "is before now or more than 100 years ahead",
                     "ask GetClock for the time and name a later one");
    }
    return target;
  }
  if (!request.has_by()) {
    problems.Error("by", "REQUIRED", "neither to_time nor by is set",
                   "say to which time or by how much to move");
    return now;
  }
  const absl::Duration by = absl::Seconds(request.by().seconds()) +
                            absl::Nanoseconds(request.by().nanos());
  if (by < absl::ZeroDuration() || by > kMoveMax) {
    problems.Error("by", "OUT_OF_RANGE", "is negative or more than 100 years",
                   "move by 0 seconds to 100 years");
  }
  return now + std::clamp(by, absl::ZeroDuration(), kMoveMax);
}

absl::Status RequestIdReused() {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_REQUEST_ID_REUSED);
  refusal.set_message_key("request_id_reused");
  refusal.set_message("this request_id moved the clock to another time");
  return api::RefusalStatus(refusal);
}

}  // namespace

struct SandboxClock::Move {
  api::CallPtr call;
  AdvanceClockRequest request;
  std::string id;
  absl::Time target;
  int fired = 0;
  base::Done<api::Served> done;
};

SandboxClock::SandboxClock(Options options)
    : options_(std::move(options)), state_(options_.state) {}

void SandboxClock::AddMethods(api::Pipeline& pipeline) {
  pipeline.Unary<GetClockRequest>(
      "careroute.testing.v1.ClockService.GetClock",
      [this](const api::CallPtr&, const GetClockRequest&,
             base::Done<api::Served> done) {
        GetClockResponse response;
        *response.mutable_time() = ToTimestamp(options_.clock.Now());
        std::move(done)(api::Served{.bytes = response.SerializeAsString()});
      });
  pipeline.Unary<AdvanceClockRequest>(
      "careroute.testing.v1.ClockService.AdvanceClock",
      [this](const api::CallPtr& call, const AdvanceClockRequest& request,
             base::Done<api::Served> done) {
        Advance(call, request, std::move(done));
      });
}

bool SandboxClock::Enter(base::Task job) {
  {
    base::MutexLock lock(mutex_);
    if (busy_) {
      if (waiting_.size() == kWaitingMax) return false;
      waiting_.push_back(std::move(job));
      return true;
    }
    busy_ = true;
  }
  job();
  return true;
}

void SandboxClock::Leave() {
  base::MutexLock lock(mutex_);
  if (waiting_.empty()) {
    busy_ = false;
    return;
  }
  options_.executor.Post(std::move(waiting_.front()));
  waiting_.pop_front();
}

void SandboxClock::Advance(const api::CallPtr& call,
                           const AdvanceClockRequest& request,
                           base::Done<api::Served> done) {
  auto move = std::make_shared<Move>();
  move->call = call;
  move->request = request;
  move->id = absl::AsciiStrToLower(request.request_id());
  move->done = std::move(done);
  if (!Enter([this, move] { Begin(move); })) {
    std::move(move->done)(
        absl::ResourceExhaustedError("too many requests move the clock"));
  }
}

ClockMove* SandboxClock::FindMove(const std::string& request_id) {
  for (ClockMove& move : state_.moves) {
    if (move.request_id == request_id) return &move;
  }
  return nullptr;
}

void SandboxClock::Begin(const MovePtr& move) {
  const ClockMove* known = FindMove(move->id);
  if (known == nullptr) return Take(move);
  move->target = known->target;
  base::Problems ignored;
  if (move->request.has_to_time() &&
      TargetOf(move->request, known->target, ignored) != known->target) {
    return Finish(move, RequestIdReused());
  }
  if (known->fired != kUnderWay) {
    move->fired = known->fired;
    return Finish(move, absl::OkStatus());
  }
  // It was cut short and goes on.
  StepTo(move, options_.clock.Now(), options_.clock.Now() >= move->target);
}

void SandboxClock::Take(const MovePtr& move) {
  base::Problems problems;
  move->target = TargetOf(move->request, options_.clock.Now(), problems);
  if (problems.HasErrors()) return Finish(move, api::ProblemsStatus(problems));
  if (state_.moves.size() == kMovesKeptMax) state_.moves.pop_front();
  state_.moves.push_back({.request_id = move->id, .target = move->target});
  StepTo(move, options_.clock.Now(), options_.clock.Now() == move->target);
}

void SandboxClock::Step(const MovePtr& move) {
  // Who asked may go away; the clock then stays where it is.
  if (move->call->cancelled || stopped_) {
    return Finish(move, absl::CancelledError("the caller has gone"));
  }
  options_.engine.timers().NextDueAfter(
      options_.clock.Now(),
      [this, move](absl::StatusOr<std::optional<absl::Time>> next) {
        if (!next.ok()) return Finish(move, next.status());
        const bool last = !next->has_value() || **next >= move->target;
        StepTo(move, last ? move->target : **next, last);
      });
}

void SandboxClock::StepTo(const MovePtr& move, absl::Time time, bool last) {
  options_.clock.AdvanceTo(time);
  state_.now = options_.clock.Now();
  Save([this, move, last](absl::Status saved) {
    if (!saved.ok()) return Finish(move, std::move(saved));
    options_.engine.RunDue(
        options_.clock.Now(), [this, move, last](absl::StatusOr<int> fired) {
          if (!fired.ok()) return Finish(move, fired.status());
          move->fired += *fired;
          if (!last) return Step(move);
          if (ClockMove* record = FindMove(move->id)) {
            record->fired = move->fired;
          }
          Save(
              [this, move](absl::Status end) { Finish(move, std::move(end)); });
        });
  });
}

void SandboxClock::Finish(const MovePtr& move, absl::Status status) {
  Leave();
  if (!status.ok()) {
    std::move(move->done)(std::move(status));
    return;
  }
  AdvanceClockResponse response;
  *response.mutable_time() = ToTimestamp(move->target);
  response.set_timers_fired(move->fired);
  std::move(move->done)(api::Served{.bytes = response.SerializeAsString()});
}

void SandboxClock::Save(base::DoneStatus done) {
  if (options_.file.empty()) {
    std::move(done)(absl::OkStatus());
    return;
  }
  options_.io_executor.Post(
      [file = options_.file, state = state_, done = std::move(done)]() mutable {
        std::move(done)(SaveClockFile(file, state));
      });
}

void SandboxClock::RunInBackground() {
  SweepLater();
  SignLater();
}

void SandboxClock::Stop() { stopped_ = true; }

void SandboxClock::SweepLater() {
  options_.executor.PostAt(options_.clock.Now() + engine::kSweepEvery, [this] {
    if (stopped_) return;
    const bool entered = Enter([this] {
      options_.engine.RunDue(options_.clock.Now(), [this](absl::StatusOr<int>) {
        Leave();
        SweepLater();
      });
    });
    if (!entered) SweepLater();
  });
}

void SandboxClock::SignLater() {
  options_.executor.PostAt(options_.clock.Now() + engine::kCheckpointEvery,
                           [this] {
                             if (stopped_) return;
                             options_.engine.checkpoints().Sign(
                                 [this](absl::Status) { SignLater(); });
                           });
}

}  // namespace careroute::services
