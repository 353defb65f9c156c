#include "tests/torture/torture.h"

#include <signal.h>

#include <algorithm>
#include <iostream>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "tests/torture/check_bench.h"

namespace careroute::tests {
namespace {

// A kill comes after fewer than 2^k answers, k drawn below this: within the
// first calls, before the first sweep, and after several.
constexpr uint64_t kAnswersBitsMax = 10;

std::vector<Blow> KindsOf(const Torture::Options& options) {
  std::vector<Blow> kinds = {Blow::kEveryHub};
  if (options.hubs > 1) kinds.push_back(Blow::kOneHub);
  if (options.server != nullptr) {
    kinds.insert(kinds.end(), {Blow::kConnection, Blow::kServer});
  }
  return kinds;
}

size_t CountAnswers(const Ledger& ledger) {
  return static_cast<size_t>(std::count_if(
      ledger.begin(), ledger.end(),
      [](const Entry& entry) { return entry.answer.has_value(); }));
}

}  // namespace

Torture::Torture(const Options& options)
    : options_(options),
      began_(base::MonotonicTime()),
      random_(options.seed),
      blows_(KindsOf(options), random_),
      bench_(HubBench::Catalogue::kDemoRegion, options.store),
      requests_({.seed = options.seed, .start = clock_.Now()}),
      judge_({.requests = requests_, .clock = clock_, .ledger = ledger_}),
      hubs_(static_cast<size_t>(options.hubs)) {}

bool Torture::Over() const {
  if (tally_.rounds == 0) return false;
  if (options_.rounds > 0 && tally_.rounds >= options_.rounds) return true;
  return base::MonotonicTime() - began_ >= options_.time;
}

absl::Status Torture::Run() {
  absl::Status status = Rounds();
  if (status.ok()) status = End();
  hubs_.clear();
  return status;
}

absl::Status Torture::Rounds() {
  if (options_.hubs > 1) {
    const Ran migrated = bench_.Migrate({});
    if (migrated.status != 0) return absl::InternalError(migrated.log);
  }
  while (!Over()) CAREROUTE_RETURN_IF_ERROR(Round());
  return absl::OkStatus();
}

absl::Status Torture::Round() {
  CAREROUTE_RETURN_IF_ERROR(StartHubs());
  CAREROUTE_RETURN_IF_ERROR(judge_.AfterRestart(SomeCallers(), random_));
  const Blow blow = blows_.Next();
  CAREROUTE_RETURN_IF_ERROR(LoadAndStrike(blow));
  std::cout << "round " << tally_.rounds << ", " << WordOf(blow)
            << " killed: " << tally_.acknowledged << " acknowledged, "
            << judge_.cases().size() << " cases" << std::endl;
  return Fsck();
}

absl::Status Torture::StartHubs() {
  for (std::unique_ptr<Program>& hub : hubs_) {
    if (hub != nullptr) continue;
    hub = bench_.Start();
    CAREROUTE_RETURN_IF_ERROR(CheckBench(*hub));
    HubBench::ImportClinic(*hub);
    CAREROUTE_RETURN_IF_ERROR(CheckBench(*hub));
  }
  return absl::OkStatus();
}

std::vector<Callers> Torture::AllCallers() const {
  std::vector<Callers> callers;
  callers.reserve(hubs_.size());
  for (const std::unique_ptr<Program>& hub : hubs_) {
    callers.push_back({.registrar = HubBench::Registrar(*hub),
                       .coordinator = HubBench::Coordinator(*hub)});
  }
  return callers;
}

Callers Torture::SomeCallers() {
  return AllCallers()[random_.Uniform(hubs_.size())];
}

absl::Status Torture::LoadAndStrike(Blow blow) {
  const size_t answered = CountAnswers(ledger_);
  {
    Load load({.requests = requests_,
               .clock = clock_,
               .callers = AllCallers(),
               .cases = judge_.cases(),
               .ledger = ledger_});
    const uint64_t bits = random_.Uniform(kAnswersBitsMax);
    const auto answers =
        static_cast<size_t>(1 + random_.Uniform(uint64_t{1} << bits));
    load.WaitForAnswers(answers);
    std::vector<size_t> victims;
    if (blow == Blow::kEveryHub) {
      victims.resize(hubs_.size());
      std::iota(victims.begin(), victims.end(), size_t{0});
    } else if (blow == Blow::kOneHub) {
      victims = {static_cast<size_t>(random_.Uniform(hubs_.size()))};
    } else {
      StrikeServer(blow);
    }
    CAREROUTE_RETURN_IF_ERROR(KillHubs(victims, answers, load));
  }
  ++tally_.rounds;
  tally_.acknowledged += CountAnswers(ledger_) - answered;
  return absl::OkStatus();
}

// Callers are told that nobody can answer, and what became of their requests is
// asked in the next round: of hubs that were not started again.
void Torture::StrikeServer(Blow blow) {
  if (blow == Blow::kConnection) {
    options_.server->KillConnection();
  } else {
    options_.server->Kill();
    options_.server->Start();
  }
}

// Ends the load. Hubs that are not killed answer as many requests again.
absl::Status Torture::KillHubs(const std::vector<size_t>& victims,
                               size_t answers, Load& load) {
  for (const size_t victim : victims) hubs_[victim]->Signal(SIGKILL);
  const bool others = !victims.empty() && victims.size() < hubs_.size();
  if (others) load.WaitForAnswers(answers);
  load.Stop();
  CAREROUTE_RETURN_IF_ERROR(load.Join());
  for (const size_t victim : victims) {
    Program& hub = *hubs_[victim];
    if (const int status = hub.Wait(); status != -SIGKILL) {
      return absl::InternalError(absl::StrCat("a hub ended by itself with ",
                                              status, ":\n", hub.log()));
    }
    hubs_[victim] = nullptr;
  }
  for (size_t hub = 0; others && hub < hubs_.size(); ++hub) {
    if (hubs_[hub] != nullptr && load.Failed(hub)) {
      return absl::InternalError(
          "a hub did not serve on when another one was killed");
    }
  }
  return absl::OkStatus();
}

absl::Status Torture::Fsck() const {
  const Ran looked = bench_.Fsck();
  if (looked.status == 0) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("fsck:\n", looked.log));
}

// Everything once more, by hubs that then stop as they should.
absl::Status Torture::End() {
  CAREROUTE_RETURN_IF_ERROR(StartHubs());
  const Callers callers = SomeCallers();
  CAREROUTE_RETURN_IF_ERROR(judge_.AfterRestart(callers, random_));
  CAREROUTE_RETURN_IF_ERROR(judge_.AtTheEnd(callers));
  tally_.fell_due = judge_.fell_due();
  for (const std::unique_ptr<Program>& hub : hubs_) {
    hub->Signal(SIGTERM);
    if (const int status = hub->Wait(); status != 0) {
      return absl::InternalError(
          absl::StrCat("a hub stopped with ", status, ":\n", hub->log()));
    }
  }
  return Fsck();
}

}  // namespace careroute::tests
