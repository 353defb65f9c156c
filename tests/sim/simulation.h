// tests/sim/simulation.h: one seed, from the first report to the last check.
//
// Two to four hubs, each with a clinic and an office, their clocks a little
// wrong. Days of work and trouble, with nights between in which all lie still
// and deadlines pass. Then the troubles end; within kConvergesWithin everything
// that was under way must have come where it belongs, and then every checker
// looks.
//
//   const Outcome outcome = Simulate({.seed = 7});
//   if (!outcome.findings.empty()) ...

#ifndef CAREROUTE_TESTS_SIM_SIMULATION_H_
#define CAREROUTE_TESTS_SIM_SIMULATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace careroute::tests {

// After the last trouble: a sender looks at a silent peer every ten minutes at
// the latest, and a crossing question and its answer take a few such rounds.
inline constexpr absl::Duration kConvergesWithin = absl::Hours(4);

struct SimulationPlan {
  uint64_t seed = 1;
  int days = 2;                                 // of work and trouble
  absl::Duration day = absl::Minutes(10);       // of each
  absl::Duration between = absl::Seconds(10);   // actions, on average
  absl::Duration night_max = absl::Hours(500);  // three weeks
};

struct Outcome {
  std::vector<std::string> findings;
  std::vector<std::string> log;
  std::string digest;  // of the log
  int hubs = 0;
  int crashes = 0;
  int64_t effects = 0;        // acknowledged
  int64_t refusals = 0;       // answers that were one
  int64_t moves = 0;          // of cases to another hub
  int64_t canaries_seen = 0;  // crossing rightly
  int64_t batches = 0;        // that arrived somewhere
  absl::Duration simulated = absl::ZeroDuration();
};

// Once. Reads calendar and pathway from the source directory.
[[nodiscard]] Outcome Simulate(const SimulationPlan& plan);

// Twice; a finding when the two logs differ.
[[nodiscard]] Outcome SimulateTwice(const SimulationPlan& plan);

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_SIM_SIMULATION_H_
