// lib/testing/mounted_store.h: a simulated disk, as the store of a running hub.
//
// Reads go to what is durable, writes wait for the disk; every answer comes
// through the hub's life, so that none comes after its end. Made by
// SimulatedDisk::Mount.

#ifndef CAREROUTE_LIB_TESTING_MOUNTED_STORE_H_
#define CAREROUTE_LIB_TESTING_MOUNTED_STORE_H_

#include <memory>
#include <utility>

#include "lib/store/forwarding_store.h"
#include "lib/store/memory/memory_store.h"
#include "lib/testing/hub_life.h"
#include "lib/testing/simulated_disk.h"

namespace careroute::testing {

// For one thread. The disk must outlive it.
class MountedStore final : public store::ForwardingStore<MountedStore> {
 public:
  MountedStore(SimulatedDisk& disk, std::shared_ptr<HubLife> life)
      : disk_(disk), durable_(disk.durable()), life_(std::move(life)) {}

  [[nodiscard]] const store::StoreInfo& info() const override {
    return durable_.info();
  }
  // Fails now and then, as the disk's faults say.
  void Append(store::AppendRequest request,
              base::Done<store::AppendResult> done) override;
  void SetCommitListener(store::CommitListener listener) override;
  void CurrentPosition(base::Done<store::ChangePosition> done) override;

 private:
  friend class store::ForwardingStore<MountedStore>;

  template <typename Interface, typename Request, typename T>
  void Read(void (Interface::*method)(Request, base::Done<T>), Request request,
            base::Done<T> done) {
    (durable_.*method)(std::move(request), life_->Wrap<T>(std::move(done)));
  }
  template <typename Interface, typename Request, typename T>
  void Write(void (Interface::*method)(Request, base::Done<T>), Request request,
             base::Done<T> done) {
    WriteLater(method, std::move(request),
               life_->Wrap<T>(std::move(done), kAnswerTakes));
  }
  template <typename Interface, typename Request>
  void Write(void (Interface::*method)(Request, base::DoneStatus),
             Request request, base::DoneStatus done) {
    WriteLater(method, std::move(request),
               life_->WrapStatus(std::move(done), kAnswerTakes));
  }
  template <typename Interface, typename Request, typename Answer>
  void WriteLater(void (Interface::*method)(Request, Answer), Request request,
                  Answer done) {
    disk_.Write([method, request = std::move(request), done = std::move(done),
                 &durable = durable_]() mutable {
      (durable.*method)(std::move(request), std::move(done));
    });
  }

  SimulatedDisk& disk_;
  store::MemoryStore& durable_;
  const std::shared_ptr<HubLife> life_;
};

}  // namespace careroute::testing

#endif  // CAREROUTE_LIB_TESTING_MOUNTED_STORE_H_
