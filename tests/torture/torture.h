// tests/torture/torture.h: a hub that is killed again and again.
//
//   Torture torture({.seed = 7, .rounds = 4});
//   const absl::Status status = torture.Run();
//   if (!status.ok()) { ... torture.tally().rounds, torture.folder() ... }

#ifndef CAREROUTE_TESTS_TORTURE_TORTURE_H_
#define CAREROUTE_TESTS_TORTURE_TORTURE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "lib/base/random.h"
#include "tests/hub/hub_bench.h"
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
    std::string store;  // of the hub; empty = a file of its own
  };
  struct Tally {
    int rounds = 0;  // kills
    size_t acknowledged =
        0;  // commands answered, by a hub that was then killed
  };
  explicit Torture(const Options& options);

  // Rounds of load, kill -9, fsck, start and judgement; then an orderly end.
  // The status is the first violation.
  [[nodiscard]] absl::Status Run();

  [[nodiscard]] const Tally& tally() const { return tally_; }
  // Where the hub's files are while this object lives.
  [[nodiscard]] std::string folder() const { return bench_.File(""); }

 private:
  [[nodiscard]] bool Over() const;
  [[nodiscard]] absl::Status Round();
  [[nodiscard]] absl::Status End();
  [[nodiscard]] absl::Status LoadAndKill(Program& hub, const Callers& callers);
  [[nodiscard]] absl::Status Fsck() const;

  const Options options_;
  const absl::Duration began_;
  base::SeededRandom random_;
  const HubBench bench_;
  const Requests requests_;
  Ledger ledger_;
  Judge judge_;
  Tally tally_;
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_TORTURE_TORTURE_H_
