// lib/engine/internal/witnessed_kinds.h: the kinds of streams that checkpoints
// speak of: all but the checkpoints themselves.
//
//   for (std::optional<StreamKind> kind = kFirstWitnessed; kind.has_value();
//        kind = NextWitnessed(*kind)) { ... }

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_WITNESSED_KINDS_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_WITNESSED_KINDS_H_

#include <optional>

#include "lib/store/stream_id.h"

namespace careroute::engine::internal {

inline constexpr store::StreamKind kFirstWitnessed = store::StreamKind::kCase;

// None after the last one.
[[nodiscard]] inline std::optional<store::StreamKind> NextWitnessed(
    store::StreamKind kind) {
  int next = static_cast<int>(kind) + 1;
  if (next == static_cast<int>(store::StreamKind::kCheckpoint)) ++next;
  if (next > static_cast<int>(store::kStreamKindLast)) return std::nullopt;
  return static_cast<store::StreamKind>(next);
}

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_WITNESSED_KINDS_H_
