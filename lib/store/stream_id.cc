#include "lib/store/stream_id.h"

#include "absl/status/status.h"
#include "lib/base/status_macros.h"

namespace careroute::store {

std::string StreamId::Bytes() const {
  std::string bytes(1, static_cast<char>(kind));
  bytes += id.Bytes();
  return bytes;
}

absl::StatusOr<StreamId> StreamIdFromBytes(absl::string_view bytes) {
  if (bytes.size() != kStreamIdSize) {
    return absl::InvalidArgumentError("a stream id is 17 bytes");
  }
  const auto kind = static_cast<uint8_t>(bytes[0]);
  if (kind == 0 || kind > static_cast<uint8_t>(kStreamKindLast)) {
    return absl::InvalidArgumentError("unknown kind of stream");
  }
  CAREROUTE_ASSIGN_OR_RETURN(const base::Uid id,
                             base::UidFromBytes(bytes.substr(1)));
  return StreamId{.kind = static_cast<StreamKind>(kind), .id = id};
}

}  // namespace careroute::store
