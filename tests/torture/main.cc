// careroute_torture: kills a hub until it breaks its word or the time is over.
//
//   careroute_torture --minutes 10 --seed 7
//   careroute_torture --rounds 4 --seed 7 --store sqlite:/tmp/torture.db

#include <unistd.h>

#include <cstdint>
#include <iostream>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/time/time.h"
#include "lib/base/real_random.h"
#include "tests/torture/torture.h"

namespace careroute::tests {
namespace {

struct Flags {
  double minutes = 10;
  int rounds = 0;
  uint64_t seed = 0;
  std::string store;
};

// The moments of a run are the machine's: the same seed asks the same again,
// and kills after as many answers, in the middle of other work.
void TellViolation(const Flags& flags, const Torture& torture,
                   const absl::Status& violation) {
  std::cout << "VIOLATION in round " << torture.tally().rounds << ": "
            << violation.message() << "\nthe hub's files: " << torture.folder()
            << "\nrun again, several times if need be: ./dev torture "
            << flags.minutes << " " << flags.seed;
  if (!flags.store.empty()) std::cout << " --store " << flags.store;
  std::cout << std::endl;
}

int Run(const Flags& flags) {
  std::cout << "seed " << flags.seed << std::endl;
  Torture torture({.seed = flags.seed,
                   .rounds = flags.rounds,
                   .time = absl::Minutes(flags.minutes),
                   .store = flags.store});
  const absl::Status status = torture.Run();
  if (!status.ok()) {
    TellViolation(flags, torture, status);
    _exit(1);  // without taking the hub's files away
  }
  std::cout << "seed " << flags.seed << ": killed " << torture.tally().rounds
            << " times, " << torture.tally().acknowledged
            << " acknowledged commands, all kept" << std::endl;
  return 0;
}

}  // namespace
}  // namespace careroute::tests

int main(int argc, char** argv) {
  careroute::tests::Flags flags;
  careroute::base::RealRandom random;
  flags.seed = random.Uniform(1000000000);
  CLI::App app(
      "Kills a hub under load again and again, and holds it to its "
      "word after each time");
  app.add_option("--minutes", flags.minutes, "how long; a round is finished")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--rounds", flags.rounds, "at most so many kills; 0 = any")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  app.add_option("--seed", flags.seed, "what is asked and when it is killed");
  app.add_option("--store", flags.store,
                 "the hub's store, empty so far; else a file of its own");
  CLI11_PARSE(app, argc, argv);
  return careroute::tests::Run(flags);
}
