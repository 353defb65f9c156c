#include "lib/engine/sweep_lease.h"

#include <utility>

#include "lib/engine/sweep_lease_key.h"

namespace careroute::engine {
namespace {

// A wall clock may step: what lies in the future is over too.
bool IsOver(absl::Time since, absl::Duration pause, absl::Time now) {
  return absl::AbsDuration(now - since) >= pause;
}

}  // namespace

void SweepLease::Ask(Answer done) {
  if (options_.alone) return std::move(done)(true);
  const absl::Time now = options_.clock.Now();
  std::optional<bool> known;
  {
    base::MutexLock lock(mutex_);
    if (told_.has_value() && !IsOver(*told_, kSweepLeaseAskedEvery, now)) {
      known = Sweeps(now);
    }
  }
  if (known.has_value()) return std::move(done)(*known);
  options_.claims.ClaimUnique({.key = kSweepLeaseKey,
                               .owner = options_.holder,
                               .now = now,
                               .lapse = kSweepLeaseLapse},
                              [this, now, done = std::move(done)](
                                  absl::StatusOr<store::Claim> claim) mutable {
                                std::move(done)(Learn(now, claim));
                              });
}

bool SweepLease::Learn(absl::Time now,
                       const absl::StatusOr<store::Claim>& claim) {
  base::MutexLock lock(mutex_);
  if (!claim.ok()) {
    // Perhaps it is held, perhaps not: the store is asked again next time.
    told_.reset();
    swept_ = now;
    return true;
  }
  told_ = now;
  held_ = claim->owner == options_.holder;
  return Sweeps(now);
}

bool SweepLease::Sweeps(absl::Time now) {
  const bool sweeps = held_ || IsOver(swept_, kSweepAnywayEvery, now);
  if (sweeps) swept_ = now;
  return sweeps;
}

void SweepLease::GiveBack(base::DoneStatus done) {
  if (options_.alone) return std::move(done)(absl::OkStatus());
  {
    base::MutexLock lock(mutex_);
    told_.reset();
    held_ = false;
  }
  // Also when it seems not to be held: a claim whose answer was lost is.
  options_.claims.ReleaseClaim(
      {.key = kSweepLeaseKey, .owner = options_.holder}, std::move(done));
}

}  // namespace careroute::engine
