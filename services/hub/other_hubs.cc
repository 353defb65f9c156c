#include "services/hub/other_hubs.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "lib/base/uid.h"
#include "lib/engine/sweep_lease.h"
#include "services/core/await.h"

namespace careroute::services {

absl::Status CheckNoHubServes(const OtherHubs& options) {
  engine::SweepLease lease({.claims = options.claims,
                            .clock = options.clock,
                            .holder = {.kind = store::StreamKind::kAccessLog,
                                       .id = base::NewUid(options.random)},
                            .alone = options.alone});
  CAREROUTE_ASSIGN_OR_RETURN(
      const bool is_ours, Await<bool>([&lease](base::Done<bool> done) {
        lease.Ask([done = std::move(done)](bool sweeps) mutable {
          std::move(done)(sweeps);
        });
      }));
  if (!is_ours) {
    return absl::FailedPreconditionError(absl::StrCat(
        "a hub serves this database; stop every hub of it, or wait for ",
        absl::FormatDuration(engine::kSweepLeaseLapse),
        " after one was killed, and try again"));
  }
  return AwaitStatus(
      [&lease](base::DoneStatus done) { lease.GiveBack(std::move(done)); });
}

}  // namespace careroute::services
