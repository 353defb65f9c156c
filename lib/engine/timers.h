// lib/engine/timers.h: fires what falls due.
//
// Deadlines, escalations, scheduled steps, stops, silence, consents, contacts:
// one due list. A firing is an ordinary command named (case, kind, number,
// level); the case's version makes it single, so a process that dies never
// leaves a timer stuck or fires it twice. A sweep costs what is due. Of several
// hubs on one store one sweeps at a time (sweep_lease.h).
//
//   timers.FireDue(clock.Now(), [](absl::StatusOr<int> fired) { ... });

#ifndef CAREROUTE_LIB_ENGINE_TIMERS_H_
#define CAREROUTE_LIB_ENGINE_TIMERS_H_

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "lib/base/callback.h"
#include "lib/engine/cases.h"
#include "lib/engine/sweep_lease.h"
#include "lib/store/store.h"

namespace careroute::engine {

// Thread-safe, but one sweep at a time. Everything handed in must outlive it.
class Timers {
 public:
  struct Options {
    store::Store& store;
    Cases& cases;
    SweepLease& lease;
  };
  explicit Timers(const Options& options)
      : store_(options.store), cases_(options.cases), lease_(options.lease) {}

  // Fires everything due at `now`, of each case the earliest first, what that
  // makes due as well, and completes with how many fired. A timer that cannot
  // fire now is left for the next sweep. It does not hold up the others; a case
  // that takes no command at all keeps its later ones. Fires nothing while
  // another hub has the lease.
  void FireDue(absl::Time now, base::Done<int> done);

  // When the earliest timer falls due; none when none runs.
  void NextDue(base::Done<std::optional<absl::Time>> done);

  // The same of the timers that fall due after `time`: what a clock that is
  // moved by hand steps to, past timers that could not fire.
  void NextDueAfter(absl::Time time,
                    base::Done<std::optional<absl::Time>> done);

 private:
  struct Sweep;
  void Page(const std::shared_ptr<Sweep>& sweep);
  static void TakeDue(std::vector<store::IndexRow> rows, Sweep& sweep);
  void FireNext(const std::shared_ptr<Sweep>& sweep);
  void Fire(const std::shared_ptr<Sweep>& sweep, const store::IndexRow& row);
  void FindNext(std::optional<store::ScanPosition> after,
                base::Done<std::optional<absl::Time>> done);

  store::Store& store_;
  Cases& cases_;
  SweepLease& lease_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_TIMERS_H_
