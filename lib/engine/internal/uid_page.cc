#include "lib/engine/internal/uid_page.h"

#include <string>
#include <utility>

namespace careroute::engine::internal {

void ScanByUid(store::IndexStore& store, UidScan scan,
               base::Done<store::IndexPage> done) {
  store::ScanRequest request{.list = std::move(scan.list), .limit = scan.limit};
  const std::string after = scan.after.has_value() ? scan.after->Hex() : "";
  if (scan.after.has_value()) {
    // A page that begins inside the list begins with the row of that uid.
    request.after = store::ScanPosition{.sort = after};
    ++request.limit;
  }
  store.Scan(
      std::move(request),
      [after, limit = static_cast<size_t>(scan.limit),
       done = std::move(done)](absl::StatusOr<store::IndexPage> page) mutable {
        if (!page.ok()) return std::move(done)(page.status());
        if (!after.empty()) {
          std::erase_if(page->rows, [&after](const store::IndexRow& row) {
            return row.id <= after;
          });
        }
        // There is no row of that uid: the last one is of the next page.
        if (page->rows.size() > limit) {
          page->rows.pop_back();
          page->more = true;
        }
        std::move(done)(std::move(page));
      });
}

}  // namespace careroute::engine::internal
