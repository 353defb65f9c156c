#include "lib/store/stored_value.h"

#include <limits>

#include "lib/base/uid.h"
#include "lib/store/errors.h"

namespace careroute::store {
namespace {

constexpr int64_t kFuture = std::numeric_limits<int64_t>::max();
constexpr int64_t kPast = std::numeric_limits<int64_t>::min();

bool IsKnown(int64_t clock) {
  return clock == static_cast<int64_t>(ClockKind::kReal) ||
         clock == static_cast<int64_t>(ClockKind::kVirtual);
}

}  // namespace

absl::Time StoredTime(int64_t micros) {
  if (micros == kFuture) return absl::InfiniteFuture();
  return micros == kPast ? absl::InfinitePast() : absl::FromUnixMicros(micros);
}

absl::StatusOr<StreamId> StoredStream(absl::string_view bytes) {
  absl::StatusOr<StreamId> stream = StreamIdFromBytes(bytes);
  if (!stream.ok()) return UnknownStream();
  return stream;
}

absl::StatusOr<StoreInfo> StoreInfoOf(const StoredFacts& facts) {
  const absl::StatusOr<base::Uid> uid = base::UidFromBytes(facts.uid);
  if (!uid.ok() || !IsKnown(facts.clock)) return NoStoreFacts();
  return StoreInfo{.uid = *uid,
                   .clock = static_cast<ClockKind>(facts.clock),
                   .epoch = facts.epoch,
                   .created = facts.created};
}

}  // namespace careroute::store
