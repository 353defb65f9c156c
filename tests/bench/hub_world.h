// tests/bench/hub_world.h: a hub with cases, for what is measured above the
// heart.
//
// The engine over a store, composed as a hub composes it: one pool of threads
// decides, another does what blocks. Its cases run on the test route of
// lib/casework, each about a person of its own.
//
//   HubWorld world({.store = StoreKind::kSqlite, .cases = 64});
//   world.Move(0);      // one durable command, answered
//   world.MoveAll();    // one to each case, all at once

#ifndef CAREROUTE_TESTS_BENCH_HUB_WORLD_H_
#define CAREROUTE_TESTS_BENCH_HUB_WORLD_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "lib/base/real_clock.h"
#include "lib/base/real_random.h"
#include "lib/calendar/calendar_set.h"
#include "lib/engine/engine.h"
#include "lib/registry/key_ring.h"
#include "lib/store/scratch_directory.h"
#include "lib/store/store.h"
#include "services/hub/thread_pool.h"

namespace careroute::bench {

enum class StoreKind { kMemory, kSqlite };

// Not thread-safe. Stops the program when anything is refused.
class HubWorld {
 public:
  struct Options {
    StoreKind store = StoreKind::kMemory;
    size_t cases = 1;
  };
  explicit HubWorld(Options options);
  ~HubWorld();
  HubWorld(const HubWorld&) = delete;
  HubWorld& operator=(const HubWorld&) = delete;

  // Starts a step of the case by hand, or completes the one that was started,
  // and waits for the answer.
  void Move(size_t index);
  // The same of every case, and waits for the last answer.
  void MoveAll();

  [[nodiscard]] engine::Engine& engine() { return *engine_; }
  [[nodiscard]] const base::Uid& uid(size_t index) const {
    return cases_[index].uid;
  }
  [[nodiscard]] size_t size() const { return cases_.size(); }
  // The stored bytes of the case's newest event.
  [[nodiscard]] std::string NewestEvent(size_t index);

 private:
  struct OneCase {
    base::Uid uid;
    int32_t next_occurrence = 0;
    bool live = false;
  };

  void OpenStore(StoreKind kind);
  void ImportOrganisations();
  [[nodiscard]] std::string PublishEdition();
  void OpenCase(const std::string& edition_hash, size_t index);
  [[nodiscard]] engine::Cases::ExecuteRequest NextMove(OneCase& one);
  [[nodiscard]] engine::RequestInfo Info(const model::v1::Actor& actor);

  base::RealClock clock_;
  base::RealRandom random_;
  store::ScratchDirectory scratch_;
  calendar::CalendarSet calendars_;
  registry::KeyRing keys_;
  services::ThreadPool io_pool_;
  services::ThreadPool pool_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<engine::Engine> engine_;
  std::vector<OneCase> cases_;
};

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_HUB_WORLD_H_
