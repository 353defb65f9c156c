// services/hub/other_hubs.h: does a hub serve this database right now?
//
// Of a store in a file the owner lock tells. Of a database the lease does,
// which one of its hubs holds as long as any of them serves: what changes keys
// or tables under hubs that have read them must not begin before they have
// stopped.
//
//   CAREROUTE_RETURN_IF_ERROR(CheckNoHubServes(
//       {.claims = *store, .clock = clock, .random = random,
//        .alone = store->info().exclusive}));

#ifndef CAREROUTE_SERVICES_HUB_OTHER_HUBS_H_
#define CAREROUTE_SERVICES_HUB_OTHER_HUBS_H_

#include "absl/status/status.h"
#include "lib/base/clock.h"
#include "lib/base/random.h"
#include "lib/store/claim_store.h"

namespace careroute::services {

struct OtherHubs {
  store::ClaimStore& claims;
  const base::Clock& clock;
  base::Random& random;
  // Nobody else can have opened the store: nothing is asked.
  bool alone = false;
};

// FAILED_PRECONDITION while a hub serves, and for kSweepLeaseLapse after one
// was killed; otherwise as the store fails: what it cannot tell is no leave.
// Blind for a hub whose clock parts from this machine's by more than that, or
// that has started less than engine::kSweepEvery ago. Blocks.
[[nodiscard]] absl::Status CheckNoHubServes(const OtherHubs& options);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_OTHER_HUBS_H_
