#include "lib/casework/timers.h"

#include <algorithm>

namespace careroute::casework {
namespace {

using command::v1::TimerKind;

struct Word {
  TimerKind kind;
  absl::string_view word;
};

constexpr Word kWords[] = {
    {command::v1::TIMER_KIND_DEADLINE, "deadline"},
    {command::v1::TIMER_KIND_STEP, "step"},
    {command::v1::TIMER_KIND_STOP, "stop"},
    {command::v1::TIMER_KIND_SILENCE, "silence"},
    {command::v1::TIMER_KIND_CONSENT, "consent"},
    {command::v1::TIMER_KIND_CONTACT, "contact"},
    {command::v1::TIMER_KIND_RUNS_UNTIL, "runs_until"},
    {command::v1::TIMER_KIND_DECIDER, "decider"},
    {command::v1::TIMER_KIND_RIGHT, "right"},
    {command::v1::TIMER_KIND_DATE, "date"},
    {command::v1::TIMER_KIND_VISIT, "visit"},
    {command::v1::TIMER_KIND_REMINDER, "reminder"},
};

void AddDeadlines(const Case& state, std::vector<DueTimer>& timers) {
  for (const DeadlineRecord& one : state.deadlines) {
    const int32_t next = one.level + 1;
    const auto at = static_cast<size_t>(next);
    if (!one.stopped && at < one.level_times.size()) {
      timers.push_back({.kind = command::v1::TIMER_KIND_DEADLINE,
                        .number = one.number,
                        .level = next,
                        .due = one.level_times[at]});
    }
  }
}

void AddStops(const Case& state, std::vector<DueTimer>& timers) {
  for (const StopRecord& one : state.stops) {
    if (!one.end.has_value() && one.latest_end.has_value()) {
      timers.push_back({.kind = command::v1::TIMER_KIND_STOP,
                        .number = one.number,
                        .due = *one.latest_end});
    }
  }
}

// After the ending only what stays open still waits for anything.
bool RunsAfterEnding(TimerKind kind) {
  return kind == command::v1::TIMER_KIND_SILENCE ||
         kind == command::v1::TIMER_KIND_RUNS_UNTIL ||
         kind == command::v1::TIMER_KIND_VISIT ||
         kind == command::v1::TIMER_KIND_CONSENT ||
         kind == command::v1::TIMER_KIND_RIGHT;
}

}  // namespace

std::vector<DueTimer> TimersOf(const Case& state) {
  std::vector<DueTimer> timers;
  if (state.erased || state.ahead || state.version == 0 ||
      state.home.frozen.has_value()) {
    return timers;
  }
  const bool open = !state.ending.has_value();
  AddDeadlines(state, timers);
  if (open) {
    for (const ScheduleRecord& one : state.schedules) {
      timers.push_back({.kind = command::v1::TIMER_KIND_STEP,
                        .number = one.number,
                        .due = one.due});
    }
    AddStops(state, timers);
  }
  for (const TimerRecord& one : state.timers) {
    const TimerKind kind = TimerKindOf(one.kind);
    if (kind != command::v1::TIMER_KIND_UNSPECIFIED &&
        (open || RunsAfterEnding(kind))) {
      timers.push_back({.kind = kind, .number = one.number, .due = one.due});
    }
  }
  std::sort(timers.begin(), timers.end(),
            [](const DueTimer& a, const DueTimer& b) {
              return a.kind != b.kind ? a.kind < b.kind : a.number < b.number;
            });
  return timers;
}

std::optional<DueTimer> NextTimer(const Case& state) {
  const std::vector<DueTimer> timers = TimersOf(state);
  const auto next = std::min_element(
      timers.begin(), timers.end(),
      [](const DueTimer& a, const DueTimer& b) { return a.due < b.due; });
  return next == timers.end() ? std::nullopt : std::optional(*next);
}

absl::string_view TimerWord(TimerKind kind) {
  for (const Word& one : kWords) {
    if (one.kind == kind) {
      return one.word;
    }
  }
  return "";
}

TimerKind TimerKindOf(absl::string_view word) {
  for (const Word& one : kWords) {
    if (one.word == word) {
      return one.kind;
    }
  }
  return command::v1::TIMER_KIND_UNSPECIFIED;
}

}  // namespace careroute::casework
