// lib/casework/row.h: a case as one row of a list.
//
//   const model::v1::CaseRow row = ToRow(state, case_id);
//
// Lists, watches and work queues project this from each state; it holds ids,
// dates and counts only, never a fact of the person.

#ifndef CAREROUTE_LIB_CASEWORK_ROW_H_
#define CAREROUTE_LIB_CASEWORK_ROW_H_

#include <optional>

#include "absl/time/time.h"
#include "careroute/model/v1/case.pb.h"
#include "lib/base/uid.h"
#include "lib/casework/case.h"

namespace careroute::casework {

[[nodiscard]] model::v1::CaseRow ToRow(const Case& state,
                                       const base::Uid& case_id);

// The nearest deadline that is not missed yet; none where no clock runs.
[[nodiscard]] std::optional<absl::Time> NextToCome(const Case& state);

// How many deadlines are overdue: raised at level 0 or above.
[[nodiscard]] int32_t CountOverdue(const Case& state);

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_ROW_H_
