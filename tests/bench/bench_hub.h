// tests/bench/bench_hub.h: a hub in this process, as main composes one.
//
// The engine over its store, with the catalogue of this build, and the table of
// methods every door shares: one pool of threads decides, another does what
// blocks. What is asked of the table is a whole request, with its access check
// and its trace in the access log.
//
//   BenchHub hub({.sqlite = scratch.File("hub.db"), .keys = ring});
//   const TableTarget target(hub.table());
//   ... hub.written() ...

#ifndef CAREROUTE_TESTS_BENCH_BENCH_HUB_H_
#define CAREROUTE_TESTS_BENCH_BENCH_HUB_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "lib/api/development_actor.h"
#include "lib/api/method_table.h"
#include "lib/api/pipeline.h"
#include "lib/base/problems.h"
#include "lib/base/real_clock.h"
#include "lib/base/real_random.h"
#include "lib/calendar/calendar_set.h"
#include "lib/engine/engine.h"
#include "lib/measures/measure_sets.h"
#include "lib/registry/key_ring.h"
#include "lib/scoring/instrument_set.h"
#include "lib/store/store.h"
#include "services/core/thread_pool.h"
#include "tests/bench/counting_store.h"

namespace careroute::bench {

// Stops the program when the store or the catalogue cannot be opened.
class BenchHub {
 public:
  struct Options {
    // One of the two: a file, made when it is not there, or the URI of a
    // database with the store's tables.
    std::string sqlite;
    std::string postgres;
    registry::KeyRing keys;
    // What its cases are kept by; empty = it exchanges with none.
    std::string hub_id = {};
    size_t cached_cases = 10'000;  // 0 = no cache at all
    // As engine::Engine::Options::on_commit.
    std::function<void(const store::Commit&)> on_commit = nullptr;
    // As CountingStore::set_on_settled.
    std::function<void()> on_settled = nullptr;
  };
  explicit BenchHub(Options options);
  ~BenchHub();
  BenchHub(const BenchHub&) = delete;
  BenchHub& operator=(const BenchHub&) = delete;

  // Fires what is due already, then sweeps and signs checkpoints as a hub
  // does. Waits for the former.
  void RunInBackground();

  // Ends its threads; a second call does nothing. The destructor calls it.
  void Stop();

  [[nodiscard]] const api::MethodTable& table() const { return table_; }
  [[nodiscard]] engine::Engine& engine() { return *engine_; }
  [[nodiscard]] const registry::KeyRing& keys() const { return keys_; }
  [[nodiscard]] base::Random& random() { return random_; }
  [[nodiscard]] const base::Clock& clock() const { return clock_; }
  [[nodiscard]] base::Executor& executor() { return pool_; }
  // It counts what is written.
  [[nodiscard]] CountingStore& store() { return *counted_; }
  // Since it was opened.
  [[nodiscard]] Written written() const { return counted_->written(); }

 private:
  [[nodiscard]] std::unique_ptr<store::Store> OpenStore(const Options& options);

  base::RealClock clock_;
  base::RealRandom random_;
  base::Problems problems_;  // of the catalogue
  calendar::CalendarSet calendars_;
  scoring::InstrumentSet instruments_;
  measures::MeasureSets measures_;
  registry::KeyRing keys_;
  services::ThreadPool io_pool_;
  services::ThreadPool pool_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<CountingStore> counted_;
  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<api::DevelopmentActor> actors_;
  api::MethodTable table_;
  std::unique_ptr<api::Pipeline> pipeline_;
  bool stopped_ = false;
};

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_BENCH_HUB_H_
