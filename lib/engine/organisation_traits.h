// lib/engine/organisation_traits.h: an organisation's stream, as StreamEngine
// sees it.

#ifndef CAREROUTE_LIB_ENGINE_ORGANISATION_TRAITS_H_
#define CAREROUTE_LIB_ENGINE_ORGANISATION_TRAITS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "careroute/event/v1/header.pb.h"
#include "careroute/model/v1/directory.pb.h"
#include "lib/store/stream_id.h"

namespace careroute::engine {

// The newest description. Names of members are sealed: they stand in
// `sealed_names` under the organisation's own key.
struct OrganisationState {
  model::v1::Organisation organisation;
  event::v1::EventHeader sealed_names;  // header of the event that holds them
};

struct OrganisationTraits {
  using State = OrganisationState;
  static constexpr store::StreamKind kKind = store::StreamKind::kOrganisation;
  static constexpr int32_t kFoldVersion = 1;
  // Capacity is reported daily; a year is read at once.
  static constexpr int64_t kSnapshotEvery = INT64_MAX;
  static constexpr absl::string_view kName = "organisations";

  // DATA_LOSS for bytes that are no event.
  static absl::Status Fold(const std::string& stored, State& state);
  // Never called: there are no snapshots.
  static absl::Status Restore(const std::string& snapshot, State& state);
  static std::string Snapshot(const State& state);
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_ORGANISATION_TRAITS_H_
