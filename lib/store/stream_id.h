// lib/store/stream_id.h: the name of one stream of events.
//
// A stream is the unit of everything the store promises: one append touches
// exactly one stream, one version numbers it, one chain of hashes seals it.
// On a distributed database the 17 bytes are the distribution column, so that
// all of a stream lies on one machine.
//
//   const StreamId stream{.kind = StreamKind::kCase, .id = case_uid};

#ifndef CAREROUTE_LIB_STORE_STREAM_ID_H_
#define CAREROUTE_LIB_STORE_STREAM_ID_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lib/base/uid.h"

namespace careroute::store {

// The numbers are stored: add at the end, never change one.
enum class StreamKind : uint8_t {
  kCase = 1,
  kPerson = 2,
  kOrganisation = 3,
  // A referral whose case lives on another hub: the performer's half and a
  // mirror of the requester's.
  kReferral = 4,
  // What concerns the whole hub: published editions, settings.
  kHub = 5,
  // Who read what; the id is the process that served the reads.
  kAccessLog = 6,
  // Signed checkpoints; the id is the process that signed them.
  kCheckpoint = 7,
  // What passed between this hub and another one; the id is made of its name.
  kPeer = 8,
};

inline constexpr StreamKind kStreamKindLast = StreamKind::kPeer;

// Ordered by kind, then by id.
struct StreamId {
  StreamKind kind = StreamKind::kCase;
  base::Uid id;

  friend auto operator<=>(const StreamId&, const StreamId&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const StreamId& stream) {
    return H::combine(std::move(h), stream.kind, stream.id);
  }

  // The kind's byte, then the 16 bytes of the id: the stored form. Compares
  // as the struct does.
  [[nodiscard]] std::string Bytes() const;
};

inline constexpr size_t kStreamIdSize = 17;

// The reverse of Bytes. INVALID_ARGUMENT for another size or an unknown kind.
[[nodiscard]] absl::StatusOr<StreamId> StreamIdFromBytes(
    absl::string_view bytes);

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_STREAM_ID_H_
