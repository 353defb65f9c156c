// lib/engine/performed_rows.h: the rows a referral has in the lists of a hub
// that only performs it.
//
// A pure function of the folded state, as those of a case (case_rows.h), so
// that `careroute fsck` can make them again and compare.

#ifndef CAREROUTE_LIB_ENGINE_PERFORMED_ROWS_H_
#define CAREROUTE_LIB_ENGINE_PERFORMED_ROWS_H_

#include <optional>

#include "lib/base/uid.h"
#include "lib/engine/case_rows.h"
#include "lib/engine/performed_referral.h"
#include "lib/store/index_store.h"

namespace careroute::engine {

// In the performer's work queue while it is there, among those shared with the
// requester's hub, and among those with envelopes that wait for a newer
// release. Sorted by (list, id).
[[nodiscard]] CaseRows RowsOf(const base::Uid& uid,
                              const PerformedReferral& state);

// The referral of a row that RowsOf made; none for a row of a case.
[[nodiscard]] std::optional<base::Uid> ReadPerformedRow(
    const store::IndexRow& row);

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_PERFORMED_ROWS_H_
