#include <algorithm>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "lib/casework/fold.h"
#include "lib/engine/fsck.h"
#include "lib/engine/lanes.h"
#include "lib/exchange/peer_state.h"
#include "tests/sim/checker.h"

namespace careroute::tests {
namespace {

// A hub that was put back does not know the case any more, so that what is told
// of it arrives nowhere; fsck says so until somebody has seen to it.
bool IsOfALostCase(const Scene& scene, const engine::Finding& finding) {
  if (finding.kind != "UNDELIVERED" ||
      !absl::StrContains(finding.message, "not_yours")) {
    return false;
  }
  return std::any_of(scene.ledger.restored.begin(), scene.ledger.restored.end(),
                     [&](const std::string& hub) {
                       return absl::StrContains(finding.message,
                                                engine::LaneOf(hub) + " ");
                     });
}

void CheckHub(const Scene& scene, const std::string& id) {
  testing::SimulatedHub& hub = scene.world.hub(id);
  // Verifies every chain too.
  engine::Fsck fsck({.store = hub.disk().durable(),
                     .executor = scene.world.executor(),
                     .clock = hub.clock(),
                     .signer = hub.signer(),
                     .hub_id = id});
  const auto report = scene.world.Await<engine::FsckReport>(
      [&](base::Done<engine::FsckReport> done) { fsck.Run(std::move(done)); });
  if (!report.ok()) {
    return scene.Find(absl::StrCat("promise 7: fsck of ", id, ": ",
                                   report.status().ToString()));
  }
  for (const engine::Finding& one : report->findings) {
    if (IsOfALostCase(scene, one)) continue;
    scene.Find(absl::StrCat("promise 7: at ", id, " ", one.name, " ", one.kind,
                            ": ", one.message));
  }
}

void CheckPeers(const Scene& scene, const std::string& id) {
  for (const std::string& other : scene.world.hub_ids()) {
    if (other == id) continue;
    const auto peer = scene.world.Await<exchange::PeerReading>(
        [&](base::Done<exchange::PeerReading> done) {
          scene.world.hub(id).exchange().streams().Read(other, std::move(done));
        });
    if (!peer.ok()) {
      scene.Find(absl::StrCat("promise 7: ", id, " on ", other, ": ",
                              peer.status().ToString()));
    } else if (peer->state->fault != exchange::CheckpointFault::kNone) {
      scene.Find(absl::StrCat("promise 7: ", id, " says of ", other, ": ",
                              exchange::WordsOf(peer->state->fault)));
    }
  }
}

}  // namespace

void CheckRecords(const Scene& scene) {
  for (const std::string& id : scene.world.hub_ids()) {
    CheckHub(scene, id);
    CheckPeers(scene, id);
  }
}

void CheckReplay(const Scene& scene) {
  for (const Family& family : scene.ledger.families) {
    if (!family.uid.has_value()) continue;
    const auto state = ReadCase(scene, family);
    if (state == nullptr) continue;
    casework::Case folded;
    bool more = true;
    while (more) {
      const auto page = scene.world.Await<store::EventPage>(
          [&](base::Done<store::EventPage> done) {
            scene.world.hub(family.hub)
                .disk()
                .durable()
                .ReadEvents({.stream = {.kind = store::StreamKind::kCase,
                                        .id = *family.uid},
                             .after_version = folded.version},
                            std::move(done));
          });
      if (!page.ok()) return scene.Find(page.status().ToString());
      for (const store::StoredEvent& one : page->events) {
        event::v1::CaseEvent event;
        if (!event.ParseFromString(one.bytes)) {
          return scene.Find(absl::StrCat("promise 8: ", NameOf(family),
                                         " holds bytes that are no event"));
        }
        casework::Fold(event, folded);
      }
      more = page->more && !page->events.empty();
    }
    if (!(folded == *state)) {
      scene.Find(absl::StrCat("promise 8: ", NameOf(family),
                              " is another when its events are folded anew"));
    }
  }
}

}  // namespace careroute::tests
