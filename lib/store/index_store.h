// lib/store/index_store.h: lists that can be paged, watched and counted.
//
// Every projection (the cases of an organisation, a work queue, the due
// timers, the participations, the blind indexes of a person, ...) is a set of
// IndexRows. A row stands in one list, which is a table number and a key whose
// meaning the engine owns; within it rows are ordered by (sort, id). Rows are
// written only by an append to the stream they come from (lib/store/append.h),
// so a list never shows what is not durable and never misses what is.
//
//   store.Scan({.list = QueueOf(organisation), .limit = 50}, done);
//   store.ScanChanged({.list = QueueOf(organisation), .after = seen}, done);
//
// A reader that lists and then watches asks CurrentPosition first, then
// Scan, then ScanChanged from that position: it may see a row twice and never
// misses one.

#ifndef CAREROUTE_LIB_STORE_INDEX_STORE_H_
#define CAREROUTE_LIB_STORE_INDEX_STORE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "lib/base/callback.h"
#include "lib/store/stream_id.h"

namespace careroute::store {

// An index entry must stay a small part of a database page.
inline constexpr size_t kIndexKeyBytesMax = 256;
inline constexpr size_t kIndexSortBytesMax = 256;
inline constexpr size_t kIndexIdBytesMax = 128;
// A row is what a list shows, never the case itself.
inline constexpr size_t kIndexPayloadBytesMax = 64 << 10;

// No call returns more, whatever limit it asks for: a page is held in memory
// by the store, the engine and the door at once. A page also ends early at
// kPageBytesMax (at least one entry is always returned).
inline constexpr int32_t kPageRowsMax = 1000;
inline constexpr size_t kPageBytesMax = 4 << 20;

// Counting stops here: a person reads "1000+" as quickly as the number, and
// the cost of a count stays fixed.
inline constexpr int64_t kCountMax = 1001;

// Lists read by one call: all their pages are in memory at once.
inline constexpr size_t kListsPerScanMax = 16;

// Which list. `key` is compared for equality only; empty is a key like others.
struct IndexList {
  int32_t table = 0;
  std::string key;

  friend auto operator<=>(const IndexList&, const IndexList&) = default;
};

// One row as it is written and as it is read.
struct IndexRow {
  IndexList list;
  // Orders the list, byte by byte; numbers and times go in big-endian.
  std::string sort;
  // Never empty; unique within the list. The writer makes it so by building
  // it from ids: the store enforces it only among rows of one stream, because
  // a distributed database can enforce no more.
  std::string id;
  std::string payload;
  // False: the list is only read, and ScanChanged need not tell of the row, so
  // that the store need not keep when it changed.
  bool followed = true;

  // The rest is set by the store; a writer leaves it alone.
  StreamId stream;
  // Grows with every write of any row. For ordering in one process's logs
  // and tests; resume watches from a ChangePosition, not from this. May be 0
  // for a row that nobody follows.
  int64_t stamp = 0;
  // True only in ScanChanged: the row has left the list; sort and payload
  // are empty then.
  bool deleted = false;

  friend bool operator==(const IndexRow&, const IndexRow&) = default;
};

// Names a row among those of its stream.
struct IndexRowId {
  IndexList list;
  std::string id;

  friend auto operator<=>(const IndexRowId&, const IndexRowId&) = default;
};

struct GetRowRequest {
  StreamId stream;
  IndexRowId row;
};

// Where a page ended: taken from its last row. To start inside a list give
// only `sort`: ascending, the page begins with the rows that have it, and
// descending, with the rows before those.
struct ScanPosition {
  std::string sort;
  std::string id;
  StreamId stream;

  friend bool operator==(const ScanPosition&, const ScanPosition&) = default;
};

enum class ScanOrder { kAscending, kDescending };

struct ScanRequest {
  IndexList list;
  // Exclusive; none starts at the list's end that the order starts from.
  std::optional<ScanPosition> after;
  // Rows wanted, 1 to kPageRowsMax; more is served as kPageRowsMax.
  int32_t limit = 100;
  ScanOrder order = ScanOrder::kAscending;
};

struct IndexPage {
  std::vector<IndexRow> rows;
  bool more = false;  // rows follow the last one

  friend bool operator==(const IndexPage&, const IndexPage&) = default;
};

// The beginnings of several lists.
struct ScanManyRequest {
  std::vector<IndexList> lists;  // 1 to kListsPerScanMax
  int32_t limit = 100;           // of each, as in ScanRequest
};

// A place in the order of changes; made by the store, kept by watchers, also
// across restarts. Empty stands before every change. Its bytes mean nothing
// to anyone else, since backends keep different clocks.
using ChangePosition = std::string;

struct ScanChangedRequest {
  IndexList list;
  ChangePosition after;
  int32_t limit = 100;  // as in ScanRequest
};

// The current form of each row that changed after the position, oldest change
// first; a row that changed twice comes once, with its last form.
struct ChangedPage {
  std::vector<IndexRow> rows;
  // Pass it to the next call. Keep it for a later resume only when `more` is
  // false.
  ChangePosition position;
  bool more = false;

  friend bool operator==(const ChangedPage&, const ChangedPage&) = default;
};

struct PurgeRequest {
  absl::Time before;     // what was recorded earlier goes
  int32_t limit = 1000;  // at most this many at once, so writers wait little
};

// Thread-safe. Every page is of one consistent state of what is durable.
// Failures: INVALID_ARGUMENT for a limit below 1 or a malformed position,
// RESOURCE_EXHAUSTED when too many reads wait, UNAVAILABLE or DATA_LOSS when
// the backend fails.
class IndexStore {
 public:
  virtual ~IndexStore() = default;

  // The row, or none when it does not exist or was deleted.
  virtual void GetRow(GetRowRequest request,
                      base::Done<std::optional<IndexRow>> done) = 0;

  // A row whose sort does not change while a reader pages is seen exactly
  // once, whatever happens to the rows around it.
  virtual void Scan(ScanRequest request, base::Done<IndexPage> done) = 0;

  // A page of each list, from its beginning and ascending, in the order of the
  // lists: what as many calls of Scan would give, at the cost of one.
  virtual void ScanMany(ScanManyRequest request,
                        base::Done<std::vector<IndexPage>> done) = 0;

  // Never skips a change that is durable; may repeat one. OUT_OF_RANGE when
  // tombstones after the position are already purged, or the store was
  // restored to a time before it: list again.
  virtual void ScanChanged(ScanChangedRequest request,
                           base::Done<ChangedPage> done) = 0;

  // Every change after the answer comes after this position.
  virtual void CurrentPosition(base::Done<ChangePosition> done) = 0;

  // The number of rows in the list, at most kCountMax.
  virtual void Count(IndexList list, base::Done<int64_t> done) = 0;

  // Forgets tombstones of rows deleted before the given time; answers how
  // many went.
  virtual void PurgeTombstones(PurgeRequest request,
                               base::Done<int64_t> done) = 0;
};

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_INDEX_STORE_H_
