#include "services/hub/other_hubs.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "lib/base/uid.h"
#include "lib/engine/sweep_lease.h"
#include "lib/engine/sweep_lease_key.h"
#include "services/core/await.h"

namespace careroute::services {

// Not by a SweepLease: where the store fails to answer, that one sweeps.
absl::Status CheckNoHubServes(const OtherHubs& options) {
  if (options.alone) return absl::OkStatus();
  const store::StreamId asker = {.kind = store::StreamKind::kAccessLog,
                                 .id = base::NewUid(options.random)};
  CAREROUTE_ASSIGN_OR_RETURN(
      const store::Claim lease,
      Await<store::Claim>([&](base::Done<store::Claim> done) {
        options.claims.ClaimUnique({.key = engine::kSweepLeaseKey,
                                    .owner = asker,
                                    .now = options.clock.Now(),
                                    .lapse = engine::kSweepLeaseLapse},
                                   std::move(done));
      }));
  if (lease.owner != asker) {
    return absl::FailedPreconditionError(absl::StrCat(
        "a hub serves this database; stop every hub of it, or wait for ",
        absl::FormatDuration(engine::kSweepLeaseLapse),
        " after one was killed, and try again"));
  }
  return AwaitStatus([&](base::DoneStatus done) {
    options.claims.ReleaseClaim({.key = engine::kSweepLeaseKey, .owner = asker},
                                std::move(done));
  });
}

}  // namespace careroute::services
