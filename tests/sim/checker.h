// tests/sim/checker.h: what is promised, held against what there is at the end.
//
// Each checker looks at one promise of the design, once all troubles are over
// and everything has settled. It adds what it finds to the ledger's findings.
//
//   for (const Checker& check : AllCheckers()) check.run(scene);

#ifndef CAREROUTE_TESTS_SIM_CHECKER_H_
#define CAREROUTE_TESTS_SIM_CHECKER_H_

#include <string>
#include <vector>

#include "lib/engine/cases.h"
#include "lib/engine/performed_referrals.h"
#include "lib/testing/simulated_world.h"
#include "tests/sim/ledger.h"

namespace careroute::tests {

// Borrowed.
struct Scene {
  testing::SimulatedWorld& world;
  Ledger& ledger;

  void Find(const std::string& what) const { ledger.findings.push_back(what); }
};

struct Checker {
  const char* promise;
  void (*run)(const Scene& scene);
};

// One hub writes to each case, and what others keep of it is the beginning of
// its chain. Says where each family's case is: before all others.
void CheckHomes(const Scene& scene);
// The same while it happens: no two hubs write to one case.
void LookAtHomes(const Scene& scene);
// 1 and 2: what was acknowledged is there, every request once, no version is
// missing. 6: each level of a deadline once and in its turn, and none owed.
void CheckHistories(const Scene& scene);
// 3: no referral is lost or applied twice, and both hubs say alike where it
// stands; nothing waits.
void CheckReferrals(const Scene& scene);
// 4: who withdrew is no longer read about by whoever was told before. (What
// crosses is looked at as it arrives: canaries.h.)
void CheckRecalls(const Scene& scene);
// 7: every chain is whole and every row as the events say; peers found nothing
// in each other's checkpoints.
void CheckRecords(const Scene& scene);
// 8: the events, folded anew, give the state there is.
void CheckReplay(const Scene& scene);

[[nodiscard]] std::vector<Checker> AllCheckers();

// --- What checkers read with ------------------------------------------------

// "hub-a cases/0123", for findings.
[[nodiscard]] std::string NameOf(const Family& family);
// Null, with a finding, when the case cannot be read.
[[nodiscard]] std::shared_ptr<const casework::Case> ReadCase(
    const Scene& scene, const Family& family);
// None when it has not arrived there.
[[nodiscard]] std::optional<engine::PerformedReading> ReadPerformed(
    const Scene& scene, const casework::Referral& referral);

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_SIM_CHECKER_H_
