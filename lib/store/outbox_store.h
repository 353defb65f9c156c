// lib/store/outbox_store.h: what must still be told to somebody else.
//
// An append writes an outbox row beside the event that caused it, so a message
// is owed exactly when its event is durable. The row names the event, not
// bytes: what leaves is built and judged when it is sent. Delivery is at least
// once; receivers drop repeats.
//
// A row lies in a lane: that of this hub itself, or that of one other hub.
// Each lane has its own taker, so that a hub that is silent holds up nobody
// else, and nobody reads past what waits for it.
//
//   store.TakeDue({.lane = "hub/east", .now = now}, ...);
//   ... send ...
//   store.Settle({row.key}, ...);                  // receipt in hand
//   store.Reschedule({.key = row.key, .due = later, .problem = why}, ...);

#ifndef CAREROUTE_LIB_STORE_OUTBOX_STORE_H_
#define CAREROUTE_LIB_STORE_OUTBOX_STORE_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "lib/base/callback.h"
#include "lib/store/stream_id.h"

namespace careroute::store {

// A hub's or a stream's name.
inline constexpr size_t kDestinationBytesMax = 256;

// As many envelopes as one batch between hubs may carry.
inline constexpr int32_t kOutboxTakeMax = 256;

// A sentence or two, for whoever looks after the hub.
inline constexpr size_t kProblemBytesMax = 512;

// Due only once somebody asks for it (DueNow): the year 10000.
[[nodiscard]] inline absl::Time OnlyWhenAsked() {
  return absl::FromUnixSeconds(253402300800);
}

struct OutboxKey {
  StreamId stream;
  int64_t sequence = 0;  // unique within the stream; numbered by the writer

  friend auto operator<=>(const OutboxKey&, const OutboxKey&) = default;
};

struct OutboxRow {
  OutboxKey key;            // in an append the stream is set by the store
  std::string destination;  // opaque here
  // Who takes it; opaque here, at most kDestinationBytesMax. "" = this hub
  // itself, for a stream of its own.
  std::string lane;
  int64_t event_version = 0;  // which event of the stream is to be told
  absl::Time due;
  int32_t attempts = 0;  // how often it was taken; set by the store
  // Why it could not be delivered when it was last tried; set by Reschedule.
  std::string problem;

  friend bool operator==(const OutboxRow&, const OutboxRow&) = default;
};

struct TakeDueRequest {
  std::string lane;  // rows of exactly this one
  absl::Time now;
  // A taken row is due again after this, so that a process that dies with it
  // loses nothing; other processes leave it alone meanwhile. Above zero.
  absl::Duration lease = absl::Seconds(30);
  int32_t limit = kOutboxTakeMax;  // 1 to kOutboxTakeMax
};

struct RescheduleRequest {
  OutboxKey key;
  absl::Time due;
  // Kept in clear and shown: no data of a person. At most kProblemBytesMax.
  std::string problem;
};

struct ListOutboxRequest {
  // Rows of exactly this one, at the cost of those alone; none = of every lane.
  std::optional<std::string> lane;
  std::optional<OutboxKey> after;  // exclusive
  int32_t limit = 100;             // 1 to kPageRowsMax
};

struct OutboxPage {
  std::vector<OutboxRow> rows;  // ordered by key
  bool more = false;

  friend bool operator==(const OutboxPage&, const OutboxPage&) = default;
};

struct DueNowRequest {
  std::string lane;  // rows of exactly this one
  absl::Time now;
  std::optional<OutboxKey> after;  // exclusive
  int32_t limit = kOutboxTakeMax;  // rows looked at; 1 to kOutboxTakeMax
};

struct DueNowResult {
  int32_t rows = 0;  // that were due later, and are due now
  // The last one looked at, to go on after; none = the lane is through.
  std::optional<OutboxKey> last;

  friend bool operator==(const DueNowResult&, const DueNowResult&) = default;
};

// Thread-safe; writes are durable before they are answered. Failures as
// EventStore::Append.
class OutboxStore {
 public:
  virtual ~OutboxStore() = default;

  // The rows of the lane due at `now`, longest due first; raises their attempts
  // and moves their due time by the lease.
  virtual void TakeDue(TakeDueRequest request,
                       base::Done<std::vector<OutboxRow>> done) = 0;

  // Forgets the rows, at most kOutboxTakeMax, all in one write. Those that are
  // gone already are passed over. Safe to repeat.
  virtual void Settle(std::vector<OutboxKey> keys, base::DoneStatus done) = 0;

  // Sets another due time, and the problem. NOT_FOUND when the row was settled.
  virtual void Reschedule(RescheduleRequest request, base::DoneStatus done) = 0;

  // Makes what waits in a lane due at `now`, a page at a time by key; a row
  // that is due by then stays as it is, and nothing else of any row changes.
  // Safe to repeat.
  virtual void DueNow(DueNowRequest request, base::Done<DueNowResult> done) = 0;

  // Every row that waits, due or not. Changes nothing: neither attempts nor
  // due time.
  virtual void ListOutbox(ListOutboxRequest request,
                          base::Done<OutboxPage> done) = 0;
};

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_OUTBOX_STORE_H_
