// lib/engine/sweep_lease.h: which of several hubs looks for what is due.
//
// Hubs on one database would each try every timer that falls due, and all but
// one would decide, lose the race and read again. So one of them holds a lease
// and the others look on. The lease only saves that work: a firing is single
// by the version of its case, whoever sweeps.
//
// No timer stays unfired because of it:
// - a hub that drains gives it back; one that is killed is followed within
//   ten seconds (twice the lapse, one pause between asking, one sweep);
// - when the store cannot tell who holds it, the hub sweeps: where the store
//   does answer the sweep, two of them cost only work;
// - the holder may be of an older release, lack a calendar, or have a clock
//   that is behind: every hub sweeps once a minute, whoever holds it.
//
// Nobody's clock is trusted with it. The holder stamps its claim, the contender
// judges the stamp, and a stamp too far off on either side has lapsed: clocks
// that part by less than two seconds leave one sweeper, others make several.
//
//   lease.Ask([](bool sweeps) { if (sweeps) { ... } });

#ifndef CAREROUTE_LIB_ENGINE_SWEEP_LEASE_H_
#define CAREROUTE_LIB_ENGINE_SWEEP_LEASE_H_

#include <optional>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/mutex.h"
#include "lib/store/claim_store.h"
#include "lib/store/stream_id.h"

namespace careroute::engine {

// Long enough that a slow answer of the database loses it to nobody.
inline constexpr absl::Duration kSweepLeaseLapse = absl::Seconds(4);
// One small write of the database in so long, by however many hubs.
inline constexpr absl::Duration kSweepLeaseAskedEvery = absl::Seconds(1);
// What the holder cannot fire waits no longer than this for a hub that can.
inline constexpr absl::Duration kSweepAnywayEvery = absl::Minutes(1);

// Thread-safe. What is handed in must outlive it.
class SweepLease {
 public:
  struct Options {
    store::ClaimStore& claims;
    const base::Clock& clock;
    // Stands for this process among the hubs of the store.
    store::StreamId holder;
    // Nobody else can write to the store: the lease is never asked for.
    bool alone = false;
  };
  explicit SweepLease(const Options& options)
      : options_(options), swept_(options.clock.Now()) {}

  using Answer = absl::AnyInvocable<void(bool sweeps) &&>;
  // Takes or keeps the lease, and completes with whether this hub is to sweep
  // now. What it heard less than kSweepLeaseAskedEvery ago it knows; so whoever
  // sweeps for long keeps the lease by asking often.
  void Ask(Answer done);

  // Gives it up, if it is held, for the next hub that asks. For a hub that
  // drains: not while a sweep is under way, which would take it again.
  void GiveBack(base::DoneStatus done);

 private:
  [[nodiscard]] bool Learn(absl::Time now,
                           const absl::StatusOr<store::Claim>& claim);
  // By what is known of the lease.
  [[nodiscard]] bool Sweeps(absl::Time now) CAREROUTE_REQUIRES(mutex_);

  const Options options_;
  base::Mutex mutex_;
  // When the store last told; none = not yet.
  std::optional<absl::Time> told_ CAREROUTE_GUARDED_BY(mutex_);
  bool held_ CAREROUTE_GUARDED_BY(mutex_) = false;
  absl::Time swept_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_SWEEP_LEASE_H_
