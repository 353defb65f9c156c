// lib/engine/tables.h: which lists the engine keeps, and how their keys read.
//
// The numbers are stored: add at the end, never change or reuse one. Each list
// is a projection of streams; `careroute fsck` rebuilds them from the events
// and compares.

#ifndef CAREROUTE_LIB_ENGINE_TABLES_H_
#define CAREROUTE_LIB_ENGINE_TABLES_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "lib/base/uid.h"
#include "lib/store/index_store.h"

namespace careroute::engine {

enum class Table : int32_t {
  // key: organisation; id: case. The cases an organisation takes part in:
  // participation itself, and the rows of its list.
  kParticipation = 1,
  // key: organisation; id: referral uid. Its work queue.
  kQueue = 2,
  // key: organisation; id: referral uid. What it has asked of others.
  kOutgoing = 3,
  // key: ""; sort: due time; id: case and timer. What falls due.
  kTimers = 4,
  // key: person; id: case. The cases of a person.
  kPersonCases = 5,
  // key: blind-index token; id: person.
  kPersonTokens = 6,
  // key: ""; id: organisation. Every organisation of the directory.
  kOrganisations = 7,
  // key: referral uid; id: case. Where a referral lives.
  kReferralHomes = 8,
  // key: ""; id: case. Every open case, for sweeps and fsck.
  kOpenCases = 9,
  // key: ""; sort: start time; id: process. The access logs.
  kAccessLogs = 10,
  // key: person who represents; id: person represented, now or before.
  kRepresented = 11,
  // key: member; sort: kind of post; id: case and post. The posts a member
  // holds or is offered in cases with work.
  kPosts = 12,
  // key: ""; id: referral uid. Referrals performed here with envelopes that
  // wait for a newer release.
  kKeptEnvelopes = 13,
  // key: the lane of another hub; sort, id: referral uid. How far this hub is
  // with each referral the two share.
  kSharedReferrals = 14,
  // key: the lane of another hub; sort, id: case. Cases that moved between the
  // two or are about to, and how far this hub's copy goes.
  kMovedCases = 15,
};

// Kinds of blobs.
inline constexpr int32_t kEditionBlob = 1;

[[nodiscard]] inline store::IndexList ListOf(Table table,
                                             absl::string_view key) {
  return {.table = static_cast<int32_t>(table), .key = std::string(key)};
}

// Whether anybody watches lists of its table, rather than read them when they
// are asked for.
[[nodiscard]] bool IsFollowed(const store::IndexList& list);

// Sorts as the time does: 8 bytes, big-endian, of microseconds since 1970 with
// the sign bit flipped. InfiniteFuture comes last.
[[nodiscard]] std::string SortByTime(absl::Time time);
[[nodiscard]] absl::Time TimeOfSort(absl::string_view sort);

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_TABLES_H_
