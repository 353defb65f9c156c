// lib/store/errors.h: the words in which every backend says no.
//
// For backends only: the contract fixes codes, and one place fixes their
// texts, so that an operator reads the same sentence whatever lies below. No
// text repeats a stored value.
//
//   if (waiting >= queue_max) return QueueFull();

#ifndef CAREROUTE_LIB_STORE_ERRORS_H_
#define CAREROUTE_LIB_STORE_ERRORS_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "lib/store/store.h"

namespace careroute::store {

// DATA_LOSS: an event's hash does not follow from the head and its bytes.
[[nodiscard]] absl::Status BrokenChain();

// FAILED_PRECONDITION: a claim to confirm is another's, or lapsed.
[[nodiscard]] absl::Status ClaimNotHeld();

// FAILED_PRECONDITION: the owner was erased; no key is taken for it again.
[[nodiscard]] absl::Status KeyDestroyed();

// ALREADY_EXISTS: a second key would make the sealed parts unreadable.
[[nodiscard]] absl::Status KeyExists();

// NOT_FOUND: nothing to replace.
[[nodiscard]] absl::Status KeyMissing();

// ABORTED: somebody else rewrapped the key in between.
[[nodiscard]] absl::Status KeyChanged();

// ALREADY_EXISTS: the stream's outbox has a row of this number.
[[nodiscard]] absl::Status OutboxSequenceTaken();

// NOT_FOUND: the outbox row was settled.
[[nodiscard]] absl::Status OutboxRowMissing();

// DATA_LOSS: a blob no longer hashes to its name.
[[nodiscard]] absl::Status BlobDamaged();

// OUT_OF_RANGE: tombstones after the position are gone, or the store was
// restored to a time before it; a watcher could miss something.
[[nodiscard]] absl::Status PositionOutOfRange();

// FAILED_PRECONDITION: a write to a store opened for reading only.
[[nodiscard]] absl::Status OpenedReadOnly();

// UNAVAILABLE: the answer to a commit was lost, and why.
[[nodiscard]] absl::Status OutcomeUnknown(absl::string_view cause);

// DATA_LOSS: a row of a stream that no kind names.
[[nodiscard]] absl::Status UnknownStream();

// DATA_LOSS: the row that says what the store is is missing or damaged.
[[nodiscard]] absl::Status NoStoreFacts();

// OK when the store's clock is of the kind it is to be opened with;
// FAILED_PRECONDITION otherwise.
[[nodiscard]] absl::Status CheckClockKind(ClockKind stored, ClockKind wanted);

struct SchemaVersions {
  int64_t stored = 0;
  int64_t release = 0;
};
// FAILED_PRECONDITION: made by a newer release.
[[nodiscard]] absl::Status SchemaIsNewer(const SchemaVersions& versions);
// FAILED_PRECONDITION: made by an older one; `mend` says how to bring it on.
[[nodiscard]] absl::Status SchemaIsOlder(const SchemaVersions& versions,
                                         absl::string_view mend);

// RESOURCE_EXHAUSTED: more calls wait than the queue may hold.
[[nodiscard]] absl::Status QueueFull();

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_ERRORS_H_
