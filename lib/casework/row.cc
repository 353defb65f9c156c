#include "lib/casework/row.h"

#include <algorithm>
#include <optional>
#include <string>

#include "lib/casework/internal/times.h"
#include "lib/casework/view.h"

namespace careroute::casework {

std::optional<absl::Time> NextToCome(const Case& state) {
  std::optional<absl::Time> next;
  for (const DeadlineRecord& one : state.deadlines) {
    if (one.level < 0 && one.due.has_value() &&
        (!next.has_value() || *one.due < *next)) {
      next = one.due;
    }
  }
  return next;
}

int32_t CountOverdue(const Case& state) {
  return static_cast<int32_t>(
      std::count_if(state.deadlines.begin(), state.deadlines.end(),
                    [](const DeadlineRecord& one) { return one.level >= 0; }));
}

model::v1::CaseRow ToRow(const Case& state, const base::Uid& case_id) {
  model::v1::CaseRow row;
  row.set_name(CaseName(case_id));
  row.set_person(PersonName(state.person));
  row.set_pathway(state.edition.pathway);
  row.set_state(StateOf(state));
  row.set_coordinator(state.coordinator);
  row.set_deputy(state.deputy);
  for (const Occurrence& one : state.occurrences) {
    const auto& steps = row.live_steps();
    if (std::find(steps.begin(), steps.end(), one.step) == steps.end()) {
      row.add_live_steps(one.step);
    }
  }
  if (const auto next = NextToCome(state); next.has_value()) {
    internal::ToProto(*next, row.mutable_next_due_time());
  }
  row.set_overdue(CountOverdue(state));
  row.set_next_contact_date(state.next_contact_date);
  row.set_version(state.version);
  internal::ToProto(state.last_recorded, row.mutable_update_time());
  if (state.ending.has_value()) {
    row.set_ending(state.ending->ending);
  }
  return row;
}

}  // namespace careroute::casework
