// tests/torture/exchange_torture.h: two hubs that exchange referrals over a
// network that hurts.
//
// Two real hubs, mutual TLS, SQLite files. Each is reached by the other only
// through a relay that delays, halves, cuts, swallows and flips what passes;
// either hub dies by `kill -9` and is started again. Then nothing passes at
// all while families withdraw. Then the network is whole, an administrator asks
// for another try, and everything must come together.
//
//   ExchangeTorture torture({.seed = 7, .rounds = 3});
//   const absl::Status status = torture.Run();

#ifndef CAREROUTE_TESTS_TORTURE_EXCHANGE_TORTURE_H_
#define CAREROUTE_TESTS_TORTURE_EXCHANGE_TORTURE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "lib/base/random.h"
#include "tests/hub/peer_bench.h"
#include "tests/torture/exchange_load.h"
#include "tests/torture/relay.h"

namespace careroute::tests {

// Within so long after the network is whole nothing waits any more: hundreds of
// envelopes, on a machine that does much besides.
inline constexpr absl::Duration kConvergesWithin = absl::Minutes(3);

// For one thread.
class ExchangeTorture {
 public:
  struct Options {
    uint64_t seed = 0;
    // At least one round; then until either is reached.
    int rounds = 0;  // 0 = without bound
    absl::Duration time = absl::InfiniteDuration();
  };
  struct Tally {
    int rounds = 0;
    int kills = 0;
    int mishaps = 0;  // on connections that were made, or were refused
  };
  explicit ExchangeTorture(const Options& options);

  // The status is the first violation; no hub runs any more.
  [[nodiscard]] absl::Status Run();

  [[nodiscard]] const Tally& tally() const { return tally_; }
  [[nodiscard]] const ExchangeLoad& load() const { return load_; }
  // Where the hubs' files are while this object lives.
  [[nodiscard]] std::string folder() const { return bench_.File(""); }

 private:
  // One of the hubs, and the way to it.
  struct Side {
    Side(std::string hub, uint64_t seed) : id(std::move(hub)), relay(seed) {}

    const std::string id;
    Relay relay;
    std::unique_ptr<Program> program;  // null while it is down
    bool imported = false;             // it has its directory
  };

  [[nodiscard]] absl::Status Rounds();
  [[nodiscard]] bool Over() const;
  [[nodiscard]] absl::Status Round();
  [[nodiscard]] absl::Status StartHubs();
  [[nodiscard]] absl::Status Start(Side& side);
  [[nodiscard]] absl::Status Kill(Side& side);
  [[nodiscard]] absl::Status EndHub(Side& side);
  // Load, troubles, and hubs that die meanwhile.
  [[nodiscard]] absl::Status Hurt();
  // Withdrawn before the network is whole again, which it then stays.
  [[nodiscard]] absl::Status ReferInVain();
  // Until nothing waits any more.
  [[nodiscard]] absl::Status Converge();
  // Of stores that no hub serves.
  [[nodiscard]] absl::Status Examine() const;
  void SetRelays(Relay::Mood mood);
  void TellRound();

  [[nodiscard]] ExchangeCallers Callers() const;
  [[nodiscard]] EastCallers AtEast() const;
  [[nodiscard]] WestCallers AtWest() const;

  const Options options_;
  const absl::Duration began_;
  base::SeededRandom random_;
  Side east_;
  Side west_;
  const PeerBench bench_;
  ExchangeLoad load_;
  Tally tally_;
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_TORTURE_EXCHANGE_TORTURE_H_
