#include "tests/sim/simulation.h"

#include <memory>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "lib/base/hash.h"
#include "lib/engine/testing/test_files.h"
#include "lib/testing/invented.h"
#include "lib/testing/simulated_world.h"
#include "tests/sim/auditor.h"
#include "tests/sim/canaries.h"
#include "tests/sim/checker.h"
#include "tests/sim/run_log.h"
#include "tests/sim/trouble.h"
#include "tests/sim/workload.h"

namespace careroute::tests {
namespace {

constexpr char kPathwayFile[] = "lib/casework/testdata/test-route.textproto";

// Hubs ask a time server; one that cannot is wrong by this much.
constexpr int64_t kAheadMaxSeconds = 90;

// Seeds in which disks are lost. What was acknowledged is lost with them, so
// that the others are held to more.
constexpr uint64_t kRestoresEvery = 5;

const calendar::CalendarSet& Calendars() {
  static const calendar::CalendarSet* const calendars =
      new calendar::CalendarSet(engine::testing::LoadCalendars());
  return *calendars;
}

model::v1::Pathway Pathway() {
  model::v1::Pathway pathway = engine::testing::ReadPathway(kPathwayFile);
  pathway.set_jurisdiction(testing::kInventedRegion);
  return pathway;
}

// All there is of one run. Its world ends first, while what the tasks in it
// point to is still there.
class Run {
 public:
  explicit Run(const SimulationPlan& plan)
      : plan_(plan), random_(plan.seed ^ 0x5e4d) {
    world_ = std::make_unique<testing::SimulatedWorld>(
        testing::SimulatedWorld::Options{.seed = plan.seed,
                                         .calendars = Calendars()});
    log_ = std::make_unique<RunLog>(world_->clock());
    auditor_ = std::make_unique<Auditor>(ledger_, *log_);
    canaries_ =
        std::make_unique<Canaries>(Scene{.world = *world_, .ledger = ledger_});
    const model::v1::Pathway pathway = Pathway();
    workload_ =
        std::make_unique<Workload>(Workload::Options{.world = *world_,
                                                     .random = random_,
                                                     .ledger = ledger_,
                                                     .auditor = *auditor_,
                                                     .log = *log_,
                                                     .pathway = pathway.id()});
    trouble_ = std::make_unique<Trouble>(
        Trouble::Options{.world = *world_,
                         .random = random_,
                         .log = *log_,
                         .ledger = ledger_,
                         .restores = plan.seed % kRestoresEvery == 0});
    AddHubs();
    world_->Open({pathway});
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  Outcome Play() {
    const absl::Time start = world_->clock().Now();
    for (int day = 0; day < plan_.days; ++day) {
      if (day > 0) trouble_->Night(Drawn(plan_.night_max));
      Work();
    }
    trouble_->Stop();
    Settle();
    const Scene scene{.world = *world_, .ledger = ledger_};
    for (const Checker& one : AllCheckers()) one.run(scene);
    return {.findings = ledger_.findings,
            .log = log_->lines(),
            .digest = log_->Digest(),
            .hubs = static_cast<int>(world_->hub_ids().size()),
            .crashes = trouble_->crashes(),
            .effects = ledger_.effects,
            .refusals = ledger_.refusals,
            .moves = ledger_.moves,
            .canaries_seen = canaries_->seen(),
            .batches = batches_,
            .simulated = world_->clock().Now() - start};
  }

 private:
  absl::Duration Drawn(absl::Duration below) {
    return absl::Milliseconds(static_cast<int64_t>(random_.Uniform(
        static_cast<uint64_t>(absl::ToInt64Milliseconds(below)))));
  }

  void AddHubs() {
    const uint64_t count = 2 + random_.Uniform(3);
    for (uint64_t i = 0; i < count; ++i) {
      const std::string id = absl::StrCat("hub-", std::string(1, "abcd"[i]));
      const int64_t ahead =
          static_cast<int64_t>(random_.Uniform(2 * kAheadMaxSeconds)) -
          kAheadMaxSeconds;
      world_->AddHub(
          {.id = id,
           .organisations = {testing::InventedOrganisation(
                                 {.id = ClinicOf(id),
                                  .kind = model::v1::AGENCY_KIND_HEALTH}),
                             testing::InventedOrganisation(
                                 {.id = OfficeOf(id),
                                  .kind = model::v1::AGENCY_KIND_SOCIAL,
                                  .services = {"care"}})},
           .ahead = absl::Seconds(ahead)});
    }
    for (const std::string& id : world_->hub_ids()) {
      world_->hub(id).set_tap([this, id](
                                  const std::string& from,
                                  const exchange::v1::DeliverRequest& batch) {
        ++batches_;
        log_->Add(absl::StrCat(
            "arrived ", from, " to ", id, " ", batch.envelopes_size(), " ",
            absl::BytesToHexString(base::Sha256(batch.SerializeAsString()))));
        canaries_->Look(from, id, batch);
      });
    }
  }

  void Work() {
    trouble_->Plan(plan_.day);
    const absl::Time end = world_->clock().Now() + plan_.day;
    while (world_->clock().Now() < end) {
      workload_->Act();
      if (random_.Uniform(8) == 0) {
        LookAtHomes({.world = *world_, .ledger = ledger_});
      }
      world_->Run(Drawn(2 * plan_.between));
    }
  }

  [[nodiscard]] bool NothingWaits() {
    for (const std::string& id : world_->hub_ids()) {
      const auto page = world_->Await<store::OutboxPage>(
          [&](base::Done<store::OutboxPage> done) {
            world_->hub(id).disk().durable().ListOutbox({}, std::move(done));
          });
      if (!page.ok() || !page->rows.empty()) return false;
    }
    return true;
  }

  // What waits is all that can be under way; what it brings about may wait in
  // its turn.
  void Settle() {
    const absl::Time end = world_->clock().Now() + kConvergesWithin;
    int quiet = 0;
    while (world_->clock().Now() < end && quiet < 3) {
      world_->Run(absl::Minutes(6));
      quiet = NothingWaits() ? quiet + 1 : 0;
    }
    log_->Add("settled");
  }

  const SimulationPlan plan_;
  base::SeededRandom random_;
  Ledger ledger_;
  int64_t batches_ = 0;
  std::unique_ptr<RunLog> log_;
  std::unique_ptr<Auditor> auditor_;
  std::unique_ptr<Canaries> canaries_;
  std::unique_ptr<Workload> workload_;
  std::unique_ptr<Trouble> trouble_;
  std::unique_ptr<testing::SimulatedWorld> world_;
};

}  // namespace

Outcome Simulate(const SimulationPlan& plan) { return Run(plan).Play(); }

Outcome SimulateTwice(const SimulationPlan& plan) {
  Outcome outcome = Simulate(plan);
  const Outcome again = Simulate(plan);
  const auto difference = FirstDifference(outcome.log, again.log);
  if (difference.has_value()) {
    outcome.findings.push_back(absl::StrCat(
        "the same seed played twice gives two logs; ", *difference));
  }
  outcome.simulated += again.simulated;
  return outcome;
}

}  // namespace careroute::tests
