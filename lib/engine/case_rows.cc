#include "lib/engine/case_rows.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "lib/casework/referral.h"
#include "lib/casework/row.h"
#include "lib/engine/exchange_marks.h"
#include "lib/engine/internal/handed_chain.h"
#include "lib/engine/lanes.h"
#include "lib/engine/moved_cases.h"
#include "lib/engine/post_rows.h"
#include "lib/engine/tables.h"

namespace careroute::engine {
namespace {

using casework::Case;

bool Before(const store::IndexRow& a, const store::IndexRow& b) {
  if (a.list != b.list) return a.list < b.list;
  return a.id < b.id;
}

bool SameContent(const store::IndexRow& a, const store::IndexRow& b) {
  return a.sort == b.sort && a.payload == b.payload;
}

absl::Time NextDueOf(const Case& state, int32_t occurrence, int32_t referral) {
  absl::Time next = absl::InfiniteFuture();
  for (const casework::DeadlineRecord& deadline : state.deadlines) {
    if (!deadline.due.has_value()) continue;
    if (deadline.occurrence == occurrence || deadline.referral == referral) {
      next = std::min(next, *deadline.due);
    }
  }
  return next;
}

// The case as one row, for whoever takes part and among the person's cases.
void AddCase(const base::Uid& uid, const Case& state, CaseRows& rows) {
  const std::string id = uid.Hex();
  std::string payload = casework::ToRow(state, uid).SerializeAsString();
  const std::string sort = SortByTime(NextDue(state));
  for (const std::string& organisation : state.participants) {
    rows.push_back({.list = ListOf(Table::kParticipation, organisation),
                    .sort = sort,
                    .id = id,
                    .payload = payload});
  }
  rows.push_back({.list = ListOf(Table::kPersonCases,
                                 absl::BytesToHexString(state.person)),
                  .id = id,
                  .payload = std::move(payload)});
}

// The payload changes with every entry of either half, so that a watch of the
// list hears of it.
std::string ReferralPayload(const base::Uid& uid,
                            const casework::Referral& referral) {
  return absl::StrCat(uid.Hex(), ":", referral.number, ":",
                      referral.request.entries, ":",
                      referral.performance.entries, ":", referral.undelivered);
}

void AddReferralHomes(const base::Uid& uid, const Case& state, CaseRows& rows) {
  for (const casework::Referral& referral : state.referrals) {
    rows.push_back({.list = ListOf(Table::kReferralHomes, referral.uid.Hex()),
                    .id = uid.Hex(),
                    .payload = absl::StrCat(uid.Hex(), ":", referral.number)});
  }
}

// What a performer of this hub does for a case that came from another one is in
// its queue already, as a referral of its own.
bool IsQueuedElsewhere(const casework::Referral& referral,
                       absl::string_view hub) {
  return !hub.empty() && referral.hub == hub &&
         casework::QueueOf(referral) == referral.performer;
}

void AddReferrals(const base::Uid& uid, const Case& state,
                  absl::string_view hub, CaseRows& rows) {
  AddReferralHomes(uid, state, rows);
  for (const casework::Referral& referral : state.referrals) {
    const std::string id = referral.uid.Hex();
    if (!referral.hub.empty() && referral.hub != hub) {
      rows.push_back(MarksRow(LaneOf(referral.hub), {.referral = referral.uid,
                                                     .own = Half::kRequest,
                                                     .sent = referral.envelopes,
                                                     .taken = referral.taken}));
    }
    if (!casework::IsOpen(casework::StateOf(referral))) continue;
    const std::string sort =
        SortByTime(NextDueOf(state, referral.occurrence, referral.number));
    const std::string payload = ReferralPayload(uid, referral);
    if (!IsQueuedElsewhere(referral, hub)) {
      rows.push_back(
          {.list = ListOf(Table::kQueue, casework::QueueOf(referral)),
           .sort = sort,
           .id = id,
           .payload = payload});
    }
    rows.push_back({.list = ListOf(Table::kOutgoing, referral.requester),
                    .sort = sort,
                    .id = id,
                    .payload = payload});
  }
}

void AddTimers(const base::Uid& uid, const Case& state, CaseRows& rows) {
  for (const casework::DueTimer& timer : casework::TimersOf(state)) {
    rows.push_back(
        {.list = ListOf(Table::kTimers, ""),
         .sort = SortByTime(timer.due),
         .id = absl::StrCat(uid.Hex(), ":", static_cast<int>(timer.kind), ":",
                            timer.number, ":", timer.level)});
  }
}

// For every other hub that the copy names.
void AddMoved(const base::Uid& uid, const Case& state, absl::string_view hub,
              CaseRows& rows) {
  const bool is_frozen = state.home.frozen.has_value();
  // Most have never moved.
  if (state.home.past.empty() && !is_frozen && state.home.IsAt(hub)) return;
  std::set<std::string> others = {state.home.past.begin(),
                                  state.home.past.end()};
  others.insert(state.home.hub);
  if (is_frozen) others.insert(state.home.frozen->hub);
  for (const std::string& other : others) {
    if (other.empty() || other == hub) continue;
    rows.push_back(
        CaseCopyRow(LaneOf(other),
                    {.case_uid = uid,
                     .version = state.version,
                     .offered = is_frozen && state.home.frozen->hub == other}));
  }
}

}  // namespace

absl::Time NextDue(const Case& state) {
  absl::Time next = absl::InfiniteFuture();
  for (const casework::DeadlineRecord& deadline : state.deadlines) {
    if (deadline.due.has_value()) next = std::min(next, *deadline.due);
  }
  return next;
}

CaseRows RowsOf(const base::Uid& case_uid, const Case& state,
                absl::string_view hub) {
  CaseRows rows;
  if (state.version == 0) return rows;
  if (!state.home.IsAt(hub)) {
    if (internal::WasHome(state, hub)) AddReferralHomes(case_uid, state, rows);
    AddMoved(case_uid, state, hub, rows);
    std::sort(rows.begin(), rows.end(), Before);
    return rows;
  }
  AddCase(case_uid, state, rows);
  AddReferrals(case_uid, state, hub, rows);
  AddTimers(case_uid, state, rows);
  AddPostRows(case_uid, state, rows);
  AddMoved(case_uid, state, hub, rows);
  if (!state.ending.has_value() && !state.erased) {
    rows.push_back(
        {.list = ListOf(Table::kOpenCases, ""), .id = case_uid.Hex()});
  }
  std::sort(rows.begin(), rows.end(), Before);
  return rows;
}

void PutDifference(const CaseRows& before, CaseRows after,
                   store::AppendRequest& write) {
  auto old = before.begin();
  for (store::IndexRow& row : after) {
    while (old != before.end() && Before(*old, row)) {
      write.delete_rows.push_back({.list = old->list, .id = old->id});
      ++old;
    }
    const bool known = old != before.end() && !Before(row, *old);
    if (!known || !SameContent(*old, row)) {
      write.put_rows.push_back(std::move(row));
    }
    if (known) ++old;
  }
  for (; old != before.end(); ++old) {
    write.delete_rows.push_back({.list = old->list, .id = old->id});
  }
}

std::optional<ReferralRow> ReadReferralRow(const store::IndexRow& row) {
  const std::vector<absl::string_view> parts = absl::StrSplit(row.payload, ':');
  ReferralRow referral;
  if (parts.size() < 2 || !absl::SimpleAtoi(parts[1], &referral.number)) {
    return std::nullopt;
  }
  const absl::StatusOr<base::Uid> uid = base::ParseUid(parts[0]);
  if (!uid.ok()) return std::nullopt;
  referral.case_uid = *uid;
  return referral;
}

std::optional<TimerRow> ReadTimerRow(const store::IndexRow& row) {
  const std::vector<absl::string_view> parts = absl::StrSplit(row.id, ':');
  TimerRow read;
  int kind = 0;
  if (parts.size() != 4 || !absl::SimpleAtoi(parts[1], &kind) ||
      !command::v1::TimerKind_IsValid(kind) ||
      !absl::SimpleAtoi(parts[2], &read.timer.number) ||
      !absl::SimpleAtoi(parts[3], &read.timer.level)) {
    return std::nullopt;
  }
  const absl::StatusOr<base::Uid> uid = base::ParseUid(parts[0]);
  if (!uid.ok()) return std::nullopt;
  read.case_uid = *uid;
  read.timer.kind = static_cast<command::v1::TimerKind>(kind);
  read.timer.due = TimeOfSort(row.sort);
  return read;
}

}  // namespace careroute::engine
