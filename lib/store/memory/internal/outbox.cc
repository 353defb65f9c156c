#include "lib/store/memory/internal/outbox.h"

#include <algorithm>
#include <cstddef>

#include "lib/store/errors.h"
#include "lib/store/request_check.h"

namespace careroute::store::internal {
namespace {

// The rows of a page, of keys in order; `row_at` gives the row of a place.
template <typename Keys, typename RowAt>
OutboxPage PageOf(const Keys& keys, const ListOutboxRequest& request,
                  RowAt row_at) {
  OutboxPage page;
  PageFill fill(request.limit);
  auto at = request.after.has_value() ? keys.upper_bound(*request.after)
                                      : keys.begin();
  for (; at != keys.end(); ++at) {
    const OutboxRow& row = row_at(at);
    if (!fill.Take(row.destination.size() + row.lane.size())) {
      page.more = true;
      break;
    }
    page.rows.push_back(row);
  }
  return page;
}

}  // namespace

void Outbox::Add(OutboxRow row) {
  Lane& lane = lanes_[row.lane];
  lane.keys.insert(row.key);
  lane.due.insert({row.due, row.key});
  const OutboxKey key = row.key;
  rows_[key] = std::move(row);
}

void Outbox::MakeDue(OutboxRow& row, absl::Time due) {
  Lane& lane = lanes_.at(row.lane);
  lane.due.erase({row.due, row.key});
  row.due = due;
  lane.due.insert({due, row.key});
}

std::vector<OutboxRow> Outbox::TakeDue(const TakeDueRequest& request) {
  const auto lane = lanes_.find(request.lane);
  if (lane == lanes_.end()) return {};
  const auto limit =
      static_cast<size_t>(std::min(request.limit, kOutboxTakeMax));
  std::vector<OutboxKey> keys;
  for (const auto& [due, key] : lane->second.due) {
    if (due > request.now || keys.size() == limit) break;
    keys.push_back(key);
  }
  std::vector<OutboxRow> taken;
  for (const OutboxKey& key : keys) {
    OutboxRow& row = rows_.at(key);
    MakeDue(row, request.now + request.lease);
    ++row.attempts;
    taken.push_back(row);
  }
  return taken;
}

void Outbox::Settle(const OutboxKey& key) {
  const auto found = rows_.find(key);
  if (found == rows_.end()) return;
  const auto lane = lanes_.find(found->second.lane);
  lane->second.keys.erase(key);
  lane->second.due.erase({found->second.due, key});
  if (lane->second.keys.empty()) lanes_.erase(lane);
  rows_.erase(found);
}

absl::Status Outbox::Reschedule(const RescheduleRequest& request) {
  const auto found = rows_.find(request.key);
  if (found == rows_.end()) {
    return OutboxRowMissing();
  }
  MakeDue(found->second, request.due);
  found->second.problem = request.problem;
  return absl::OkStatus();
}

DueNowResult Outbox::DueNow(const DueNowRequest& request) {
  DueNowResult result;
  const auto lane = lanes_.find(request.lane);
  if (lane == lanes_.end()) return result;
  const auto limit =
      static_cast<size_t>(std::min(request.limit, kOutboxTakeMax));
  const std::set<OutboxKey>& keys = lane->second.keys;
  auto at = request.after.has_value() ? keys.upper_bound(*request.after)
                                      : keys.begin();
  for (size_t looked_at = 0; at != keys.end(); ++at) {
    OutboxRow& row = rows_.at(*at);
    if (row.due > request.now) {
      MakeDue(row, request.now);
      ++result.rows;
    }
    if (++looked_at == limit) {
      result.last = *at;
      break;
    }
  }
  return result;
}

OutboxPage Outbox::List(const ListOutboxRequest& request) const {
  if (!request.lane.has_value()) {
    return PageOf(rows_, request,
                  [](auto at) -> const OutboxRow& { return at->second; });
  }
  const auto lane = lanes_.find(*request.lane);
  if (lane == lanes_.end()) return {};
  return PageOf(lane->second.keys, request,
                [this](auto at) -> const OutboxRow& { return rows_.at(*at); });
}

}  // namespace careroute::store::internal
