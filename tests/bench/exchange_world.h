// tests/bench/exchange_world.h: two hubs on durable stores that exchange
// referrals over mutual TLS, as main composes them.
//
// The centre of hub "west" refers to the office of hub "east". Until they are
// connected, what is referred waits, as in an outage.
//
//   ExchangeWorld world;
//   const std::vector<Referable> cases = world.Prepare(64);
//   world.Connect();
//   world.Refer(cases[0], done);

#ifndef CAREROUTE_TESTS_BENCH_EXCHANGE_WORLD_H_
#define CAREROUTE_TESTS_BENCH_EXCHANGE_WORLD_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "lib/base/callback.h"
#include "lib/base/mutex.h"
#include "lib/base/uid.h"
#include "lib/store/event_store.h"
#include "lib/store/scratch_directory.h"
#include "services/tls/testing/certificate_files.h"
#include "tests/bench/bench_hub.h"

namespace careroute::bench {

// A case of the west whose next step can be referred.
struct Referable {
  base::Uid case_uid;
  int32_t occurrence = 0;
};

// Thread-safe but for its making and Connect. Stops the program when anything
// is refused.
class ExchangeWorld {
 public:
  ExchangeWorld();
  ~ExchangeWorld();
  ExchangeWorld(const ExchangeWorld&) = delete;
  ExchangeWorld& operator=(const ExchangeWorld&) = delete;

  // So many cases more, each about a person who has consented.
  [[nodiscard]] std::vector<Referable> Prepare(size_t count);

  // Both begin to send.
  void Connect();

  // Refers to the east; completes with the referral's uid once it is durable.
  void Refer(const Referable& from, base::Done<base::Uid> done);
  // By the performer; the command as textproto.
  void Perform(const base::Uid& referral, const std::string& command,
               base::Done<bool> done);
  // Whether it has come to the east: said once, and without asking the store.
  [[nodiscard]] bool HasArrived(const base::Uid& referral);
  // Whether its outcome has come back.
  [[nodiscard]] bool IsCompleted(const Referable& from);
  // Whether anything waits to be sent, by either.
  [[nodiscard]] bool HasUnsent();

  // A number that grows with every commit, with every envelope that is settled,
  // and whenever Notify is called.
  [[nodiscard]] int64_t happened();
  void Notify();
  // Waits until it is larger.
  void WaitBeyond(int64_t happened);

  // Likewise a number of the batches that were settled: who waits for the last
  // of them would take a core from those who work by looking at each commit.
  [[nodiscard]] int64_t settled();
  void WaitSettledBeyond(int64_t settled);

  [[nodiscard]] BenchHub& west();
  [[nodiscard]] BenchHub& east();
  // Of both, since they were opened.
  [[nodiscard]] int64_t commits();
  [[nodiscard]] int64_t rows();

  // The certificates of a hub, "west" or "east", for a floor with the same.
  [[nodiscard]] const services::HubCertificates& certificates(
      const std::string& hub);
  [[nodiscard]] std::string File(absl::string_view name) const {
    return scratch_.File(name);
  }

 private:
  struct Hub;

  void Stock(Hub& hub);
  void Hear(const std::string& hub, const store::Commit& commit);
  void HearSettled();
  [[nodiscard]] Referable PrepareOne(int64_t number);

  store::ScratchDirectory scratch_;
  services::DevelopmentAuthority authority_;
  base::Mutex mutex_;
  base::CondVar happens_;
  int64_t happened_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  base::CondVar settles_;
  int64_t settled_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  std::set<base::Uid> arrived_ CAREROUTE_GUARDED_BY(mutex_);
  std::atomic<int64_t> people_{0};
  std::string edition_hash_;
  std::unique_ptr<Hub> west_;
  std::unique_ptr<Hub> east_;
};

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_EXCHANGE_WORLD_H_
