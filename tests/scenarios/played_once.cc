#include "tests/scenarios/played_once.h"

#include "absl/status/statusor.h"
#include "tests/scenarios/files.h"
#include "tests/scenarios/in_process_transport.h"
#include "tests/scenarios/player.h"
#include "tests/scenarios/shipped.h"

namespace careroute::scenarios {
namespace {

PlayedFile PlayFile(const std::string& name) {
  PlayedFile file;
  const absl::StatusOr<std::vector<Playable>> all = PlayablesOf(name);
  if (!all.ok()) {
    file.problems.push_back(all.status().ToString());
    return file;
  }
  for (const Playable& one : *all) {
    const Played played = Play(one, StartInProcess);
    file.problems.insert(file.problems.end(), played.problems.begin(),
                         played.problems.end());
    if (played.pathway.empty()) continue;
    AddWalked(ShippedPathwayOf(played.pathway).pathway, played,
              file.walked[played.pathway]);
  }
  return file;
}

}  // namespace

const PlayedFile& PlayOnce(const std::string& name) {
  static auto* const files = new std::map<std::string, PlayedFile>;
  const auto it = files->find(name);
  return it != files->end()
             ? it->second
             : files->emplace(name, PlayFile(name)).first->second;
}

}  // namespace careroute::scenarios
