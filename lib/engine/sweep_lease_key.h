// lib/engine/sweep_lease_key.h: the claim that is the lease of sweep_lease.h.
//
// For who asks whether any hub holds it. A hub that cannot find that out sweeps
// all the same, so its own answer does not say.

#ifndef CAREROUTE_LIB_ENGINE_SWEEP_LEASE_KEY_H_
#define CAREROUTE_LIB_ENGINE_SWEEP_LEASE_KEY_H_

namespace careroute::engine {

// Of store::ClaimStore. It lapses after kSweepLeaseLapse.
inline constexpr char kSweepLeaseKey[] = "lease/timers";

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_SWEEP_LEASE_KEY_H_
