// careroute_torture: kills hubs until they break their word or the time is
// over.
//
//   careroute_torture --minutes 10 --seed 7
//   careroute_torture --rounds 4 --seed 7 --store sqlite:/tmp/torture.db
//   careroute_torture --rounds 4 --seed 7 --store postgresql
//   careroute_torture --minutes 10 --seed 7 --exchange

#include <unistd.h>

#include <cstdint>
#include <iostream>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/strings/match.h"
#include "absl/time/time.h"
#include "lib/base/real_random.h"
#include "lib/store/postgres/test_cluster.h"
#include "tests/torture/exchange_torture.h"
#include "tests/torture/torture.h"

namespace careroute::tests {
namespace {

// For --store: a server of its own.
constexpr char kOwnServer[] = "postgresql";

struct Flags {
  double minutes = 10;
  int rounds = 0;
  uint64_t seed = 0;
  std::string store;
  bool exchange = false;  // two hubs, and the network between them
};

// The moments of a run are the machine's: the same seed asks the same again,
// and kills after as many answers, in the middle of other work.
template <typename Tortured>
void TellViolation(const Flags& flags, const Tortured& torture,
                   const absl::Status& violation) {
  std::cout << "VIOLATION after " << torture.tally().rounds
            << " rounds: " << violation.message() << "\nseed: " << flags.seed
            << "\nthe hubs' files: " << torture.folder()
            << "\nrun again, several times if need be: ./dev torture "
            << flags.minutes << " " << flags.seed;
  if (flags.rounds > 0) std::cout << " --rounds " << flags.rounds;
  if (!flags.store.empty()) std::cout << " --store " << flags.store;
  if (flags.exchange) std::cout << " --exchange";
  std::cout << std::endl;
}

// On a database two hubs serve side by side.
Torture::Options OptionsOf(const Flags& flags) {
  const bool database = absl::StartsWith(flags.store, "postgres");
  return {.seed = flags.seed,
          .rounds = flags.rounds,
          .time = absl::Minutes(flags.minutes),
          .store = flags.store,
          .hubs = database ? 2 : 1};
}

int RunExchange(const Flags& flags) {
  ExchangeTorture torture({.seed = flags.seed,
                           .rounds = flags.rounds,
                           .time = absl::Minutes(flags.minutes)});
  const absl::Status status = torture.Run();
  if (!status.ok()) {
    TellViolation(flags, torture, status);
    _exit(1);  // without taking any files away
  }
  std::cout << "seed " << flags.seed << ": " << torture.tally().rounds
            << " rounds, " << torture.tally().mishaps << " mishaps on the way, "
            << torture.tally().kills << " kills, "
            << torture.load().acknowledged()
            << " acknowledged commands; both hubs say the same of everything"
            << std::endl;
  return 0;
}

int Run(const Flags& flags) {
  std::cout << "seed " << flags.seed << std::endl;
  if (flags.exchange) return RunExchange(flags);
  Torture::Options options = OptionsOf(flags);
  std::unique_ptr<store::TestCluster> server;
  if (flags.store == kOwnServer) {
    server = std::make_unique<store::TestCluster>(store::Fsync::kOn);
    options.store = server->NewAddress();
    options.server = server.get();
  }
  Torture torture(options);
  const absl::Status status = torture.Run();
  if (!status.ok()) {
    TellViolation(flags, torture, status);
    if (server != nullptr) {
      std::cout << "the database's files: " << server->folder() << std::endl;
    }
    _exit(1);  // without taking any files away
  }
  std::cout << "seed " << flags.seed << ": killed " << torture.tally().rounds
            << " times, " << torture.tally().acknowledged
            << " acknowledged commands, all kept; " << torture.tally().fell_due
            << " levels fell due meanwhile, each raised once" << std::endl;
  return 0;
}

}  // namespace
}  // namespace careroute::tests

int main(int argc, char** argv) {
  careroute::tests::Flags flags;
  careroute::base::RealRandom random;
  flags.seed = random.Uniform(1000000000);
  CLI::App app(
      "Kills hubs under load again and again, and holds them to their "
      "word after each time");
  app.add_option("--minutes", flags.minutes, "how long; a round is finished")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--rounds", flags.rounds, "at most so many kills; 0 = any")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  app.add_option("--seed", flags.seed, "what is asked and when it is killed");
  CLI::Option* const store = app.add_option(
      "--store", flags.store,
      "the hubs' store, empty so far; postgresql = a database "
      "server of their own, which is killed as well; without it, a "
      "file of their own");
  app.add_flag("--exchange", flags.exchange,
               "two hubs on files of their own that exchange referrals over a "
               "network that hurts")
      ->excludes(store);
  CLI11_PARSE(app, argc, argv);
  return careroute::tests::Run(flags);
}
