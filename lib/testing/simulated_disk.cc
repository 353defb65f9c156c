#include "lib/testing/simulated_disk.h"

#include <utility>

#include "lib/testing/mounted_store.h"

namespace careroute::testing {

SimulatedDisk::SimulatedDisk(const Options& options)
    : options_(options),
      durable_(std::make_unique<store::MemoryStore>(
          store::MemoryStoreOptions{.executor = options.executor,
                                    .uid = options.uid,
                                    .created = options.clock.Now()})) {}

std::unique_ptr<store::Store> SimulatedDisk::Mount(
    std::shared_ptr<HubLife> life) {
  return std::make_unique<MountedStore>(*this, std::move(life));
}

void SimulatedDisk::Write(base::Task write) {
  unsynced_.push_back(std::move(write));
  if (std::exchange(syncing_, true)) return;
  const uint64_t most =
      static_cast<uint64_t>(absl::ToInt64Milliseconds(faults_.sync_max));
  const absl::Duration takes = absl::Milliseconds(
      1 + static_cast<int64_t>(options_.random.Uniform(most)));
  options_.executor.PostAt(options_.clock.Now() + takes,
                           [this, losses = losses_] {
                             if (losses == losses_) Sync();
                           });
}

void SimulatedDisk::MayFail() {
  if (faults_.failed == 0 || options_.random.Uniform(100) >= faults_.failed) {
    return;
  }
  const bool lost_answer = options_.random.Uniform(2) == 0;
  durable_->FailNextAppend(
      {.status = absl::UnavailableError("the disk does not answer"),
       .point = lost_answer ? store::FaultPoint::kAfterEffect
                            : store::FaultPoint::kBeforeEffect});
}

// All that waits by now goes to the disk together.
void SimulatedDisk::Sync() {
  syncing_ = false;
  std::deque<base::Task> synced = std::exchange(unsynced_, {});
  for (base::Task& write : synced) write();
}

void SimulatedDisk::LosePower() {
  ++losses_;
  syncing_ = false;
  std::deque<base::Task> waiting = std::exchange(unsynced_, {});
  uint64_t kept = options_.random.Uniform(waiting.size() + 1);
  for (base::Task& write : waiting) {
    if (kept-- == 0) break;
    write();
  }
}

std::unique_ptr<store::MemoryStore> SimulatedDisk::BackUp() const {
  return durable_->Copy(durable_->info().epoch);
}

void SimulatedDisk::PutBack(const store::MemoryStore& backup) {
  std::unique_ptr<store::MemoryStore> put_back =
      backup.Copy(durable_->info().epoch + 1);
  lost_.push_back(std::exchange(durable_, std::move(put_back)));
}

}  // namespace careroute::testing
