// lib/store/memory/internal/streams.h: events, snapshots and request records.
//
// Not thread-safe: MemoryStore holds its mutex around every call.

#ifndef CAREROUTE_LIB_STORE_MEMORY_INTERNAL_STREAMS_H_
#define CAREROUTE_LIB_STORE_MEMORY_INTERNAL_STREAMS_H_

#include <map>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "lib/store/event_store.h"

namespace careroute::store::internal {

class Streams {
 public:
  [[nodiscard]] StreamHead Head(const StreamId& stream) const;
  [[nodiscard]] std::optional<RequestRecord> FindRequest(
      const FindRequestRequest& request) const;
  [[nodiscard]] EventPage Read(const ReadEventsRequest& request) const;
  [[nodiscard]] LoadResult Load(const LoadRequest& request) const;
  [[nodiscard]] StreamPage List(const ListStreamsRequest& request) const;

  // Version and chain; changes nothing.
  [[nodiscard]] absl::Status CheckAppend(const AppendRequest& request) const;
  // After CheckAppend; cannot fail.
  void Append(const AppendRequest& request);

  int64_t PurgeAnswers(const PurgeRequest& request);

 private:
  struct Stream {
    std::vector<StoredEvent> events;  // version = place + 1
    std::optional<Snapshot> snapshot;
    std::map<RequestKey, RequestRecord> requests;
  };

  std::map<StreamId, Stream> streams_;
};

}  // namespace careroute::store::internal

#endif  // CAREROUTE_LIB_STORE_MEMORY_INTERNAL_STREAMS_H_
