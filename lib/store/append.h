// lib/store/append.h: one atomic write to one stream.
//
// Everything a command causes goes in together or not at all: its events, the
// rows of every list they change, what must be told to others, the answer to
// its request id, the claims and the key it settles.
//
//   AppendRequest request{.stream = stream, .expected_version = state.version,
//                         .recorded_time = now};
//   request.events.push_back({.bytes = bytes, .chain_hash = hash});
//   request.put_rows.push_back({.list = QueueOf(organisation), ...});
//   store.Append(std::move(request), std::move(done));
//
// An append without events is allowed: it writes the rest at the version it
// expects, which is how projections are rebuilt and snapshots are added.

#ifndef CAREROUTE_LIB_STORE_APPEND_H_
#define CAREROUTE_LIB_STORE_APPEND_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "lib/store/index_store.h"
#include "lib/store/key_store.h"
#include "lib/store/outbox_store.h"
#include "lib/store/stream_id.h"

namespace careroute::store {

// A command makes a handful; a received hand-over comes in several appends.
inline constexpr size_t kEventsPerAppendMax = 1000;
// Documents and free text are bounded far below at the door.
inline constexpr size_t kEventBytesMax = 1 << 20;
// Above 64 KiB a snapshot is a defect to be reported; the store still keeps
// it, because refusing would stop the case.
inline constexpr size_t kSnapshotBytesMax = 1 << 20;
inline constexpr size_t kAnswerBytesMax = 1 << 20;
// Rows put and deleted together: a case touches a few for each participant.
inline constexpr size_t kRowsPerAppendMax = 2000;
inline constexpr size_t kOutboxRowsPerAppendMax = 1000;
inline constexpr size_t kClaimsPerAppendMax = 100;
// All of one append together, so that a full queue has a bound in bytes.
inline constexpr size_t kAppendBytesMax = 8 << 20;
inline constexpr size_t kCallerKeyBytesMax = 64;
inline constexpr size_t kRequestIdBytesMax = 64;

struct NewEvent {
  std::string bytes;       // clear part and ciphertext together, as stored
  std::string chain_hash;  // ChainHash over the event before it and `bytes`

  friend bool operator==(const NewEvent&, const NewEvent&) = default;
};

// The state after this append; the store adds its version and head hash.
struct NewSnapshot {
  int32_t fold_version = 0;  // of the fold that made the state
  std::string bytes;

  friend bool operator==(const NewSnapshot&, const NewSnapshot&) = default;
};

// Whose request. The id alone is not enough: two callers may choose the same.
struct RequestKey {
  std::string caller_key;  // 1 to kCallerKeyBytesMax bytes
  std::string request_id;  // 1 to kRequestIdBytesMax bytes

  friend auto operator<=>(const RequestKey&, const RequestKey&) = default;
};

// What a request id led to. Kept for ever, but the answer is purged.
struct RequestRecord {
  RequestKey key;
  std::string body_hash;              // tells a repeat from another request
  std::optional<std::string> answer;  // none once purged
  absl::Time recorded_time;           // set by the store from the append
  // The version of the first event of this append (or of the head, when it
  // brought none); set by the store.
  int64_t first_version = 0;

  friend bool operator==(const RequestRecord&, const RequestRecord&) = default;
};

struct AppendRequest {
  StreamId stream;
  // The stream's version the caller decided on; 0 = the stream is new.
  int64_t expected_version = 0;
  // Of everything here that carries a time; the store has no clock. Times
  // are kept to the microsecond.
  absl::Time recorded_time;

  std::vector<NewEvent> events;
  std::optional<NewSnapshot> snapshot;  // replaces the stream's older one
  std::optional<RequestRecord> request;

  // A row is replaced when its stream, list and id match. A row must not be
  // both put and deleted, nor put twice.
  std::vector<IndexRow> put_rows;
  std::vector<IndexRowId> delete_rows;

  std::vector<OutboxRow> outbox;

  // Keys of claims (lib/store/claim_store.h) held by this stream.
  std::vector<std::string> confirm_claims;
  std::vector<std::string> release_claims;

  // The stream's first key, or its end; never both.
  std::optional<WrappedKey> put_key;
  bool destroy_key = false;
};

struct AppendResult {
  // The head after this append; of a duplicate, the head as it is now.
  int64_t version = 0;
  std::string head_hash;
  // Set: the request id was already there, and nothing was written. The
  // caller compares body_hash and answers what was answered before.
  std::optional<RequestRecord> duplicate;

  friend bool operator==(const AppendResult&, const AppendResult&) = default;
};

// ABORTED, carrying the stream's present version for the caller to reload.
[[nodiscard]] absl::Status VersionConflict(int64_t current_version);

// The version inside a status made by VersionConflict; none in any other.
[[nodiscard]] std::optional<int64_t> ConflictingVersion(
    const absl::Status& status);

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_APPEND_H_
