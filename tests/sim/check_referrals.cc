#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "lib/engine/lanes.h"
#include "tests/sim/checker.h"

namespace careroute::tests {
namespace {

// It never left, or nothing of it may be told any more.
bool MayBeAbsent(const casework::Referral& home) {
  const model::v1::ReferralState state = casework::StateOf(home);
  return home.envelopes == 0 || state == model::v1::REFERRAL_STATE_CANCELLED ||
         home.undelivered_why == "withheld";
}

void CheckReferral(const Scene& scene, const Family& family,
                   const casework::Referral& home) {
  const std::string name =
      absl::StrCat(NameOf(family), "/referrals/", home.number);
  const auto there = ReadPerformed(scene, home);
  if (!there.has_value()) {
    if (!MayBeAbsent(home)) {
      scene.Find(absl::StrCat("promise 3: ", name, " is lost: ", home.hub,
                              " does not have it, at home it is ",
                              casework::StateOf(home)));
    }
    return;
  }
  const casework::Referral& mirror = there->state->referral;
  if (casework::StateOf(home) != casework::StateOf(mirror)) {
    scene.Find(absl::StrCat("promise 3: ", name, " is ",
                            casework::StateOf(home), " at home and ",
                            casework::StateOf(mirror), " at ", home.hub));
  }
  // The performer tells nothing of a person that could be withheld.
  if (home.performance.entries != mirror.performance.entries) {
    scene.Find(absl::StrCat("promise 3: ", name, " has ",
                            mirror.performance.entries, " entries at ",
                            home.hub, " and ", home.performance.entries,
                            " at home"));
  }
  if (!there->state->kept.empty()) {
    scene.Find(absl::StrCat("promise 3: ", home.hub, " is of this release and ",
                            "keeps envelopes of ", name));
  }
}

// A hub that was put back does not know the case any more, and nobody can give
// it back.
bool IsOfALostCase(const Scene& scene, const store::OutboxRow& row) {
  const auto hub = engine::HubOf(row.lane);
  return hub.has_value() && scene.ledger.restored.contains(*hub) &&
         row.key.stream.kind == store::StreamKind::kReferral &&
         absl::StrContains(row.problem, "not_yours");
}

void CheckNothingWaits(const Scene& scene, const std::string& id) {
  const auto page = scene.world.Await<store::OutboxPage>(
      [&](base::Done<store::OutboxPage> done) {
        scene.world.hub(id).disk().durable().ListOutbox({}, std::move(done));
      });
  if (!page.ok()) return scene.Find(page.status().ToString());
  for (const store::OutboxRow& row : page->rows) {
    if (IsOfALostCase(scene, row)) continue;
    scene.Find(absl::StrCat("promise 3: at ", id, " message ", row.key.sequence,
                            " of ", row.key.stream.id.Hex(), " to ", row.lane,
                            row.destination, " still waits after ",
                            row.attempts, " attempts: ", row.problem));
  }
}

}  // namespace

void CheckReferrals(const Scene& scene) {
  for (const Family& family : scene.ledger.families) {
    if (!family.uid.has_value()) continue;
    const auto state = ReadCase(scene, family);
    if (state == nullptr) continue;
    for (const casework::Referral& one : state->referrals) {
      if (!one.hub.empty()) CheckReferral(scene, family, one);
    }
  }
  for (const std::string& id : scene.world.hub_ids()) {
    CheckNothingWaits(scene, id);
  }
}

void CheckRecalls(const Scene& scene) {
  for (const Family& family : scene.ledger.families) {
    if (!family.withdrawn.has_value()) continue;
    const auto state = ReadCase(scene, family);
    if (state == nullptr) continue;
    for (const casework::Referral& one : state->referrals) {
      const bool open = casework::IsOpen(casework::StateOf(one));
      if (one.hub.empty() || !open) continue;
      const auto there = ReadPerformed(scene, one);
      if (!there.has_value()) continue;
      if (engine::ReadableClasses(*there->state)
              .Contains(model::v1::DATA_CLASS_IDENTITY)) {
        scene.Find(absl::StrCat("promise 4: ", NameOf(family),
                                " withdrew, and ", one.hub,
                                " still reads who it is"));
      }
    }
  }
}

}  // namespace careroute::tests
