#include "lib/engine/workloads.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "lib/engine/post_rows.h"
#include "lib/engine/tables.h"

namespace careroute::engine {
namespace {

static_assert(kWorkloadMax <= store::kPageRowsMax, "one page must hold them");

constexpr const char* kKinds[] = {kCoordinates, kDeputises, kOffered};

struct Reading {
  store::Store& store;
  std::string member;
  size_t next = 0;  // of kKinds
  Workload load;
  base::Done<Workload> done;
};

void Count(const PostRow& row, Workload& load) {
  if (row.kind == kDeputises) {
    ++load.deputises;
  } else if (row.kind == kOffered) {
    ++load.offered;
  } else {
    ++load.coordinates;
    load.overdue = std::min(load.overdue + row.overdue, kWorkloadMax);
    load.next_due = std::min(load.next_due, row.next_due);
  }
}

void ReadKind(const std::shared_ptr<Reading>& reading) {
  if (reading->next == std::size(kKinds)) {
    return std::move(reading->done)(reading->load);
  }
  const std::string kind = kKinds[reading->next++];
  reading->store.Scan({.list = ListOf(Table::kPosts, reading->member),
                       .after = store::ScanPosition{.sort = kind},
                       .limit = kWorkloadMax},
                      [reading, kind](absl::StatusOr<store::IndexPage> page) {
                        if (!page.ok()) {
                          return std::move(reading->done)(page.status());
                        }
                        for (const store::IndexRow& row : page->rows) {
                          const std::optional<PostRow> post = ReadPostRow(row);
                          if (row.sort != kind) break;
                          if (post.has_value()) Count(*post, reading->load);
                        }
                        ReadKind(reading);
                      });
}

}  // namespace

void ReadWorkload(store::Store& store, const std::string& member,
                  base::Done<Workload> done) {
  ReadKind(std::make_shared<Reading>(
      Reading{.store = store, .member = member, .done = std::move(done)}));
}

}  // namespace careroute::engine
