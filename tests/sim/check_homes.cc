#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/sim/checker.h"

namespace careroute::tests {
namespace {

// Null where nothing of the case is kept, or the hub does not answer now.
std::shared_ptr<const casework::Case> CopyAt(const Scene& scene,
                                             const std::string& id,
                                             const Family& family) {
  testing::SimulatedHub& hub = scene.world.hub(id);
  if (!hub.serves()) return nullptr;
  const auto loaded = scene.world.Await<engine::Loaded<casework::Case>>(
      [&](base::Done<engine::Loaded<casework::Case>> done) {
        hub.engine().cases().Load(*family.uid, std::move(done));
      });
  return loaded.ok() && loaded->version > 0 ? loaded->state : nullptr;
}

// One that was put back writes to none before it knows which of them moved.
bool WritesAt(const Scene& scene, const std::string& id, const Family& family) {
  const auto copy = CopyAt(scene, id, family);
  return copy != nullptr && copy->home.IsAt(id) &&
         scene.world.hub(id).engine().case_fence().Check().ok() &&
         !copy->home.frozen.has_value();
}

std::vector<std::string> WritersOf(const Scene& scene, const Family& family) {
  std::vector<std::string> writers;
  for (const std::string& id : scene.world.hub_ids()) {
    if (WritesAt(scene, id, family)) writers.push_back(id);
  }
  return writers;
}

// The hashes of its chain there, from the first event on.
std::vector<std::string> ChainAt(const Scene& scene, const std::string& id,
                                 const Family& family) {
  std::vector<std::string> chain;
  bool more = true;
  while (more) {
    const auto page = scene.world.Await<store::EventPage>(
        [&](base::Done<store::EventPage> done) {
          scene.world.hub(id).disk().durable().ReadEvents(
              {.stream = {.kind = store::StreamKind::kCase, .id = *family.uid},
               .after_version = static_cast<int64_t>(chain.size())},
              std::move(done));
        });
    if (!page.ok()) {
      scene.Find(page.status().ToString());
      break;
    }
    for (const store::StoredEvent& one : page->events) {
      chain.push_back(one.chain_hash);
    }
    more = page->more && !page->events.empty();
  }
  return chain;
}

// What another hub keeps of it is the beginning of what its home has.
void CheckChains(const Scene& scene, const Family& family) {
  const std::vector<std::string> home = ChainAt(scene, family.hub, family);
  for (const std::string& id : scene.world.hub_ids()) {
    const std::vector<std::string> copy = ChainAt(scene, id, family);
    if (copy.size() <= home.size() &&
        std::equal(copy.begin(), copy.end(), home.begin())) {
      continue;
    }
    scene.Find(absl::StrCat("one home: ", NameOf(family),
                            " has gone another way at ", id));
  }
}

}  // namespace

// A hub that wrote when it was asked and still does when another one has said
// that it writes: the case cannot have come back in between.
void LookAtHomes(const Scene& scene) {
  for (const Family& family : scene.ledger.families) {
    if (!family.uid.has_value() || family.offers == 0) continue;
    std::string first;
    for (const std::string& id : scene.world.hub_ids()) {
      if (!WritesAt(scene, id, family)) continue;
      if (!first.empty() && WritesAt(scene, first, family)) {
        scene.Find(absl::StrCat("one home: ", NameOf(family),
                                " is written to by ", first, " and ", id));
      }
      first = id;
    }
  }
}

void CheckHomes(const Scene& scene) {
  for (Family& family : scene.ledger.families) {
    if (!family.uid.has_value()) continue;
    const std::vector<std::string> writers = WritersOf(scene, family);
    if (writers.size() != 1) {
      scene.Find(absl::StrCat("one home: ", NameOf(family), " has ",
                              writers.size(),
                              " writers: ", absl::StrJoin(writers, ", ")));
      continue;
    }
    if (family.hub != writers.front()) {
      family.hub = writers.front();
      ++scene.ledger.moves;
    }
    if (family.offers > 0) CheckChains(scene, family);
  }
}

}  // namespace careroute::tests
