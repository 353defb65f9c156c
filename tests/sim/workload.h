// tests/sim/workload.h: what people ask of the hubs.
//
// Families are reported, agree or do not, are referred within their hub and to
// others; offices accept, hold, complete, ask back; coordinators cancel,
// answer, withdraw; now and then a family moves, and its case goes along to
// another hub. What is asked next is drawn from what was last seen, which
// may be old: a request that comes too late is refused, and that is an answer
// too. Now and then something is asked again under its first request id, as a
// caller does that heard nothing.
//
//   Workload workload({.world = world, .ledger = ledger, ...});
//   workload.Act();

#ifndef CAREROUTE_TESTS_SIM_WORKLOAD_H_
#define CAREROUTE_TESTS_SIM_WORKLOAD_H_

#include <cstdint>
#include <string>
#include <vector>

#include "lib/engine/performed_referrals.h"
#include "lib/testing/simulated_world.h"
#include "tests/sim/auditor.h"
#include "tests/sim/ledger.h"
#include "tests/sim/run_log.h"

namespace careroute::tests {

// Enough for each hub to have several, few enough to meet again.
inline constexpr int kFamiliesMax = 16;

// "clinic-hub-a", "office-hub-a": what every hub of a run hosts.
[[nodiscard]] std::string ClinicOf(const std::string& hub);
[[nodiscard]] std::string OfficeOf(const std::string& hub);

// For one thread. What is handed in must outlive it, and it must outlive the
// last task of the world.
class Workload {
 public:
  struct Options {
    testing::SimulatedWorld& world;
    base::Random& random;
    Ledger& ledger;
    Auditor& auditor;
    RunLog& log;
    std::string pathway;
  };
  explicit Workload(const Options& options) : options_(options) {}

  // Asks one thing, and does not wait.
  void Act();

 private:
  [[nodiscard]] uint64_t Draw(uint64_t below) {
    return options_.random.Uniform(below);
  }
  // True n times of a hundred.
  [[nodiscard]] bool Often(uint64_t n) { return Draw(100) < n; }

  void ReportNew();
  void ActFor(Family& family);
  void ActOnReferral(Family& family, const casework::Referral& referral);
  void Refer(Family& family);
  void Move(Family& family);
  void PerformHere(Family& family, const casework::Referral& referral);
  void PerformThere(Family& family, const casework::Referral& referral);
  void AskAgain();

  // The command to the family's case.
  Request& NewRequest(Family& family, const std::string& command);
  void Ask(Request& request);
  void AskReport(Request& request);
  void AskCase(Request& request);
  void AskPerformed(Request& request);
  // What followed an effect: the case as it is now.
  void Follow(Request& request);
  void Refresh(Family& family);

  // What a performer does next with a referral in that state.
  [[nodiscard]] std::string NextMove(const casework::Referral& referral);

  const Options options_;
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_SIM_WORKLOAD_H_
