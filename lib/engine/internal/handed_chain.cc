#include "lib/engine/internal/handed_chain.h"

#include <algorithm>
#include <utility>

#include "careroute/event/v1/case_event.pb.h"
#include "lib/casework/fold.h"
#include "lib/store/chain.h"

namespace careroute::engine::internal {

using casework::Case;

std::optional<std::vector<std::string>> After(
    const Loaded<Case>& before, int64_t first_version,
    const std::vector<HandedEvent>& events) {
  std::vector<std::string> stored;
  std::string head =
      before.version == 0 ? store::ChainStart() : before.head_hash;
  int64_t version = first_version;
  for (const HandedEvent& event : events) {
    if (version++ <= before.version) continue;
    head = store::ChainHash({.previous = head, .stored = event.stored});
    if (head != event.chain_hash) return std::nullopt;
    stored.push_back(event.stored);
  }
  return stored;
}

std::optional<Case> FoldedOn(const Loaded<Case>& before,
                             const std::vector<std::string>& events) {
  Case after = *before.state;
  int64_t version = before.version;
  for (const std::string& stored : events) {
    event::v1::CaseEvent event;
    if (!event.ParseFromString(stored) ||
        event.header().version() != ++version) {
      return std::nullopt;
    }
    casework::Fold(event, after);
  }
  return after;
}

bool WasHome(const Case& state, absl::string_view hub) {
  return std::binary_search(state.home.past.begin(), state.home.past.end(),
                            hub);
}

}  // namespace careroute::engine::internal
