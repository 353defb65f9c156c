#include "lib/engine/timers.h"

#include <utility>
#include <vector>

#include "lib/engine/case_rows.h"
#include "lib/engine/internal/hub_actor.h"
#include "lib/engine/tables.h"

namespace careroute::engine {
namespace {

constexpr int32_t kTimersPerPage = 100;

}  // namespace

struct Timers::Sweep {
  absl::Time now;
  std::vector<store::IndexRow> rows;  // of this page, earliest last
  std::set<std::string> failed;       // ids that did not fire in this sweep
  int fired = 0;
  base::Done<int> done;
};

void Timers::FireDue(absl::Time now, base::Done<int> done) {
  auto sweep = std::make_shared<Sweep>();
  sweep->now = now;
  sweep->done = std::move(done);
  Page(sweep);
}

void Timers::Page(const std::shared_ptr<Sweep>& sweep) {
  const int32_t limit =
      kTimersPerPage + static_cast<int32_t>(sweep->failed.size());
  store_.Scan({.list = ListOf(Table::kTimers, ""), .limit = limit},
              [this, sweep](absl::StatusOr<store::IndexPage> page) {
                if (!page.ok()) {
                  std::move(sweep->done)(page.status());
                  return;
                }
                for (auto it = page->rows.rbegin(); it != page->rows.rend();
                     ++it) {
                  if (TimeOfSort(it->sort) <= sweep->now &&
                      sweep->failed.count(it->id) == 0) {
                    sweep->rows.push_back(std::move(*it));
                  }
                }
                if (sweep->rows.empty()) {
                  std::move(sweep->done)(sweep->fired);
                  return;
                }
                FireNext(sweep);
              });
}

void Timers::FireNext(const std::shared_ptr<Sweep>& sweep) {
  if (sweep->rows.empty()) return Page(sweep);
  const store::IndexRow row = std::move(sweep->rows.back());
  sweep->rows.pop_back();
  const std::optional<TimerRow> timer = ReadTimerRow(row);
  if (!timer.has_value()) {
    sweep->failed.insert(row.id);
    return FireNext(sweep);
  }
  Cases::ExecuteRequest request{.case_uid = timer->case_uid};
  request.info.actor = internal::HubActor();
  command::v1::FireTimer& fire = *request.command.mutable_fire_timer();
  fire.set_kind(timer->timer.kind);
  fire.set_number(timer->timer.number);
  fire.set_level(timer->timer.level);
  cases_.Execute(std::move(request),
                 [this, sweep, id = row.id](absl::StatusOr<Reply> reply) {
                   if (reply.ok() && !reply->refusal.has_value()) {
                     ++sweep->fired;
                   } else {
                     sweep->failed.insert(id);
                   }
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
