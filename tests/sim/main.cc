// careroute_sim: plays seeds until one breaks a promise, or all are played.
//
//   careroute_sim --seeds 1000 --from 1
//   careroute_sim --seeds 1 --from 17 --log

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/sim/simulation.h"

namespace careroute::tests {
namespace {

constexpr int kBarWidth = 40;
constexpr size_t kLastLines = 30;
constexpr absl::Duration kYear = absl::Hours(24 * 365);

struct Flags {
  uint64_t seeds = 20;
  uint64_t from = 1;
  bool log = false;
};

void ShowProgress(const Flags& flags, uint64_t played) {
  if (isatty(STDERR_FILENO) == 0) return;
  const int full = static_cast<int>(played * uint64_t{kBarWidth} / flags.seeds);
  std::cerr << "\r[" << std::string(static_cast<size_t>(full), '#')
            << std::string(static_cast<size_t>(kBarWidth - full), '.') << "] "
            << played << "/" << flags.seeds << " seeds" << std::flush;
  if (played == flags.seeds) std::cerr << "\n";
}

void TellFindings(uint64_t seed, const Outcome& outcome) {
  std::cout << "\nseed " << seed << ", commit " << CAREROUTE_COMMIT << ": "
            << outcome.findings.size() << " findings\n";
  for (const std::string& one : outcome.findings) std::cout << one << "\n";
  std::cout << "play it again: ./dev sim --seeds=1 --from=" << seed
            << " --log\nthe last that happened:\n";
  const size_t lines = outcome.log.size();
  for (size_t i = lines - std::min(lines, kLastLines); i < lines; ++i) {
    std::cout << outcome.log[i] << "\n";
  }
  std::cout << std::flush;
}

int Play(const Flags& flags) {
  Outcome sum;
  uint64_t failed = 0;
  for (uint64_t i = 0; i < flags.seeds; ++i) {
    ShowProgress(flags, i);
    const uint64_t seed = flags.from + i;
    const Outcome outcome = SimulateTwice({.seed = seed});
    if (flags.log) {
      for (const std::string& line : outcome.log) std::cout << line << "\n";
      std::cout << "log " << outcome.digest << "\n";
    }
    sum.simulated += outcome.simulated;
    sum.crashes += outcome.crashes;
    sum.effects += outcome.effects;
    sum.batches += outcome.batches;
    sum.moves += outcome.moves;
    if (outcome.findings.empty()) continue;
    ++failed;
    TellFindings(seed, outcome);
  }
  ShowProgress(flags, flags.seeds);
  std::cout << flags.seeds << " seeds from " << flags.from
            << ", each played twice; "
            << absl::StrFormat("%.2f", absl::FDivDuration(sum.simulated, kYear))
            << " simulated years, " << sum.crashes << " crashes, "
            << sum.batches << " batches, " << sum.moves << " cases moved, "
            << sum.effects << " acknowledged commands; " << failed
            << " seeds with findings" << std::endl;
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace careroute::tests

int main(int argc, char** argv) {
  careroute::tests::Flags flags;
  CLI::App app(
      "Plays hubs, families and troubles by seed, and holds the hubs to what "
      "is promised");
  app.add_option("--seeds", flags.seeds, "how many")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--from", flags.from, "the first")->capture_default_str();
  app.add_flag("--log", flags.log, "print all that happens");
  CLI11_PARSE(app, argc, argv);
  return careroute::tests::Play(flags);
}
