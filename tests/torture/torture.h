// tests/torture/torture.h: hubs that are killed again and again.
//
//   Torture torture({.seed = 7, .rounds = 4});
//   const absl::Status status = torture.Run();
//   if (!status.ok()) { ... torture.tally().rounds, torture.folder() ... }

#ifndef CAREROUTE_TESTS_TORTURE_TORTURE_H_
#define CAREROUTE_TESTS_TORTURE_TORTURE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "lib/base/random.h"
#include "lib/base/real_clock.h"
#include "lib/store/postgres/test_cluster.h"
#include "tests/hub/hub_bench.h"
#include "tests/torture/blows.h"
#include "tests/torture/judge.h"
#include "tests/torture/load.h"
#include "tests/torture/requests.h"

namespace careroute::tests {

// For one thread.
class Torture {
 public:
  struct Options {
    uint64_t seed = 0;
    // At least one round; then until either is reached.
    int rounds = 0;  // 0 = without bound
    absl::Duration time = absl::InfiniteDuration();
    std::string store;  // of the hubs; empty = a file of their own
    // More than one share the store: a database, which is migrated first.
    int hubs = 1;
    // The database's server, if it may be killed as well. It must outlive this.
    store::TestCluster* server = nullptr;
  };
  struct Tally {
    int rounds = 0;  // kills
    size_t acknowledged =
        0;                // commands answered, by a hub that was then killed
    size_t fell_due = 0;  // levels raised that fell due during the run
  };
  explicit Torture(const Options& options);

  // Rounds of load, kill -9, fsck, start and judgement; then an orderly end.
  // The status is the first violation; no hub runs any more.
  [[nodiscard]] absl::Status Run();

  [[nodiscard]] const Tally& tally() const { return tally_; }
  // Where the hubs' files are while this object lives.
  [[nodiscard]] std::string folder() const { return bench_.File(""); }

 private:
  [[nodiscard]] absl::Status Rounds();
  [[nodiscard]] bool Over() const;
  [[nodiscard]] absl::Status Round();
  [[nodiscard]] absl::Status End();
  // Those that do not run.
  [[nodiscard]] absl::Status StartHubs();
  // Of each hub.
  [[nodiscard]] std::vector<Callers> AllCallers() const;
  // Of a hub that is drawn.
  [[nodiscard]] Callers SomeCallers();
  [[nodiscard]] absl::Status LoadAndStrike(Blow blow);
  [[nodiscard]] absl::Status KillHubs(const std::vector<size_t>& victims,
                                      size_t answers, Load& load);
  void StrikeServer(Blow blow);
  [[nodiscard]] absl::Status Fsck() const;

  const Options options_;
  const absl::Duration began_;
  const base::RealClock clock_;
  base::SeededRandom random_;
  Blows blows_;
  const HubBench bench_;
  const Requests requests_;
  Ledger ledger_;
  Judge judge_;
  Tally tally_;
  // Empty where none runs.
  std::vector<std::unique_ptr<Program>> hubs_;
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_TORTURE_TORTURE_H_
