#include "tests/torture/torture.h"

#include <signal.h>

#include <algorithm>
#include <iostream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/base/real_clock.h"
#include "lib/base/status_macros.h"

namespace careroute::tests {
namespace {

// A kill comes after fewer than 2^k answers, k drawn below this: within the
// first calls, before the first sweep, and after several.
constexpr uint64_t kAnswersBitsMax = 10;

Callers CallersOf(const Program& hub) {
  return {.registrar = HubBench::Registrar(hub),
          .coordinator = HubBench::Coordinator(hub)};
}

size_t CountAnswers(const Ledger& ledger) {
  return static_cast<size_t>(std::count_if(
      ledger.begin(), ledger.end(),
      [](const Entry& entry) { return entry.answer.has_value(); }));
}

// The bench and the program tell of what went wrong as tests do.
absl::Status CheckBench(const Program& hub) {
  if (hub.port() != 0 && !testing::UnitTest::GetInstance()->Failed()) {
    return absl::OkStatus();
  }
  return absl::InternalError(
      absl::StrCat("the hub does not serve:\n", hub.log()));
}

}  // namespace

Torture::Torture(const Options& options)
    : options_(options),
      began_(base::MonotonicTime()),
      random_(options.seed),
      bench_(HubBench::Catalogue::kDemoRegion, options.store),
      requests_({.seed = options.seed, .start = base::RealClock().Now()}),
      judge_({.requests = requests_,
              .start = base::RealClock().Now(),
              .ledger = ledger_}) {}

bool Torture::Over() const {
  if (tally_.rounds == 0) return false;
  if (options_.rounds > 0 && tally_.rounds >= options_.rounds) return true;
  return base::MonotonicTime() - began_ >= options_.time;
}

absl::Status Torture::Run() {
  while (!Over()) {
    CAREROUTE_RETURN_IF_ERROR(Round());
    std::cout << "round " << tally_.rounds << ": " << tally_.acknowledged
              << " acknowledged, " << judge_.cases().size() << " cases"
              << std::endl;
  }
  return End();
}

absl::Status Torture::Round() {
  const std::unique_ptr<Program> hub = bench_.Start();
  CAREROUTE_RETURN_IF_ERROR(CheckBench(*hub));
  HubBench::ImportClinic(*hub);
  CAREROUTE_RETURN_IF_ERROR(CheckBench(*hub));
  const Callers callers = CallersOf(*hub);
  CAREROUTE_RETURN_IF_ERROR(judge_.AfterRestart(callers, random_));
  CAREROUTE_RETURN_IF_ERROR(LoadAndKill(*hub, callers));
  return Fsck();
}

absl::Status Torture::LoadAndKill(Program& hub, const Callers& callers) {
  const size_t answered = CountAnswers(ledger_);
  Load load({.requests = requests_,
             .callers = callers,
             .cases = judge_.cases(),
             .ledger = ledger_});
  const uint64_t bits = random_.Uniform(kAnswersBitsMax);
  load.WaitForAnswers(
      static_cast<size_t>(1 + random_.Uniform(uint64_t{1} << bits)));
  hub.Signal(SIGKILL);
  CAREROUTE_RETURN_IF_ERROR(load.Join());
  if (const int status = hub.Wait(); status != -SIGKILL) {
    return absl::InternalError(absl::StrCat("the hub ended by itself with ",
                                            status, ":\n", hub.log()));
  }
  ++tally_.rounds;
  tally_.acknowledged += CountAnswers(ledger_) - answered;
  return absl::OkStatus();
}

absl::Status Torture::Fsck() const {
  const Ran looked = bench_.Fsck();
  if (looked.status == 0) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("fsck:\n", looked.log));
}

// Everything once more, by a hub that then stops as it should.
absl::Status Torture::End() {
  const std::unique_ptr<Program> hub = bench_.Start();
  CAREROUTE_RETURN_IF_ERROR(CheckBench(*hub));
  const Callers callers = CallersOf(*hub);
  CAREROUTE_RETURN_IF_ERROR(judge_.AfterRestart(callers, random_));
  CAREROUTE_RETURN_IF_ERROR(judge_.AtTheEnd(callers));
  hub->Signal(SIGTERM);
  if (const int status = hub->Wait(); status != 0) {
    return absl::InternalError(
        absl::StrCat("the hub stopped with ", status, ":\n", hub->log()));
  }
  return Fsck();
}

}  // namespace careroute::tests
