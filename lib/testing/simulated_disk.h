// lib/testing/simulated_disk.h: a disk that forgets what was not synced.
//
// A write waits in order until the disk syncs, some milliseconds later; then it
// is durable, and only after that it is answered. When the power goes, of what
// waits the first few reach the disk, as many as a draw says, and the rest is
// lost: nobody was told of either. Reads see what is durable.
//
// Under it lies the store in memory: SQLite with a fault-injecting file layer
// is tested beside its code; here a thousand power losses take a second, every
// one falls on an instant of the virtual clock, and the same seed loses the
// same writes.
//
//   SimulatedDisk disk(options);
//   std::unique_ptr<store::Store> store = disk.Mount(life);
//   life->End();
//   disk.LosePower();

#ifndef CAREROUTE_LIB_TESTING_SIMULATED_DISK_H_
#define CAREROUTE_LIB_TESTING_SIMULATED_DISK_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "absl/time/time.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/random.h"
#include "lib/base/uid.h"
#include "lib/store/memory/memory_store.h"
#include "lib/store/store.h"
#include "lib/testing/hub_life.h"

namespace careroute::testing {

struct DiskFaults {
  // A sync takes from a millisecond to this.
  absl::Duration sync_max = absl::Milliseconds(8);
  // Of a hundred appends: those that fail, half of them with their effect.
  uint64_t failed = 0;
};

// Not thread-safe: for a ManualExecutor.
class SimulatedDisk {
 public:
  struct Options {
    base::ManualExecutor& executor;
    const base::Clock& clock;
    base::Random& random;
    base::Uid uid;  // of the store
  };
  explicit SimulatedDisk(const Options& options);
  SimulatedDisk(const SimulatedDisk&) = delete;
  SimulatedDisk& operator=(const SimulatedDisk&) = delete;

  // The disk as a store of one hub's life. Whoever mounted it before must have
  // ended. The disk must outlive it.
  [[nodiscard]] std::unique_ptr<store::Store> Mount(
      std::shared_ptr<HubLife> life);

  void set_faults(const DiskFaults& faults) { faults_ = faults; }

  // After the life that wrote has ended.
  void LosePower();

  // What is durable now, as `careroute backup` would take it.
  [[nodiscard]] std::unique_ptr<store::MemoryStore> BackUp() const;
  // The disk is lost, and what was backed up put on another one: a store of the
  // next epoch. After the life that wrote has ended.
  void PutBack(const store::MemoryStore& backup);

  // What is durable, for whoever looks from outside.
  [[nodiscard]] store::MemoryStore& durable() { return *durable_; }

  // For a mounted store: runs the write at the next sync.
  void Write(base::Task write);
  // An append that begins now may fail, as the faults say.
  void MayFail();

 private:
  void Sync();

  const Options options_;
  std::unique_ptr<store::MemoryStore> durable_;
  // Disks that were lost: what a life that ended there had under way points to
  // them still.
  std::vector<std::unique_ptr<store::MemoryStore>> lost_;
  DiskFaults faults_;
  std::deque<base::Task> unsynced_;
  bool syncing_ = false;
  int64_t losses_ = 0;  // a sync that was begun before one does nothing
};

}  // namespace careroute::testing

#endif  // CAREROUTE_LIB_TESTING_SIMULATED_DISK_H_
