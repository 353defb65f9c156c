// lib/engine/case_rows.h: the rows a case has in the lists.
//
// A pure function of the folded state, so that `careroute fsck` can make the
// rows again and compare. A command writes only the difference.
//
//   const CaseRows before = RowsOf(uid, *loaded.state);
//   PutDifference(before, RowsOf(uid, *after), plan.write);

#ifndef CAREROUTE_LIB_ENGINE_CASE_ROWS_H_
#define CAREROUTE_LIB_ENGINE_CASE_ROWS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "lib/base/uid.h"
#include "lib/casework/case.h"
#include "lib/casework/timers.h"
#include "lib/store/append.h"
#include "lib/store/index_store.h"

namespace careroute::engine {

// Sorted by (list, id); no two alike.
using CaseRows = std::vector<store::IndexRow>;

// Those of the copy that the hub of that id keeps. Empty for a case that was
// not opened. Of one that another hub writes to: which hubs it moved between,
// and where late answers of its performers belong, if they were once told to
// answer here.
[[nodiscard]] CaseRows RowsOf(const base::Uid& case_uid,
                              const casework::Case& state,
                              absl::string_view hub);

// Adds to `write` what turns the rows `before` into `after`.
void PutDifference(const CaseRows& before, CaseRows after,
                   store::AppendRequest& write);

// A row of a work queue or of what was asked: which referral it is.
struct ReferralRow {
  base::Uid case_uid;
  int32_t number = 0;
};
// None for a payload this release did not write.
[[nodiscard]] std::optional<ReferralRow> ReadReferralRow(
    const store::IndexRow& row);

// A timer row: which case, which timer.
struct TimerRow {
  base::Uid case_uid;
  casework::DueTimer timer;
};
[[nodiscard]] std::optional<TimerRow> ReadTimerRow(const store::IndexRow& row);

// When the nearest deadline that still runs falls due; InfiniteFuture = none.
[[nodiscard]] absl::Time NextDue(const casework::Case& state);

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_CASE_ROWS_H_
