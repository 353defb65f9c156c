// lib/store/memory/internal/outbox.h: what must still be told, by lane.
//
// Not thread-safe: MemoryStore holds its mutex around every call.

#ifndef CAREROUTE_LIB_STORE_MEMORY_INTERNAL_OUTBOX_H_
#define CAREROUTE_LIB_STORE_MEMORY_INTERNAL_OUTBOX_H_

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "lib/store/outbox_store.h"

namespace careroute::store::internal {

class Outbox {
 public:
  [[nodiscard]] bool Contains(const OutboxKey& key) const {
    return rows_.contains(key);
  }
  // Of an append; none of this key may wait.
  void Add(OutboxRow row);

  std::vector<OutboxRow> TakeDue(const TakeDueRequest& request);
  void Settle(const OutboxKey& key);
  absl::Status Reschedule(const RescheduleRequest& request);
  DueNowResult DueNow(const DueNowRequest& request);
  [[nodiscard]] OutboxPage List(const ListOutboxRequest& request) const;

 private:
  struct Lane {
    std::set<OutboxKey> keys;
    std::set<std::pair<absl::Time, OutboxKey>> due;
  };

  void MakeDue(OutboxRow& row, absl::Time due);

  std::map<OutboxKey, OutboxRow> rows_;
  std::map<std::string, Lane> lanes_;
};

}  // namespace careroute::store::internal

#endif  // CAREROUTE_LIB_STORE_MEMORY_INTERNAL_OUTBOX_H_
