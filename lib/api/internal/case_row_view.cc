#include "lib/api/internal/case_row_view.h"

#include <memory>
#include <utility>

#include "lib/api/viewer.h"

namespace careroute::api::internal {
namespace {

struct Reading {
  CallPtr call;
  CaseRowRequest request;
  size_t next = 0;
  CaseRowView view;
  base::Done<CaseRowView> done;
};

void Next(engine::Engine& engine, const std::shared_ptr<Reading>& reading) {
  while (reading->next < reading->request.rows.size()) {
    const store::IndexRow& row = reading->request.rows[reading->next++];
    model::v1::CaseRow shown;
    if (!shown.ParseFromString(row.payload) ||
        !reading->request.wanted(shown)) {
      continue;
    }
    engine.cases().Read(
        row.stream.id, [&engine, reading, shown = std::move(shown)](
                           absl::StatusOr<engine::CaseReading> found) mutable {
          if (!found.ok()) {
            std::move(reading->done)(found.status());
            return;
          }
          if (Viewer(reading->call->actor, *found).sees()) {
            reading->view.rows.push_back(std::move(shown));
          } else {
            reading->view.hides = true;
          }
          Next(engine, reading);
        });
    return;
  }
  std::move(reading->done)(std::move(reading->view));
}

}  // namespace

void ReadCaseRows(engine::Engine& engine, const CallPtr& call,
                  CaseRowRequest request, base::Done<CaseRowView> done) {
  auto reading = std::make_shared<Reading>();
  reading->call = call;
  reading->request = std::move(request);
  reading->done = std::move(done);
  Next(engine, reading);
}

}  // namespace careroute::api::internal
