// lib/engine/internal/handed_chain.h: events of a case that another hub hands
// over, held against the copy that is kept here.

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_HANDED_CHAIN_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_HANDED_CHAIN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "lib/casework/case.h"
#include "lib/engine/handed_event.h"
#include "lib/engine/stream_engine.h"

namespace careroute::engine::internal {

// Those that follow the head, as they are stored, if they go on from it; the
// first one is of that version.
[[nodiscard]] std::optional<std::vector<std::string>> After(
    const Loaded<casework::Case>& before, int64_t first_version,
    const std::vector<HandedEvent>& events);

// The case after them; none when they are no events of it.
[[nodiscard]] std::optional<casework::Case> FoldedOn(
    const Loaded<casework::Case>& before,
    const std::vector<std::string>& events);

// Whether the hub of that id wrote to the case before others did.
[[nodiscard]] bool WasHome(const casework::Case& state, absl::string_view hub);

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_HANDED_CHAIN_H_
