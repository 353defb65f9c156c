#include "lib/engine/performed_rows.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "lib/engine/exchange_marks.h"
#include "lib/engine/lanes.h"
#include "lib/engine/tables.h"

namespace careroute::engine {
namespace {

// No case has rows of such a payload: they begin with its id.
constexpr absl::string_view kPerformed = "performed:";

}  // namespace

CaseRows RowsOf(const base::Uid& uid, const PerformedReferral& state) {
  CaseRows rows;
  const casework::Referral& referral = state.referral;
  // The requester's queue is at its own hub.
  if (state.arrived && !state.erased && !referral.performer.empty() &&
      casework::QueueOf(referral) == referral.performer) {
    rows.push_back(
        {.list = ListOf(Table::kQueue, referral.performer),
         .sort = SortByTime(NextDue(state)),
         .id = uid.Hex(),
         // Changes with every event, so that a watch hears of it.
         .payload = absl::StrCat(kPerformed, uid.Hex(), ":", state.version)});
  }
  if (!state.kept.empty()) {
    rows.push_back(
        {.list = ListOf(Table::kKeptEnvelopes, ""), .id = uid.Hex()});
  }
  if (!state.home_hub.empty()) {
    rows.push_back(MarksRow(LaneOf(state.home_hub), {.referral = uid,
                                                     .own = Half::kPerformance,
                                                     .sent = state.envelopes,
                                                     .taken = state.taken}));
  }
  return rows;
}

std::optional<base::Uid> ReadPerformedRow(const store::IndexRow& row) {
  absl::string_view payload = row.payload;
  if (!absl::ConsumePrefix(&payload, kPerformed)) return std::nullopt;
  const absl::StatusOr<base::Uid> uid =
      base::ParseUid(payload.substr(0, payload.find(':')));
  if (!uid.ok()) return std::nullopt;
  return *uid;
}

}  // namespace careroute::engine
