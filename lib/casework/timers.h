// lib/casework/timers.h: what of a case falls due, and when.
//
// The engine projects these beside the events and fires each as an ordinary
// command once its instant is reached. Firing one that had its effect is
// refused, so an engine may fire twice and never loses one by being down.
//
//   for (const DueTimer& timer : TimersOf(state)) Project(case_id, timer);

#ifndef CAREROUTE_LIB_CASEWORK_TIMERS_H_
#define CAREROUTE_LIB_CASEWORK_TIMERS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/command/v1/case_command.pb.h"
#include "lib/casework/case.h"

namespace careroute::casework {

struct DueTimer {
  command::v1::TimerKind kind = command::v1::TIMER_KIND_UNSPECIFIED;
  int32_t number = 0;
  int32_t level = 0;  // for deadlines: the next level not raised yet
  absl::Time due;

  friend bool operator==(const DueTimer&, const DueTimer&) = default;
};

// Every timer that runs, in order of kind and number. A deadline has at most
// one: its next level. An erased or ahead case has none.
[[nodiscard]] std::vector<DueTimer> TimersOf(const Case& state);

// The earliest of them.
[[nodiscard]] std::optional<DueTimer> NextTimer(const Case& state);

// The word an event uses for a kind, "" for none; and back.
[[nodiscard]] absl::string_view TimerWord(command::v1::TimerKind kind);
[[nodiscard]] command::v1::TimerKind TimerKindOf(absl::string_view word);

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_TIMERS_H_
