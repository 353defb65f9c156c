// lib/casework/internal/starts.h: steps start.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_STARTS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_STARTS_H_

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lib/casework/internal/draft.h"

namespace careroute::casework::internal {

// Callers kept with an occurrence: blocks are nested, but not deeper.
inline constexpr size_t kCallersMax = 3;

// Why a step starts.
struct StartCause {
  // "entry:ID", "outcome:STEP/OUTCOME", ...
  absl::string_view word;
  // The occurrence whose outcome, miss or silence starts it.
  const Live* starter = nullptr;
  // Instead of the starter and its callers, when a block returns.
  std::optional<std::vector<CallerRecord>> callers;
  // The starter's performer is not offered.
  bool redirect = false;
};

// Starts an occurrence for the subject, unless the step is live already and may
// not be live twice. What an interrupt suspends starts suspended.
void StartStep(const model::v1::Step& step, SubjectRef subject,
               const StartCause& cause, Draft& draft);

// The same for whomever the step has occurrences: for `near` when it is of the
// step's kind; else for the person; else for each subject of the kind.
void StartFor(const model::v1::Step& step, SubjectRef near,
              const StartCause& cause, Draft& draft);

// Whether the `if` of a rule lets it count: absent or yes.
[[nodiscard]] bool IfHolds(const Draft& draft, const model::v1::StartRule& rule,
                           SubjectRef asking);

// Launches of an entry, a flag or another step.
void StartAll(absl::Span<const pathway::Launch> launches, SubjectRef near,
              const StartCause& cause, Draft& draft);

// Rules at entry whose condition holds, and dates that are past already.
void StartAtEntry(Draft& draft);

// Schedules, or moves, the day on which a date rule starts the step.
void ScheduleByDate(const model::v1::Step& step, int rule, bool at_entry,
                    Draft& draft);
// For every date rule of the edition: at the opening, and once the birth date
// becomes known.
void ScheduleAllDates(bool at_entry, Draft& draft);

// The instant of a date rule; nullopt while its date is not known.
[[nodiscard]] std::optional<absl::Time> InstantOf(
    const Draft& draft, const model::v1::DateRule& rule, SubjectRef subject);

// Who was to be replaced goes, now that occurrence `by` does the same work.
void EndReplaced(absl::string_view step, SubjectRef subject, int32_t by,
                 Draft& draft);

// The callers of a live occurrence, innermost first.
[[nodiscard]] std::vector<CallerRecord> CallersOf(const Live& live);

// The subject kind whose occurrences a step has.
[[nodiscard]] model::v1::SubjectKind KindOf(const model::v1::Step& step,
                                            SubjectRef near);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_STARTS_H_
