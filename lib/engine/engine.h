// lib/engine/engine.h: the engine's parts, wired once.
//
// Owns what the hub's handlers use. The composition root hands in the store,
// the clock, randomness, executors and keys; a sandbox hands in a virtual
// clock and moves it.
//
//   Engine engine({.store = store, .clock = clock, ...});
//   engine.Start([](absl::Status ready) { ... });

#ifndef CAREROUTE_LIB_ENGINE_ENGINE_H_
#define CAREROUTE_LIB_ENGINE_ENGINE_H_

#include <atomic>
#include <functional>
#include <memory>

#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/monotonic_clock.h"
#include "lib/base/mutex.h"
#include "lib/base/random.h"
#include "lib/calendar/calendar_set.h"
#include "lib/engine/access_log.h"
#include "lib/engine/adoptions.h"
#include "lib/engine/case_fence.h"
#include "lib/engine/cases.h"
#include "lib/engine/checkpoints.h"
#include "lib/engine/clock_guard.h"
#include "lib/engine/editions.h"
#include "lib/engine/erasures.h"
#include "lib/engine/hand_overs.h"
#include "lib/engine/held_lanes.h"
#include "lib/engine/linked_cases.h"
#include "lib/engine/merges.h"
#include "lib/engine/migrations.h"
#include "lib/engine/organisations.h"
#include "lib/engine/outbox_pump.h"
#include "lib/engine/performed_referrals.h"
#include "lib/engine/persons.h"
#include "lib/engine/post_moves.h"
#include "lib/engine/reports.h"
#include "lib/engine/sweep_lease.h"
#include "lib/engine/timers.h"
#include "lib/engine/verify.h"
#include "lib/engine/watches.h"
#include "lib/measures/measure_sets.h"
#include "lib/registry/key_ring.h"
#include "lib/registry/sealer.h"
#include "lib/registry/signer.h"
#include "lib/scoring/instrument_set.h"
#include "lib/store/store.h"

namespace careroute::engine {

// How often due timers and messages are looked for.
inline constexpr absl::Duration kSweepEvery = absl::Milliseconds(500);

// How long the answer to a request is kept for who repeats it; how long a list
// remembers what left it, for watchers that were away (who was away longer is
// told to list again).
inline constexpr absl::Duration kAnswersKept = absl::Hours(24 * 30);
inline constexpr absl::Duration kTombstonesKept = absl::Hours(24 * 30);
// How often those are looked for, and posts of members out of service.
inline constexpr absl::Duration kTidyEvery = absl::Hours(1);

// Thread-safe once started. Destroy it only after the executor has run or
// dropped every task.
class Engine {
 public:
  struct Options {
    store::Store& store;
    const base::Clock& clock;
    base::Random& random;
    base::Executor& executor;
    const registry::KeyRing& keys;
    std::string hub_id = {};  // empty = it exchanges with none
    const calendar::CalendarSet& calendars;
    // The support measures that may be recorded; null = none.
    const measures::MeasureSets* measures = nullptr;
    // Those people may be assessed by; null = none.
    const scoring::InstrumentSet* instruments = nullptr;
    size_t cached_cases = 10000;
    // What `clock` is held against (clock_guard.h); null = it is moved by hand.
    const base::MonotonicClock* monotonic = nullptr;
    ClockListener on_clocks;
    // Told of every commit: its lanes hold something to send. Called where the
    // store answers, so that it must not wait. Null = nobody is.
    std::function<void(const store::Commit&)> on_commit;
  };
  explicit Engine(const Options& options);

  // Reads the directory and listens to commits. Before it completes no request
  // may be handled. FAILED_PRECONDITION when the keys are not this store's:
  // nothing in it could be read, and what is written would be lost with them.
  void Start(base::DoneStatus done);

  // Sweeps timers and messages and signs checkpoints, again and again, until
  // Stop. For a hub on a real clock.
  void RunInBackground();
  void Stop();

  // After Stop, and once no round is under way any more: another hub of the
  // store may sweep at once. Without it one does within ten seconds.
  void HandOver(base::DoneStatus done);

  // Has what a process before this one wrote last, and did not live to witness,
  // witnessed by the next checkpoint. Completes with how many streams those
  // were. Once, beside the first requests.
  void WitnessLeftBehind(base::Done<int64_t> done);

  // One round: fires what is due at `now` and delivers messages, until nothing
  // more is due; now and then forgets old answers and fills the posts of
  // members out of service. Completes with how many timers fired. While the
  // wall clock cannot be believed it only delivers. For sandboxes.
  void RunDue(absl::Time now, base::Done<int> done);

  Cases& cases() { return cases_; }
  Persons& persons() { return persons_; }
  Organisations& organisations() { return organisations_; }
  PerformedReferrals& performed_referrals() { return performed_referrals_; }
  HeldLanes& held_lanes() { return held_lanes_; }
  CaseFence& case_fence() { return case_fence_; }
  Editions& editions() { return editions_; }
  HandOvers& hand_overs() { return hand_overs_; }
  Migrations& migrations() { return migrations_; }
  Erasures& erasures() { return erasures_; }
  PostMoves& post_moves() { return post_moves_; }
  Reports& reports() { return reports_; }
  Merges& merges() { return merges_; }
  Adoptions& adoptions() { return adoptions_; }
  Watches& watches() { return watches_; }
  AccessLog& access_log() { return access_log_; }
  Checkpoints& checkpoints() { return checkpoints_; }
  Verifier& verifier() { return verifier_; }
  Timers& timers() { return timers_; }
  store::Store& store() { return options_.store; }
  const base::Clock& clock() const { return options_.clock; }
  base::Random& random() { return options_.random; }
  base::Executor& executor() { return options_.executor; }
  const calendar::CalendarSet& calendars() const { return options_.calendars; }
  const measures::MeasureSets& measures() const {
    return options_.measures == nullptr ? no_measures_ : *options_.measures;
  }
  const scoring::InstrumentSet& instruments() const {
    return options_.instruments == nullptr ? no_instruments_
                                           : *options_.instruments;
  }

 private:
  void CheckKeys(base::DoneStatus done);
  void ShowNothingOlder(const store::StreamHead& head);
  void LearnOf(const store::StreamId& stream);
  void Round(absl::Time now, int fired, base::Done<int> done);
  void FireDue(absl::Time now, base::Done<int> done);
  using PurgeMethod = void (store::Store::*)(store::PurgeRequest,
                                             base::Done<int64_t>);
  void Purge(PurgeMethod purge, absl::Time before);
  void SweepLater();
  void SignLater();

  Options options_;
  const measures::MeasureSets no_measures_;
  const scoring::InstrumentSet no_instruments_;
  registry::Sealer sealer_;
  registry::Signer signer_;
  Watches watches_;
  Editions editions_;
  Organisations organisations_;
  Persons persons_;
  HeldLanes held_lanes_;
  CaseFence case_fence_;
  Cases cases_;
  PerformedReferrals performed_referrals_;
  Migrations migrations_;
  Erasures erasures_;
  HandOvers hand_overs_;
  PostMoves post_moves_;
  Reports reports_;
  Merges merges_;
  Adoptions adoptions_;
  ClockGuard clock_guard_;
  AccessLog access_log_;
  SweepLease lease_;
  Timers timers_;
  LinkedCases linked_cases_;
  OutboxPump pump_;
  Checkpoints checkpoints_;
  Verifier verifier_;
  std::atomic<bool> stopped_{false};
  base::Mutex mutex_;
  absl::Time next_tidy_ CAREROUTE_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_ENGINE_H_
