// lib/casework/internal/times.h: instants between protos and Abseil.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_TIMES_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_TIMES_H_

#include <cstdint>
#include <optional>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace careroute::casework::internal {

// Total: whatever the bytes say is some instant, at the ends of time if need
// be.
inline absl::Time FromProto(const google::protobuf::Timestamp& proto) {
  return absl::FromUnixSeconds(proto.seconds()) +
         absl::Nanoseconds(proto.nanos());
}

inline void ToProto(absl::Time time, google::protobuf::Timestamp* proto) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  proto->set_seconds(seconds);
  proto->set_nanos(static_cast<int32_t>(
      absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
}

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_TIMES_H_
