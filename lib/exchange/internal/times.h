// lib/exchange/internal/times.h: absl::Time to and from the wire.

#ifndef CAREROUTE_LIB_EXCHANGE_INTERNAL_TIMES_H_
#define CAREROUTE_LIB_EXCHANGE_INTERNAL_TIMES_H_

#include <cstdint>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace careroute::exchange::internal {

// To the microsecond, rounded down: what every store can keep.
[[nodiscard]] inline google::protobuf::Timestamp ToProto(absl::Time time) {
  google::protobuf::Timestamp proto;
  const int64_t seconds = absl::ToUnixSeconds(time);
  const int64_t micros = absl::ToUnixMicros(time) - seconds * 1000000;
  proto.set_seconds(seconds);
  proto.set_nanos(static_cast<int32_t>(micros * 1000));
  return proto;
}

[[nodiscard]] inline absl::Time FromProto(
    const google::protobuf::Timestamp& proto) {
  return absl::FromUnixSeconds(proto.seconds()) +
         absl::Nanoseconds(proto.nanos());
}

}  // namespace careroute::exchange::internal

#endif  // CAREROUTE_LIB_EXCHANGE_INTERNAL_TIMES_H_
