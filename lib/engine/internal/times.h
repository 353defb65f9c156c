// lib/engine/internal/times.h: absl::Time to and from the wire.

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_TIMES_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_TIMES_H_

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace careroute::engine::internal {

// Micro-second precision, rounded down: what every store can keep.
[[nodiscard]] inline google::protobuf::Timestamp ToProto(absl::Time time) {
  google::protobuf::Timestamp proto;
  const int64_t micros = absl::ToUnixMicros(time);
  int64_t seconds = micros / 1000000;
  int64_t rest = micros % 1000000;
  if (rest < 0) {
    rest += 1000000;
    --seconds;
  }
  proto.set_seconds(seconds);
  proto.set_nanos(static_cast<int32_t>(rest * 1000));
  return proto;
}

[[nodiscard]] inline absl::Time FromProto(
    const google::protobuf::Timestamp& proto) {
  return absl::FromUnixSeconds(proto.seconds()) +
         absl::Nanoseconds(proto.nanos());
}

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_TIMES_H_
