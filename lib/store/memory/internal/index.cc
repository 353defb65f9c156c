#include "lib/store/memory/internal/index.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "lib/base/status_macros.h"
#include "lib/store/request_check.h"
#include "lib/store/stamp_position.h"

namespace careroute::store::internal {

void Index::Apply(const AppendRequest& request) {
  for (const IndexRow& row : request.put_rows) {
    IndexRow live = row;
    live.deleted = false;
    Put(request, std::move(live));
  }
  for (const IndexRowId& gone : request.delete_rows) {
    if (Get({.stream = request.stream, .row = gone}).has_value()) {
      Put(request, {.list = gone.list, .id = gone.id, .deleted = true});
    }
  }
}

void Index::Put(const AppendRequest& request, IndexRow row) {
  List& list = lists_[row.list];
  const RowKey key{.stream = request.stream, .id = row.id};
  Forget(list, key);
  row.stream = request.stream;
  row.stamp = ++last_stamp_;
  list.changes.emplace(row.stamp, key);
  if (!row.deleted) {
    list.order.emplace(
        Place{.sort = row.sort, .id = row.id, .stream = row.stream}, key);
  }
  list.rows[key] = {.row = std::move(row), .written = request.recorded_time};
}

void Index::Forget(List& list, const RowKey& key) {
  const auto found = list.rows.find(key);
  if (found == list.rows.end()) {
    return;
  }
  const IndexRow& row = found->second.row;
  list.changes.erase(row.stamp);
  list.order.erase({.sort = row.sort, .id = row.id, .stream = row.stream});
  list.rows.erase(found);
}

std::optional<IndexRow> Index::Get(const GetRowRequest& request) const {
  const auto list = lists_.find(request.row.list);
  if (list == lists_.end()) {
    return std::nullopt;
  }
  const auto row =
      list->second.rows.find({.stream = request.stream, .id = request.row.id});
  if (row == list->second.rows.end() || row->second.row.deleted) {
    return std::nullopt;
  }
  return row->second.row;
}

IndexPage Index::Scan(const ScanRequest& request) const {
  IndexPage page;
  const auto found = lists_.find(request.list);
  if (found == lists_.end()) {
    return page;
  }
  const List& list = found->second;
  PageFill fill(request.limit);
  const auto take = [&](const RowKey& key) {
    const IndexRow& row = list.rows.at(key).row;
    if (!fill.Take(row.payload.size())) {
      page.more = true;
      return false;
    }
    page.rows.push_back(row);
    return true;
  };
  Place after;
  if (request.after.has_value()) {
    after = {.sort = request.after->sort,
             .id = request.after->id,
             .stream = request.after->stream};
  }
  if (request.order == ScanOrder::kAscending) {
    auto at = request.after.has_value() ? list.order.upper_bound(after)
                                        : list.order.begin();
    while (at != list.order.end() && take(at->second)) {
      ++at;
    }
    return page;
  }
  auto at = std::make_reverse_iterator(request.after.has_value()
                                           ? list.order.lower_bound(after)
                                           : list.order.end());
  while (at != list.order.rend() && take(at->second)) {
    ++at;
  }
  return page;
}

absl::StatusOr<ChangedPage> Index::ScanChanged(
    const ScanChangedRequest& request) const {
  CAREROUTE_ASSIGN_OR_RETURN(
      const int64_t after,
      StampAt(request.after, {.purged = purged_stamp_, .last = last_stamp_}));
  ChangedPage page{.position = PositionAt(last_stamp_)};
  const auto found = lists_.find(request.list);
  if (found == lists_.end()) {
    return page;
  }
  const List& list = found->second;
  PageFill fill(request.limit);
  for (auto at = list.changes.upper_bound(after); at != list.changes.end();
       ++at) {
    const IndexRow& row = list.rows.at(at->second).row;
    if (!fill.Take(row.payload.size())) {
      page.more = true;
      page.position = PositionAt(page.rows.back().stamp);
      break;
    }
    page.rows.push_back(row);
  }
  return page;
}

int64_t Index::Count(const IndexList& list) const {
  const auto found = lists_.find(list);
  if (found == lists_.end()) {
    return 0;
  }
  return std::min(kCountMax, static_cast<int64_t>(found->second.order.size()));
}

int64_t Index::PurgeTombstones(const PurgeRequest& request) {
  int64_t purged = 0;
  for (auto& [name, list] : lists_) {
    for (auto at = list.rows.begin(); at != list.rows.end();) {
      if (purged == PageLimit(request.limit)) {
        return purged;
      }
      const auto current = at++;
      const Row& stored = current->second;
      if (stored.row.deleted && stored.written < request.before) {
        purged_stamp_ = std::max(purged_stamp_, stored.row.stamp);
        Forget(list, RowKey(current->first));
        ++purged;
      }
    }
  }
  return purged;
}

}  // namespace careroute::store::internal
