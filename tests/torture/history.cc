#include "tests/torture/history.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"

namespace careroute::tests {
namespace {

constexpr char kStep[] = "step";

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) +
         absl::Nanoseconds(time.nanos());
}

}  // namespace

absl::Status History::Add(const event::v1::CaseEvent& event) {
  const event::v1::EventHeader& header = event.header();
  if (header.version() != version_ + 1) {
    return absl::InternalError(
        absl::StrCat("after version ", version_, " comes ", header.version()));
  }
  version_ = header.version();
  if (!header.request_id().empty() &&
      !requests_.insert(header.request_id()).second) {
    return absl::InternalError(
        absl::StrCat("version ", version_, " is the second effect of request ",
                     absl::BytesToHexString(header.request_id())));
  }
  // A timer that fires may set itself anew.
  if (event.has_timer_fired()) {
    CAREROUTE_RETURN_IF_ERROR(Fire(event.timer_fired()));
  }
  if (event.has_step_completed()) End(event.step_completed().occurrence());
  Set(event.consequences());
  return absl::OkStatus();
}

// What waited for an occurrence goes with it.
void History::End(int32_t occurrence) {
  for (const char* kind : {"silence", "runs_until", "visit"}) {
    timers_.erase({kind, occurrence});
  }
}

void History::Set(const event::v1::Consequences& consequences) {
  for (const event::v1::StepEnded& one : consequences.steps_ended()) {
    End(one.occurrence());
  }
  for (const event::v1::DeadlineSet& set : consequences.deadlines_set()) {
    deadlines_[set.number()] = set;
  }
  for (const int32_t ended : consequences.deadlines_ended()) {
    deadlines_.erase(ended);
  }
  for (const model::v1::ScheduledStep& set : consequences.scheduled()) {
    timers_[{kStep, set.number()}] = TimeOf(set.due_time());
  }
  for (const int32_t ended : consequences.schedules_ended()) {
    timers_.erase({kStep, ended});
  }
  for (const event::v1::TimerSet& set : consequences.timers_set()) {
    if (set.has_due_time()) {
      timers_[{set.kind(), set.number()}] = TimeOf(set.due_time());
    } else {
      timers_.erase({set.kind(), set.number()});
    }
  }
}

absl::Status History::Fire(const event::v1::TimerFired& fired) {
  if (fired.kind() == "deadline") return Raise(fired.number(), fired.level());
  if (timers_.erase({fired.kind(), fired.number()}) != 0) {
    return absl::OkStatus();
  }
  return absl::InternalError(absl::StrCat("version ", version_, " fires timer ",
                                          fired.kind(), " ", fired.number(),
                                          ", which is not set"));
}

absl::Status History::Raise(int32_t number, int32_t level) {
  const int32_t next = raised_.count(number) == 0 ? 0 : raised_[number] + 1;
  if (level != next) {
    return absl::InternalError(
        absl::StrCat("version ", version_, " raises level ", level,
                     " of deadline ", number, ", and the next was ", next));
  }
  raised_[number] = level;
  const auto set = deadlines_.find(number);
  if (set != deadlines_.end() && level < set->second.level_times_size()) {
    raised_due_.push_back(TimeOf(set->second.level_times(level)));
  }
  return absl::OkStatus();
}

std::string History::Owed(absl::Time time) const {
  for (const auto& [number, set] : deadlines_) {
    const auto raised = raised_.find(number);
    const int next = raised == raised_.end() ? 0 : raised->second + 1;
    if (!set.stopped() && next < set.level_times_size() &&
        TimeOf(set.level_times(next)) <= time) {
      return absl::StrCat("level ", next, " of deadline ", number);
    }
  }
  for (const auto& [timer, due] : timers_) {
    if (due <= time) return absl::StrCat(timer.first, " ", timer.second);
  }
  return "";
}

size_t History::RaisedAfter(absl::Time time) const {
  return static_cast<size_t>(
      std::count_if(raised_due_.begin(), raised_due_.end(),
                    [time](absl::Time due) { return due > time; }));
}

}  // namespace careroute::tests
