#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/sim/checker.h"
#include "tests/torture/history.h"

namespace careroute::tests {
namespace {

// A hub looks for what is due once a minute; a round of many takes some more.
constexpr absl::Duration kRaisedWithin = absl::Minutes(5);

// Which request wrote each version.
using Versions = std::map<int64_t, std::string>;

void CheckRequests(const Scene& scene, const base::Uid& uid, Target target,
                   const Versions& versions) {
  for (const Request& request : scene.ledger.requests) {
    if (request.target != target || request.uid != uid) continue;
    if (!request.effect.has_value()) continue;
    const auto found = versions.find(request.effect->version);
    if (found != versions.end() && found->second == request.id) continue;
    scene.Find(absl::StrCat("promise 1: ", request.id, " (", request.command,
                            ") was acknowledged at version ",
                            request.effect->version, " of ", uid.Hex(), " at ",
                            request.hub, " and is not there"));
  }
}

void CheckCase(const Scene& scene, const Family& family) {
  testing::SimulatedHub& hub = scene.world.hub(family.hub);
  History history;
  Versions versions;
  bool more = true;
  while (more) {
    const auto page = scene.world.Await<engine::CaseHistoryPage>(
        [&](base::Done<engine::CaseHistoryPage> done) {
          hub.engine().cases().ReadHistory(
              {.case_uid = *family.uid, .after_version = history.version()},
              std::move(done));
        });
    if (!page.ok()) {
      return scene.Find(absl::StrCat("promise 1: ", NameOf(family), ": ",
                                     page.status().ToString()));
    }
    for (const engine::CaseHistory& one : page->events) {
      const absl::Status added = history.Add(one.event);
      if (!added.ok()) {
        return scene.Find(absl::StrCat("promise 2 or 6: ", NameOf(family), ": ",
                                       added.ToString()));
      }
      const event::v1::EventHeader& header = one.event.header();
      versions[header.version()] = header.request_id();
    }
    more = page->more && !page->events.empty();
  }
  const std::string owed = history.Owed(hub.clock().Now() - kRaisedWithin);
  if (!owed.empty()) {
    scene.Find(absl::StrCat("promise 6: ", NameOf(family), " owes ", owed));
  }
  CheckRequests(scene, *family.uid, Target::kCase, versions);
}

void CheckPerformed(const Scene& scene, const casework::Referral& referral) {
  const auto reading = ReadPerformed(scene, referral);
  if (!reading.has_value()) return;
  Versions versions;
  std::map<std::string, int> times;
  for (const engine::PerformedEvent& one : reading->history) {
    const event::v1::EventHeader& header = one.event.header();
    versions[header.version()] = header.request_id();
    if (header.request_id().empty()) continue;
    if (++times[header.request_id()] == 2) {
      scene.Find(absl::StrCat("promise 2: ", header.request_id(), " at ",
                              referral.hub, " has two effects"));
    }
  }
  CheckRequests(scene, referral.uid, Target::kPerformed, versions);
}

}  // namespace

void CheckHistories(const Scene& scene) {
  for (const Family& family : scene.ledger.families) {
    if (!family.uid.has_value()) continue;
    CheckCase(scene, family);
    const auto state = ReadCase(scene, family);
    if (state == nullptr) continue;
    for (const casework::Referral& one : state->referrals) {
      if (!one.hub.empty()) CheckPerformed(scene, one);
    }
  }
}

}  // namespace careroute::tests
