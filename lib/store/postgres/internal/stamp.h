// lib/store/postgres/internal/stamp.h: which changes a reader has not seen.
//
// A row's stamp is the id of the transaction that wrote it and the row's place
// in it. Ids are given out when a transaction begins to write, not when it
// commits, so "every stamp above the last one seen" would skip a slow writer. A
// position therefore keeps the server's own snapshot, which says of every
// transaction whether it had ended: a change is new when the snapshot did not
// see it. Nothing is skipped and nothing comes twice. A row of a list that
// nobody follows has no stamp: 0.
//
// On a distributed database the ids and the snapshots are those of the node
// that hubs are connected to, and a row's transaction ends there last.

#ifndef CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_STAMP_H_
#define CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_STAMP_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "lib/store/append.h"
#include "lib/store/index_store.h"

namespace careroute::store::postgres {

// More rows than one append can bring.
inline constexpr int kPlaceBits = 12;
static_assert(kRowsPerAppendMax < (1 << kPlaceBits));

// SQL for the stamp of this transaction, to be joined with a place by "|".
#define CAREROUTE_STAMP "(pg_current_xact_id()::text::bigint << 12)"
// SQL: true when the snapshot, a parameter of type text, had not seen the
// stamp. The first line lets the index do most of it.
#define CAREROUTE_UNSEEN(stamp, snapshot)                                 \
  stamp " >= pg_snapshot_xmin(" snapshot                                  \
        "::text::pg_snapshot)::text::bigint << 12 AND NOT "               \
        "pg_visible_in_snapshot((" stamp " >> 12)::text::xid8, " snapshot \
        "::text::pg_snapshot)"

// What a ChangePosition says.
struct Place {
  int64_t epoch = 0;
  // Changes this snapshot had seen are old.
  std::string seen;
  // Within a read of several pages: what the first page saw, which is where
  // the next read begins, and the last stamp given.
  std::string reading;
  int64_t last_stamp = std::numeric_limits<int64_t>::min();
};

[[nodiscard]] ChangePosition PositionOf(const Place& place);

// None for the empty position. INVALID_ARGUMENT for bytes PositionOf never
// makes.
[[nodiscard]] absl::StatusOr<std::optional<Place>> PlaceOf(
    const ChangePosition& position);

// The oldest transaction a snapshot had not seen the end of, as a stamp.
[[nodiscard]] int64_t OldestUnseen(const std::string& snapshot);

}  // namespace careroute::store::postgres

#endif  // CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_STAMP_H_
