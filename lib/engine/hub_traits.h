// lib/engine/hub_traits.h: the hub's own stream, as StreamEngine sees it.
//
// One stream of one id holds what concerns the whole hub: which editions were
// published, and when.

#ifndef CAREROUTE_LIB_ENGINE_HUB_TRAITS_H_
#define CAREROUTE_LIB_ENGINE_HUB_TRAITS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "careroute/model/v1/edition.pb.h"
#include "lib/base/uid.h"
#include "lib/store/stream_id.h"

namespace careroute::engine {

struct HubState {
  // In order of publishing.
  std::vector<model::v1::PublishedEdition> editions;
};

struct HubTraits {
  using State = HubState;
  static constexpr store::StreamKind kKind = store::StreamKind::kHub;
  static constexpr int32_t kFoldVersion = 1;
  // A region publishes a few editions a year: the stream is read whole.
  static constexpr int64_t kSnapshotEvery = INT64_MAX;
  static constexpr absl::string_view kName = "hub";

  // DATA_LOSS for bytes that are no event.
  static absl::Status Fold(const std::string& stored, State& state);
  // Never called: there are no snapshots.
  static absl::Status Restore(const std::string& snapshot, State& state);
  static std::string Snapshot(const State& state);
};

// The id of the one hub stream.
inline constexpr base::Uid kHubStream{.high = 0, .low = 1};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_HUB_TRAITS_H_
