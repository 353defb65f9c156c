#include "services/hub/generate/fillable.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace careroute::services {
namespace {

bool WasBegun(engine::Engine& engine, const Caseload& caseload) {
  const engine::DirectoryPtr known = engine.organisations().Current();
  const std::vector<model::v1::Organisation> all = caseload.Organisations();
  return std::all_of(all.begin(), all.end(),
                     [&known](const model::v1::Organisation& one) {
                       return known->directory.Find(one.name()) != nullptr;
                     });
}

}  // namespace

void CheckFillable(engine::Engine& engine, const Caseload& caseload,
                   base::DoneStatus done) {
  if (WasBegun(engine, caseload)) {
    std::move(done)(absl::OkStatus());
    return;
  }
  engine.store().ListStreams(
      {.kind = store::StreamKind::kPerson, .limit = 1},
      [done = std::move(done)](absl::StatusOr<store::StreamPage> page) mutable {
        if (!page.ok() || page->streams.empty()) {
          std::move(done)(page.status());
          return;
        }
        std::move(done)(absl::FailedPreconditionError(
            "the store holds persons that no caseload of this shape brought: "
            "invented ones could not be taken out again; name an empty "
            "database, made with `careroute migrate`"));
      });
}

}  // namespace careroute::services
