// lib/engine/case_traits.h: a case's stream, as StreamEngine sees it.

#ifndef CAREROUTE_LIB_ENGINE_CASE_TRAITS_H_
#define CAREROUTE_LIB_ENGINE_CASE_TRAITS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "lib/casework/case.h"
#include "lib/casework/snapshot.h"
#include "lib/store/stream_id.h"

namespace careroute::engine {

struct CaseTraits {
  using State = casework::Case;
  static constexpr store::StreamKind kKind = store::StreamKind::kCase;
  static constexpr int32_t kFoldVersion = casework::kFoldVersion;
  // Loading folds at most this many events: half a millisecond.
  static constexpr int64_t kSnapshotEvery = 100;
  static constexpr absl::string_view kName = "cases";

  // DATA_LOSS for bytes that are no event.
  static absl::Status Fold(const std::string& stored, State& state);
  // DATA_LOSS for bytes that are no snapshot of this fold.
  static absl::Status Restore(const std::string& snapshot, State& state);
  static std::string Snapshot(const State& state);
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_CASE_TRAITS_H_
