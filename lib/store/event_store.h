// lib/store/event_store.h: streams of events, appended and read.
//
// The heart of the store's contract. It knows bytes, never messages: the
// engine serialises, seals and hashes; the store keeps, orders and links.
// Everything is asynchronous: each call completes its callback exactly once,
// never inside the call itself, on the executor the backend was given.
//
//   store.ReadForLoad({.stream = stream, .fold_version = kFold}, ...);
//   ... fold, decide ...
//   store.Append(std::move(request), [](absl::StatusOr<AppendResult> r) {
//     if (const auto version = ConflictingVersion(r.status())) { /* reload */ }
//   });

#ifndef CAREROUTE_LIB_STORE_EVENT_STORE_H_
#define CAREROUTE_LIB_STORE_EVENT_STORE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "lib/base/callback.h"
#include "lib/base/uid.h"
#include "lib/store/append.h"
#include "lib/store/index_store.h"
#include "lib/store/stream_id.h"

namespace careroute::store {

// Writes that may wait at once in one process. At the measured 20,000 grouped
// appends a second that is a wait of 50 ms; more would only hide an overload.
inline constexpr size_t kAppendQueueMax = 1024;
// The same bound for large writes: what waits must fit in memory.
inline constexpr size_t kAppendQueueBytesMax = 64 << 20;
// Reads are shorter and a page of a list asks for many.
inline constexpr size_t kReadQueueMax = 4096;

// Streams read by one call: all that is read of them is in memory at once, and
// what else waits for a connection waits for all of them.
inline constexpr size_t kStreamsPerReadMax = 16;

struct StoredEvent {
  int64_t version = 0;  // 1 for the first of the stream, without gaps
  std::string bytes;
  std::string chain_hash;

  friend bool operator==(const StoredEvent&, const StoredEvent&) = default;
};

// A stream nothing was written to has version 0 and the hash ChainStart().
struct StreamHead {
  StreamId stream;
  int64_t version = 0;
  std::string hash;

  friend bool operator==(const StreamHead&, const StreamHead&) = default;
};

struct Snapshot {
  int64_t version = 0;  // the last event folded into it
  std::string head_hash;
  int32_t fold_version = 0;
  std::string bytes;

  friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

struct ReadEventsRequest {
  StreamId stream;
  int64_t after_version = 0;  // exclusive
  int32_t limit = 100;        // 1 to kPageRowsMax; kPageBytesMax cuts sooner
};

struct EventPage {
  std::vector<StoredEvent> events;
  bool more = false;

  friend bool operator==(const EventPage&, const EventPage&) = default;
};

struct LoadRequest {
  StreamId stream;
  // What the caller already holds in its cache; 0 = nothing. Above 0 no
  // snapshot is returned, only the events after it.
  int64_t known_version = 0;
  // A snapshot made by another fold is not returned.
  int32_t fold_version = 0;
  // Looks this request up in the same round trip.
  std::optional<RequestKey> request;
};

// One consistent view of the stream: fold `events` onto `snapshot` (or onto
// the known state). With `more`, go on with ReadEvents.
struct LoadResult {
  StreamHead head;
  std::optional<Snapshot> snapshot;
  std::vector<StoredEvent> events;
  bool more = false;
  std::optional<RequestRecord> request;

  friend bool operator==(const LoadResult&, const LoadResult&) = default;
};

struct FindRequestRequest {
  StreamId stream;
  RequestKey key;
};

struct ListStreamsRequest {
  StreamKind kind = StreamKind::kCase;
  std::optional<base::Uid> after;  // exclusive
  int32_t limit = 100;             // 1 to kPageRowsMax
};

struct StreamPage {
  std::vector<StreamHead> streams;  // ordered by id
  bool more = false;

  friend bool operator==(const StreamPage&, const StreamPage&) = default;
};

// What a listener hears of one append. On a store shared by several processes
// it may also tell of others' appends, several of them as one, or repeat one;
// `version` is then the newest known.
struct Commit {
  StreamHead head;
  // The lists with rows put or deleted, each once, ordered.
  std::vector<IndexList> changed_lists;
  // The lanes of the outbox in which it left rows, each once, ordered; none of
  // an append of another process, which has its own takers.
  std::vector<std::string> lanes;

  friend bool operator==(const Commit&, const Commit&) = default;
};

using CommitListener = absl::AnyInvocable<void(const Commit&) const>;

// Thread-safe. Reads see only what is durable, and see every append that was
// answered before they were asked.
//
// Failures of every call: INVALID_ARGUMENT for a field out of its bounds
// (nothing was done), RESOURCE_EXHAUSTED when a queue or the disk is full
// (nothing was done; trying later may succeed, reads go on), UNAVAILABLE when
// the backend cannot be reached or, of a write, when its outcome is unknown,
// DATA_LOSS when stored data is damaged. A write that failed otherwise left
// nothing behind.
class EventStore {
 public:
  virtual ~EventStore() = default;

  // Durable before it is answered. In this order:
  //   - a request id already present is answered with `duplicate`;
  //   - another version than expected is ABORTED (ConflictingVersion);
  //   - events that do not link to the head's hash are DATA_LOSS;
  //   - a claim to confirm that another stream holds or nobody holds, or a
  //     key for a stream whose key was destroyed, is FAILED_PRECONDITION;
  //   - a second key for one stream, or an outbox sequence still waiting, is
  //     ALREADY_EXISTS.
  // After UNAVAILABLE ask FindRequest before deciding again.
  virtual void Append(AppendRequest request, base::Done<AppendResult> done) = 0;

  virtual void ReadEvents(ReadEventsRequest request,
                          base::Done<EventPage> done) = 0;

  // A page of each, in the order of the requests, 1 to kStreamsPerReadMax of
  // them: what as many calls of ReadEvents would give, at the cost of one.
  virtual void ReadManyEvents(std::vector<ReadEventsRequest> requests,
                              base::Done<std::vector<EventPage>> done) = 0;

  virtual void ReadHead(StreamId stream, base::Done<StreamHead> done) = 0;

  // The newest snapshot and the events after it: a state in one round trip.
  virtual void ReadForLoad(LoadRequest request,
                           base::Done<LoadResult> done) = 0;

  // The same of several streams, in the order of the requests, 1 to
  // kStreamsPerReadMax of them. A backend may read each at its own moment.
  virtual void ReadManyForLoad(std::vector<LoadRequest> requests,
                               base::Done<std::vector<LoadResult>> done) = 0;

  // What became of a request: none when nothing did.
  virtual void FindRequest(FindRequestRequest request,
                           base::Done<std::optional<RequestRecord>> done) = 0;

  // Drops the answers recorded before the given time, at most `limit`, and
  // says how many. The records stay.
  virtual void PurgeAnswers(PurgeRequest request, base::Done<int64_t> done) = 0;

  // Every stream of one kind that has events.
  virtual void ListStreams(ListStreamsRequest request,
                           base::Done<StreamPage> done) = 0;

  // Called after each commit and before its append is answered, in the order
  // of commits, on the backend's executor. It must not block; it may call the
  // store. One listener; set it before the first append.
  virtual void SetCommitListener(CommitListener listener) = 0;
};

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_EVENT_STORE_H_
