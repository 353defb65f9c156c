#include "lib/engine/all_rows.h"

#include <iterator>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace careroute::engine {
namespace {

struct Reading {
  store::Store& store;
  store::ScanRequest request;
  std::vector<store::IndexRow> rows;
  base::Done<std::vector<store::IndexRow>> done;
};

void ReadPage(const std::shared_ptr<Reading>& reading) {
  reading->store.Scan(
      reading->request, [reading](absl::StatusOr<store::IndexPage> page) {
        if (!page.ok()) return std::move(reading->done)(page.status());
        std::move(page->rows.begin(), page->rows.end(),
                  std::back_inserter(reading->rows));
        if (!page->more) {
          return std::move(reading->done)(std::move(reading->rows));
        }
        if (reading->rows.size() >= kAllRowsMax) {
          return std::move(reading->done)(absl::ResourceExhaustedError(
              absl::StrCat("a list holds more than ", kAllRowsMax, " rows")));
        }
        const store::IndexRow& last = reading->rows.back();
        reading->request.after = {
            .sort = last.sort, .id = last.id, .stream = last.stream};
        ReadPage(reading);
      });
}

}  // namespace

void ReadAllRows(store::Store& store, store::IndexList list,
                 base::Done<std::vector<store::IndexRow>> done) {
  const auto reading = std::make_shared<Reading>(Reading{
      .store = store,
      .request = {.list = std::move(list), .limit = store::kPageRowsMax},
      .done = std::move(done)});
  ReadPage(reading);
}

}  // namespace careroute::engine
