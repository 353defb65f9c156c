// lib/engine/lanes.h: who the lanes of the outbox belong to, and when what
// waits in one needs somebody's eye.
//
//   row.lane = LaneOf("east");         // an envelope to that hub
//   if (IsStuck(row)) ...;

#ifndef CAREROUTE_LIB_ENGINE_LANES_H_
#define CAREROUTE_LIB_ENGINE_LANES_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "lib/store/outbox_store.h"

namespace careroute::engine {

// Of messages within this hub, which the OutboxPump carries.
inline constexpr absl::string_view kOwnLane = "";

// "hub/ID": of envelopes to that hub, which its sender carries.
[[nodiscard]] std::string LaneOf(absl::string_view hub);

// The hub of a lane; none for kOwnLane and for what is no lane.
[[nodiscard]] std::optional<std::string> HubOf(absl::string_view lane);

// From this attempt on a message within the hub is stuck: two minutes are over
// for a cause that passes, seven and a half for one that does not.
inline constexpr int32_t kStuckAttempts = 5;

// The same of an envelope: tried again after twice as long each time, from a
// second on, it has waited for some ten minutes.
inline constexpr int32_t kStuckSends = 10;

// Whether the row was tried often enough for somebody to look at it, or is not
// tried any more before somebody asks for it.
[[nodiscard]] bool IsStuck(const store::OutboxRow& row);

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_LANES_H_
