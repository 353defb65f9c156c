// lib/casework/snapshot.h: the state of a case as bytes, to start folding from.
//
//   event::v1::CaseSnapshot snapshot = ToSnapshot(state);
//   ...
//   std::optional<Case> state = FromSnapshot(snapshot);
//   if (!state.has_value()) state = FoldAll(stream);  // made by another fold
//
// A snapshot is a cache: what it says can always be folded again. It carries
// kFoldVersion and is dropped when that differs, so a mended fold never mixes
// with what an older one left.

#ifndef CAREROUTE_LIB_CASEWORK_SNAPSHOT_H_
#define CAREROUTE_LIB_CASEWORK_SNAPSHOT_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "careroute/event/v1/case_snapshot.pb.h"
#include "lib/casework/case.h"

namespace careroute::casework {

// Raised with every change of Case or Fold that makes another state of the
// same events.
inline constexpr int32_t kFoldVersion = 5;

// A larger one is a defect: something is kept that should have shrunk. 64 KiB
// for the case, and half as much again for who ended each step before, which
// separation of duties asks for over all the years.
inline constexpr size_t kSnapshotBytesMax = size_t{96} << 10;

[[nodiscard]] event::v1::CaseSnapshot ToSnapshot(const Case& state);

// Nullopt when another version of fold made it, or it is damaged. Total: any
// other message gives a state that can be folded further.
[[nodiscard]] std::optional<Case> FromSnapshot(
    const event::v1::CaseSnapshot& snapshot);

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_SNAPSHOT_H_
