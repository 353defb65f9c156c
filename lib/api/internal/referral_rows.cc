#include "lib/api/internal/referral_rows.h"

#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "lib/api/referral_view.h"
#include "lib/api/viewer.h"
#include "lib/engine/case_rows.h"

namespace careroute::api::internal {
namespace {

struct Reading {
  CallPtr call;
  std::vector<store::IndexRow> rows;
  size_t next = 0;
  ReferralRows result;
  base::Done<ReferralRows> done;
};

void Show(const engine::CaseReading& reading, int32_t number, Reading& into) {
  const casework::Referral* referral =
      casework::FindReferral(*reading.state, number);
  const Viewer viewer(into.call->actor, reading);
  if (referral == nullptr || !viewer.takes_part()) return;
  model::v1::Referral shown = ReferralOf(reading, *referral);
  viewer.Redact(shown);
  into.result.classes = into.result.classes.Or(viewer.ClassesIn(shown));
  into.result.referrals.push_back(std::move(shown));
}

void Next(engine::Engine& engine, const std::shared_ptr<Reading>& reading) {
  while (reading->next < reading->rows.size()) {
    const std::optional<engine::ReferralRow> row =
        engine::ReadReferralRow(reading->rows[reading->next++]);
    if (!row.has_value()) continue;
    engine.cases().Read(row->case_uid,
                        [&engine, reading, number = row->number](
                            absl::StatusOr<engine::CaseReading> found) {
                          if (!found.ok()) {
                            std::move(reading->done)(found.status());
                            return;
                          }
                          Show(*found, number, *reading);
                          Next(engine, reading);
                        });
    return;
  }
  std::move(reading->done)(std::move(reading->result));
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
              std::vector<store::IndexRow> rows,
              base::Done<ReferralRows> done) {
  auto reading = std::make_shared<Reading>();
  reading->call = call;
  reading->rows = std::move(rows);
  reading->done = std::move(done);
  Next(engine, reading);
}

void ReadAllHistory(engine::Engine& engine, base::Uid case_uid,
                    base::Done<std::vector<engine::CaseHistory>> done) {
  auto history = std::make_shared<History>();
  history->case_uid = case_uid;
  history->done = std::move(done);
  NextPage(engine, history);
}

}  // namespace careroute::api::internal
