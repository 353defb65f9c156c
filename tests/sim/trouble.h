// tests/sim/trouble.h: what goes wrong around the hubs, drawn from the seed.
//
// Within a period the network gets worse and better, ways are cut one or both
// ways, a hub is cut off, dies and comes back, answers slowly, has a slow or
// failing disk, or plays an older release until it is started anew; where
// restores are played too, a disk is lost and a backup put back. Stop ends all
// of that.
//
//   Trouble trouble({.world = world, .random = random, .log = log});
//   trouble.Plan(absl::Minutes(15));
//   world.Run(absl::Minutes(15));
//   trouble.Stop();

#ifndef CAREROUTE_TESTS_SIM_TROUBLE_H_
#define CAREROUTE_TESTS_SIM_TROUBLE_H_

#include <cstdint>
#include <set>
#include <string>

#include "absl/time/time.h"
#include "lib/base/random.h"
#include "lib/testing/simulated_world.h"
#include "tests/sim/ledger.h"
#include "tests/sim/run_log.h"

namespace careroute::tests {

// For one thread. What is handed in must outlive it, and it must outlive the
// last task of the world.
class Trouble {
 public:
  struct Options {
    testing::SimulatedWorld& world;
    base::Random& random;
    RunLog& log;
    Ledger& ledger;
    // Whether disks are lost: then what was acknowledged since is too.
    bool restores = false;
  };
  explicit Trouble(const Options& options) : options_(options) {}

  // Troubles begin, and some of them end, within the time from now.
  void Plan(absl::Duration within);

  // All hubs lie still for that time, as over a power cut.
  void Night(absl::Duration length);

  // Everything is mended, and every hub runs this release.
  void Stop();

  [[nodiscard]] int crashes() const { return crashes_; }

 private:
  [[nodiscard]] uint64_t Draw(uint64_t below) {
    return options_.random.Uniform(below);
  }
  [[nodiscard]] absl::Duration DrawTime(absl::Duration below);
  [[nodiscard]] std::string DrawHub();
  void After(absl::Duration time, base::Task task);

  void Begin();
  void WorseNetwork();
  void Cut();
  void CutOff();
  void Die();
  void SlowDown();
  void BadDisk();
  void GrowOld();
  void LoseDisk();

  // All around the hubs is as it should be.
  void Calm();
  void CutBothWays(const std::string& hub, bool cut);
  void Restart(const std::string& id);

  const Options options_;
  std::set<std::string> old_;
  bool stopped_ = false;
  int crashes_ = 0;
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_SIM_TROUBLE_H_
