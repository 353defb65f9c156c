// lib/store/memory/internal/index.h: lists of rows, in order and by change.
//
// Not thread-safe: MemoryStore holds its mutex around every call.

#ifndef CAREROUTE_LIB_STORE_MEMORY_INTERNAL_INDEX_H_
#define CAREROUTE_LIB_STORE_MEMORY_INTERNAL_INDEX_H_

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "lib/store/append.h"
#include "lib/store/index_store.h"

namespace careroute::store::internal {

class Index {
 public:
  // Writes the rows of an append; cannot fail.
  void Apply(const AppendRequest& request);

  [[nodiscard]] std::optional<IndexRow> Get(const GetRowRequest& request) const;
  [[nodiscard]] IndexPage Scan(const ScanRequest& request) const;
  [[nodiscard]] absl::StatusOr<ChangedPage> ScanChanged(
      const ScanChangedRequest& request) const;
  [[nodiscard]] int64_t Count(const IndexList& list) const;
  [[nodiscard]] int64_t last_stamp() const { return last_stamp_; }
  int64_t PurgeTombstones(const PurgeRequest& request);

 private:
  // The order of a list.
  struct Place {
    std::string sort;
    std::string id;
    StreamId stream;
    friend auto operator<=>(const Place&, const Place&) = default;
  };
  struct RowKey {
    StreamId stream;
    std::string id;
    friend auto operator<=>(const RowKey&, const RowKey&) = default;
  };
  struct Row {
    IndexRow row;
    absl::Time written;
  };
  struct List {
    std::map<RowKey, Row> rows;  // tombstones included
    std::map<Place, RowKey> order;
    std::map<int64_t, RowKey> changes;
  };

  void Put(const AppendRequest& request, IndexRow row);
  static void Forget(List& list, const RowKey& key);

  std::map<IndexList, List> lists_;
  int64_t last_stamp_ = 0;
  int64_t purged_stamp_ = 0;  // the newest tombstone already forgotten
};

}  // namespace careroute::store::internal

#endif  // CAREROUTE_LIB_STORE_MEMORY_INTERNAL_INDEX_H_
