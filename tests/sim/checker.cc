#include "tests/sim/checker.h"

#include "absl/strings/str_cat.h"

namespace careroute::tests {

std::vector<Checker> AllCheckers() {
  return {{.promise = "one home", .run = CheckHomes},
          {.promise = "1, 2, 6", .run = CheckHistories},
          {.promise = "3", .run = CheckReferrals},
          {.promise = "4", .run = CheckRecalls},
          {.promise = "7", .run = CheckRecords},
          {.promise = "8", .run = CheckReplay}};
}

std::string NameOf(const Family& family) {
  return absl::StrCat(family.hub, " cases/", family.uid->Hex());
}

std::shared_ptr<const casework::Case> ReadCase(const Scene& scene,
                                               const Family& family) {
  const auto reading = scene.world.Await<engine::CaseReading>(
      [&](base::Done<engine::CaseReading> done) {
        scene.world.hub(family.hub)
            .engine()
            .cases()
            .Read(*family.uid, std::move(done));
      });
  if (reading.ok()) return reading->state;
  scene.Find(absl::StrCat("promise 1: ", NameOf(family),
                          " was acknowledged: ", reading.status().ToString()));
  return nullptr;
}

std::optional<engine::PerformedReading> ReadPerformed(
    const Scene& scene, const casework::Referral& referral) {
  auto reading = scene.world.Await<engine::PerformedReading>(
      [&](base::Done<engine::PerformedReading> done) {
        scene.world.hub(referral.hub)
            .engine()
            .performed_referrals()
            .Read(referral.uid, std::move(done));
      });
  if (!reading.ok() || !reading->state->arrived) return std::nullopt;
  return *std::move(reading);
}

}  // namespace careroute::tests
