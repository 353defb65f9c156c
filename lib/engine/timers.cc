#include "lib/engine/timers.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "lib/engine/case_rows.h"
#include "lib/engine/hub_actor.h"
#include "lib/engine/tables.h"

namespace careroute::engine {
namespace {

constexpr int32_t kTimersPerPage = 100;

}  // namespace

struct Timers::Sweep {
  absl::Time now;
  std::vector<store::IndexRow> rows;  // of this page, earliest last
  std::set<std::string> failed;       // ids that did not fire in this sweep
  std::set<store::StreamId> held;     // cases that took no command
  int fired = 0;
  base::Done<int> done;
};

void Timers::FireDue(absl::Time now, base::Done<int> done) {
  auto sweep = std::make_shared<Sweep>();
  sweep->now = now;
  sweep->done = std::move(done);
  lease_.Ask([this, sweep](bool sweeps) {
    if (sweeps) return Page(sweep);
    std::move(sweep->done)(0);
  });
}

void Timers::Page(const std::shared_ptr<Sweep>& sweep) {
  const size_t failed = sweep->failed.size();
  store_.Scan({.list = ListOf(Table::kTimers, ""),
               .limit = kTimersPerPage + static_cast<int32_t>(failed)},
              [this, sweep, failed](absl::StatusOr<store::IndexPage> page) {
                if (!page.ok()) {
                  std::move(sweep->done)(page.status());
                  return;
                }
                TakeDue(std::move(page->rows), *sweep);
                if (!sweep->rows.empty()) return FireNext(sweep);
                // Rows that were passed over may have hidden others.
                if (sweep->failed.size() > failed) return Page(sweep);
                std::move(sweep->done)(sweep->fired);
              });
}

// Of each case its earliest timer only: firing it may make one due that comes
// before the case's others, as a level raised late makes the next one.
void Timers::TakeDue(std::vector<store::IndexRow> rows, Sweep& sweep) {
  std::set<store::StreamId> taken;
  for (store::IndexRow& row : rows) {
    if (TimeOfSort(row.sort) > sweep.now) break;
    if (sweep.failed.count(row.id) != 0) continue;
    if (sweep.held.count(row.stream) != 0) {
      sweep.failed.insert(row.id);
    } else if (taken.insert(row.stream).second) {
      sweep.rows.push_back(std::move(row));
    }
  }
  std::reverse(sweep.rows.begin(), sweep.rows.end());
}

void Timers::FireNext(const std::shared_ptr<Sweep>& sweep) {
  if (sweep->rows.empty()) return Page(sweep);
  store::IndexRow row = std::move(sweep->rows.back());
  sweep->rows.pop_back();
  // Keeps the lease while a long sweep goes on. What was begun is finished:
  // another hub that sweeps as well costs only work.
  lease_.Ask([this, sweep, row = std::move(row)](bool) { Fire(sweep, row); });
}

void Timers::Fire(const std::shared_ptr<Sweep>& sweep,
                  const store::IndexRow& row) {
  const std::optional<TimerRow> timer = ReadTimerRow(row);
  if (!timer.has_value()) {
    sweep->failed.insert(row.id);
    return FireNext(sweep);
  }
  Cases::ExecuteRequest request{.case_uid = timer->case_uid};
  request.info.actor = HubActor();
  command::v1::FireTimer& fire = *request.command.mutable_fire_timer();
  fire.set_kind(timer->timer.kind);
  fire.set_number(timer->timer.number);
  fire.set_level(timer->timer.level);
  cases_.Execute(std::move(request),
                 [this, sweep, id = row.id,
                  stream = row.stream](absl::StatusOr<Reply> reply) {
                   if (reply.ok() && !reply->refusal.has_value()) {
                     ++sweep->fired;
                   } else {
                     sweep->failed.insert(id);
                   }
                   // What is left of the case waits for its turn.
                   if (!reply.ok()) sweep->held.insert(stream);
                   FireNext(sweep);
                 });
}

void Timers::NextDue(base::Done<std::optional<absl::Time>> done) {
  FindNext(std::nullopt, std::move(done));
}

void Timers::NextDueAfter(absl::Time time,
                          base::Done<std::optional<absl::Time>> done) {
  // Times are stored in microseconds.
  FindNext(
      store::ScanPosition{.sort = SortByTime(time + absl::Microseconds(1))},
      std::move(done));
}

void Timers::FindNext(std::optional<store::ScanPosition> after,
                      base::Done<std::optional<absl::Time>> done) {
  store_.Scan(
      {.list = ListOf(Table::kTimers, ""),
       .after = std::move(after),
       .limit = 1},
      [done = std::move(done)](absl::StatusOr<store::IndexPage> page) mutable {
        if (!page.ok()) {
          std::move(done)(page.status());
          return;
        }
        std::optional<absl::Time> next;
        if (!page->rows.empty()) {
          next = TimeOfSort(page->rows.front().sort);
        }
        std::move(done)(next);
      });
}

}  // namespace careroute::engine
