#include "lib/api/internal/referral_rows.h"

#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "lib/api/referral_view.h"
#include "lib/api/viewer.h"
#include "lib/engine/case_rows.h"
#include "lib/engine/performed_rows.h"

namespace careroute::api::internal {
namespace {

// Read at once while the event that made a referral is looked for: it mostly
// follows soon on the one that started its step.
constexpr int32_t kMakingPage = 20;

struct Reading {
  CallPtr call;
  std::vector<store::IndexRow> rows;
  size_t next = 0;
  ReferralRows result;
  base::Done<ReferralRows> done;
};

using ReadingPtr = std::shared_ptr<Reading>;

// A row on its way into the list.
struct Row {
  engine::CaseReading reading;
  int32_t number = 0;
  model::v1::Referral shown;
  int64_t after_version = 0;
};
using RowPtr = std::shared_ptr<Row>;

void Next(engine::Engine& engine, const ReadingPtr& reading);

// Null for a row the caller takes no part in.
RowPtr RowOf(engine::CaseReading reading, int32_t number, const Reading& list) {
  const casework::Referral* referral =
      casework::FindReferral(*reading.state, number);
  const Viewer viewer(list.call->actor, reading);
  if (referral == nullptr || !viewer.sees()) return nullptr;
  auto row = std::make_shared<Row>();
  row->number = number;
  row->shown = ReferralOf(reading, *referral);
  const casework::Occurrence* live =
      casework::FindOccurrence(*reading.state, referral->occurrence);
  // Not before the event that started its step.
  if (live != nullptr && live->version > 0) {
    row->after_version = live->version - 1;
  }
  row->reading = std::move(reading);
  return row;
}

void Show(const Viewer& viewer, model::v1::Referral shown, Reading& into) {
  viewer.Redact(shown);
  into.result.classes = into.result.classes.Or(viewer.ClassesIn(shown));
  into.result.referrals.push_back(std::move(shown));
}

// Whether the page holds the event that made the referral.
bool TakePerson(const engine::CaseHistoryPage& page, Row& row) {
  for (const engine::CaseHistory& history : page.events) {
    row.after_version = history.event.header().version();
    if (AddPerson(history, row.number, row.shown)) return true;
  }
  return false;
}

// Who it is about stands sealed in the event that made the referral.
void ReadPerson(engine::Engine& engine, const ReadingPtr& reading,
                const RowPtr& row) {
  engine.cases().ReadHistory(
      {.case_uid = row->reading.uid,
       .after_version = row->after_version,
       .limit = kMakingPage},
      [&engine, reading, row](absl::StatusOr<engine::CaseHistoryPage> page) {
        if (!page.ok()) {
          std::move(reading->done)(page.status());
          return;
        }
        if (!TakePerson(*page, *row) && page->more) {
          return ReadPerson(engine, reading, row);
        }
        const Viewer viewer(reading->call->actor, row->reading);
        Show(viewer, std::move(row->shown), *reading);
        Next(engine, reading);
      });
}

// A referral whose case lives at another hub: the whole of it is one stream.
void ReadPerformed(engine::Engine& engine, const ReadingPtr& reading,
                   const base::Uid& uid) {
  engine.performed_referrals().Read(
      uid,
      [&engine, reading](absl::StatusOr<engine::PerformedReading> performed) {
        if (!performed.ok()) {
          std::move(reading->done)(performed.status());
          return;
        }
        const Viewer viewer(reading->call->actor, *performed);
        if (!viewer.takes_part()) {
          reading->result.hides = true;
          return Next(engine, reading);
        }
        model::v1::Referral shown =
            ReferralOf(*performed, reading->call->actor);
        AddPerson(*performed, shown);
        Show(viewer, std::move(shown), *reading);
        Next(engine, reading);
      });
}

void Next(engine::Engine& engine, const ReadingPtr& reading) {
  while (reading->next < reading->rows.size()) {
    const store::IndexRow& listed = reading->rows[reading->next++];
    if (const auto uid = engine::ReadPerformedRow(listed)) {
      return ReadPerformed(engine, reading, *uid);
    }
    const std::optional<engine::ReferralRow> row =
        engine::ReadReferralRow(listed);
    if (!row.has_value()) continue;
    engine.cases().Read(
        row->case_uid, [&engine, reading, number = row->number](
                           absl::StatusOr<engine::CaseReading> found) {
          if (!found.ok()) {
            std::move(reading->done)(found.status());
            return;
          }
          const RowPtr shown = RowOf(*std::move(found), number, *reading);
          if (shown == nullptr) {
            reading->result.hides = true;
            return Next(engine, reading);
          }
          ReadPerson(engine, reading, shown);
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
