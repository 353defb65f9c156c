#include "lib/api/internal/referral_rows.h"

#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "lib/api/internal/row_parts.h"
#include "lib/api/referral_view.h"
#include "lib/api/viewer.h"
#include "lib/engine/case_rows.h"
#include "lib/engine/performed_rows.h"

namespace careroute::api::internal {
namespace {

struct Row {
  engine::CaseStanding standing;  // before it is read, its uid alone
  int32_t number = 0;             // of the referral in that case
  // Of a referral whose case lives at another hub; it has neither.
  std::optional<base::Uid> performed;
  // None until it is known that the caller sees it.
  std::optional<Viewer> viewer;
  model::v1::Referral shown;
};

// Rows whose cases are read together.
struct Part {
  CallPtr call;
  std::vector<Row> rows;
  size_t next = 0;  // to be read, of those of other hubs
  bool hides = false;
  base::Done<ReferralRows> done;
};
using PartPtr = std::shared_ptr<Part>;

void Finish(Part& part) {
  ReferralRows result{.hides = part.hides};
  for (Row& row : part.rows) {
    if (!row.viewer.has_value()) continue;
    row.viewer->Redact(row.shown);
    result.classes = result.classes.Or(row.viewer->ClassesIn(row.shown));
    result.referrals.push_back(std::move(row.shown));
  }
  std::move(part.done)(std::move(result));
}

// Referrals whose case lives at another hub: the whole of each is one stream.
void ReadPerformed(engine::Engine& engine, const PartPtr& part) {
  while (part->next < part->rows.size() &&
         !part->rows[part->next].performed.has_value()) {
    ++part->next;
  }
  if (part->next == part->rows.size()) return Finish(*part);
  Row& row = part->rows[part->next++];
  engine.performed_referrals().Read(
      *row.performed, [&engine, part, &row](
                          absl::StatusOr<engine::PerformedReading> performed) {
        if (!performed.ok()) {
          std::move(part->done)(performed.status());
          return;
        }
        const Viewer viewer(part->call->actor, *performed);
        if (viewer.takes_part()) {
          row.viewer = viewer;
          row.shown = ReferralOf(*performed, part->call->actor);
          AddPerson(*performed, row.shown);
        } else {
          part->hides = true;
        }
        ReadPerformed(engine, part);
      });
}

// Who it is about stands sealed in the event that made the referral.
void ReadPersons(engine::Engine& engine, const PartPtr& part) {
  std::vector<engine::Cases::MakingRequest> requests;
  std::vector<Row*> rows;
  for (Row& row : part->rows) {
    if (!row.viewer.has_value()) continue;
    requests.push_back({.standing = row.standing,
                        .number = row.number,
                        .classes = row.viewer->classes()});
    rows.push_back(&row);
  }
  engine.cases().ReadMakings(
      std::move(requests), [&engine, part, rows = std::move(rows)](
                               absl::StatusOr<engine::Cases::Makings> makings) {
        if (!makings.ok()) {
          std::move(part->done)(makings.status());
          return;
        }
        for (size_t i = 0; i < rows.size(); ++i) {
          const std::optional<engine::CaseHistory>& making = (*makings)[i];
          if (making.has_value()) AddPerson(*making, rows[i]->shown);
        }
        ReadPerformed(engine, part);
      });
}

// Whether the caller sees it decides what is read of it.
void Judge(const model::v1::Actor& actor, Row& row) {
  const casework::Referral* referral =
      casework::FindReferral(*row.standing.state, row.number);
  const Viewer viewer(actor, row.standing);
  if (referral == nullptr || !viewer.sees()) return;
  row.viewer = viewer;
  row.shown = ReferralOf(row.standing, *referral);
}

void ReadCases(engine::Engine& engine, const PartPtr& part) {
  std::set<base::Uid> uids;
  for (const Row& row : part->rows) {
    if (!row.performed.has_value()) uids.insert(row.standing.uid);
  }
  engine.cases().ReadStandings(
      uids,
      [&engine, part](absl::StatusOr<engine::Cases::Standings> standings) {
        if (!standings.ok()) {
          std::move(part->done)(standings.status());
          return;
        }
        for (Row& row : part->rows) {
          if (row.performed.has_value()) continue;
          row.standing = standings->find(row.standing.uid)->second;
          Judge(part->call->actor, row);
          part->hides = part->hides || !row.viewer.has_value();
        }
        ReadPersons(engine, part);
      });
}

// What the row names, if it is one of a referral.
std::optional<Row> RowOf(const store::IndexRow& listed) {
  Row row;
  row.performed = engine::ReadPerformedRow(listed);
  if (row.performed.has_value()) return row;
  const auto home = engine::ReadReferralRow(listed);
  if (!home.has_value()) return std::nullopt;
  row.standing.uid = home->case_uid;
  row.number = home->number;
  return row;
}

ReferralRows Join(std::vector<ReferralRows> parts) {
  ReferralRows whole;
  for (ReferralRows& part : parts) {
    whole.referrals.insert(whole.referrals.end(),
                           std::make_move_iterator(part.referrals.begin()),
                           std::make_move_iterator(part.referrals.end()));
    whole.classes = whole.classes.Or(part.classes);
    whole.hides = whole.hides || part.hides;
  }
  return whole;
}

struct History {
  base::Uid case_uid;
  std::vector<engine::CaseHistory> events;
  base::Done<std::vector<engine::CaseHistory>> done;
};

void NextPage(engine::Engine& engine, const std::shared_ptr<History>& history) {
  const int64_t after = history->events.empty()
                            ? 0
                            : history->events.back().event.header().version();
  engine.cases().ReadHistory(
      {.case_uid = history->case_uid,
       .after_version = after,
       .limit = store::kPageRowsMax},
      [&engine, history](absl::StatusOr<engine::CaseHistoryPage> page) {
        if (!page.ok()) {
          std::move(history->done)(page.status());
          return;
        }
        history->events.insert(history->events.end(),
                               std::make_move_iterator(page->events.begin()),
                               std::make_move_iterator(page->events.end()));
        if (page->more) return NextPage(engine, history);
        std::move(history->done)(std::move(history->events));
      });
}

}  // namespace

void ReadRows(engine::Engine& engine, const CallPtr& call,
              const std::vector<store::IndexRow>& listed,
              base::Done<ReferralRows> done) {
  std::vector<Row> rows;
  for (const store::IndexRow& one : listed) {
    if (std::optional<Row> row = RowOf(one)) rows.push_back(*std::move(row));
  }
  ReadInParts<Row, ReferralRows>(
      std::move(rows),
      [&engine, call](std::vector<Row> together,
                      base::Done<ReferralRows> read) {
        auto part = std::make_shared<Part>();
        part->call = call;
        part->rows = std::move(together);
        part->done = std::move(read);
        ReadCases(engine, part);
      },
      [done = std::move(done)](
          absl::StatusOr<std::vector<ReferralRows>> parts) mutable {
        if (!parts.ok()) {
          std::move(done)(parts.status());
          return;
        }
        std::move(done)(Join(*std::move(parts)));
      });
}

void ReadAllHistory(engine::Engine& engine, base::Uid case_uid,
                    base::Done<std::vector<engine::CaseHistory>> done) {
  auto history = std::make_shared<History>();
  history->case_uid = case_uid;
  history->done = std::move(done);
  NextPage(engine, history);
}

}  // namespace careroute::api::internal
