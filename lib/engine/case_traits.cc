#include "lib/engine/case_traits.h"

#include <optional>
#include <utility>

#include "careroute/event/v1/case_event.pb.h"
#include "google/protobuf/arena.h"
#include "lib/casework/fold.h"

namespace careroute::engine {

absl::Status CaseTraits::Fold(const std::string& stored, State& state) {
  google::protobuf::Arena arena;
  auto* event =
      google::protobuf::Arena::CreateMessage<event::v1::CaseEvent>(&arena);
  if (!event->ParseFromString(stored)) {
    return absl::DataLossError("an event of a case is damaged");
  }
  casework::Fold(*event, state);
  return absl::OkStatus();
}

absl::Status CaseTraits::Restore(const std::string& snapshot, State& state) {
  event::v1::CaseSnapshot proto;
  if (!proto.ParseFromString(snapshot)) {
    return absl::DataLossError("a snapshot of a case is damaged");
  }
  std::optional<casework::Case> restored = casework::FromSnapshot(proto);
  if (!restored.has_value()) {
    return absl::DataLossError("a snapshot was made by another fold");
  }
  state = *std::move(restored);
  return absl::OkStatus();
}

std::string CaseTraits::Snapshot(const State& state) {
  return casework::ToSnapshot(state).SerializeAsString();
}

}  // namespace careroute::engine
