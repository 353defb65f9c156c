// lib/engine/person_traits.h: a person's stream, as StreamEngine sees it.

#ifndef CAREROUTE_LIB_ENGINE_PERSON_TRAITS_H_
#define CAREROUTE_LIB_ENGINE_PERSON_TRAITS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "lib/registry/person.h"
#include "lib/store/stream_id.h"

namespace careroute::engine {

struct PersonTraits {
  using State = registry::PersonRecord;
  static constexpr store::StreamKind kKind = store::StreamKind::kPerson;
  static constexpr int32_t kFoldVersion = 1;
  // A person's record changes a few times a year: it is read whole.
  static constexpr int64_t kSnapshotEvery = INT64_MAX;
  static constexpr absl::string_view kName = "persons";

  // DATA_LOSS for bytes that are no event.
  static absl::Status Fold(const std::string& stored, State& state);
  // Never called: there are no snapshots.
  static absl::Status Restore(const std::string& snapshot, State& state);
  static std::string Snapshot(const State& state);
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_PERSON_TRAITS_H_
