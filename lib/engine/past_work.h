// lib/engine/past_work.h: what is told of steps that are over.
//
// The folded case keeps of an ended step how often and how it ended. Which
// limit it missed and why, and which referrals it had, stands in the events
// alone.
//
//   if (HasPastTroubles(*reading.state)) {
//     past = PastWorkOf(history);
//   }

#ifndef CAREROUTE_LIB_ENGINE_PAST_WORK_H_
#define CAREROUTE_LIB_ENGINE_PAST_WORK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "lib/casework/case.h"
#include "lib/engine/cases.h"

namespace careroute::engine {

// One occurrence that has ended.
struct PastWork {
  // Number, step, subject and start; nothing more of it is known.
  casework::Occurrence occurrence;
  int64_t version = 0;  // of the event it ended with
  // Limits that were over by then; empty when it was in time.
  std::vector<casework::DeadlineRecord> missed;
  std::string late_reason;  // in the words given; empty = none were
};

// Whether a step that is over was late, or somebody refused it on the way: only
// then the history has something to tell.
[[nodiscard]] bool HasPastTroubles(const casework::Case& state);

// In the order they ended. `events` are all of the case, from the first.
[[nodiscard]] std::vector<PastWork> PastWorkOf(
    absl::Span<const CaseHistory> events);

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_PAST_WORK_H_
