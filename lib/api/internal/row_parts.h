// lib/api/internal/row_parts.h: the rows of a page, read a few together.
//
// What a row shows is read from its case, and few cases are in memory. One row
// after the other would wait for the store as often as there are rows, all of
// them at once would hold all their cases. So a page is cut into parts whose
// cases one call of the store reads, and a few parts are read side by side.
//
//   ReadInParts<store::IndexRow, CaseRowView>(
//       std::move(rows),
//       [](std::vector<store::IndexRow> part, base::Done<CaseRowView> done) {
//         ...
//       },
//       [](absl::StatusOr<std::vector<CaseRowView>> parts) { ... });

#ifndef CAREROUTE_LIB_API_INTERNAL_ROW_PARTS_H_
#define CAREROUTE_LIB_API_INTERNAL_ROW_PARTS_H_

#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/callback.h"
#include "lib/base/mutex.h"
#include "lib/store/event_store.h"

namespace careroute::api::internal {

// As many as a store reads by one call.
inline constexpr size_t kRowsTogetherMax = store::kStreamsPerReadMax;

// More would wait for a connection of the store, with their cases in memory.
inline constexpr size_t kPartsAtOnceMax = 4;

// In their order, and as equal in length as can be: those read side by side end
// together.
template <typename Row>
[[nodiscard]] std::vector<std::vector<Row>> CutRows(std::vector<Row> rows) {
  const size_t parts = (rows.size() + kRowsTogetherMax - 1) / kRowsTogetherMax;
  std::vector<std::vector<Row>> cut;
  size_t begin = 0;
  for (size_t i = 0; i < parts; ++i) {
    const size_t end = rows.size() * (i + 1) / parts;
    cut.emplace_back(
        std::make_move_iterator(rows.begin() + static_cast<ptrdiff_t>(begin)),
        std::make_move_iterator(rows.begin() + static_cast<ptrdiff_t>(end)));
    begin = end;
  }
  return cut;
}

// Thread-safe; shared by the parts under way.
template <typename Row, typename Shown>
class PartsReading
    : public std::enable_shared_from_this<PartsReading<Row, Shown>> {
 public:
  using Parts = std::vector<std::vector<Row>>;
  using ReadPart =
      std::function<void(std::vector<Row> part, base::Done<Shown> done)>;

  PartsReading(Parts parts, ReadPart read, base::Done<std::vector<Shown>> done)
      : read_(std::move(read)),
        done_(std::move(done)),
        parts_(std::move(parts)),
        shown_(parts_.size()) {}

  void Run() {
    for (size_t i = 0; i < kPartsAtOnceMax; ++i) ReadNext();
  }

 private:
  void ReadNext() {
    size_t index = 0;
    std::vector<Row> part;
    {
      base::MutexLock lock(mutex_);
      if (next_ == parts_.size()) return;
      index = next_++;
      ++under_way_;
      part = std::move(parts_[index]);
    }
    read_(std::move(part), [self = this->shared_from_this(),
                            index](absl::StatusOr<Shown> shown) {
      self->Take(index, std::move(shown));
    });
  }

  void Take(size_t index, absl::StatusOr<Shown> shown) {
    bool is_last = false;
    {
      base::MutexLock lock(mutex_);
      --under_way_;
      if (shown.ok()) {
        shown_[index] = *std::move(shown);
      } else {
        status_.Update(shown.status());
        next_ = parts_.size();  // what is not begun is shown to nobody
      }
      is_last = under_way_ == 0 && next_ == parts_.size();
    }
    if (is_last) return Finish();
    ReadNext();
  }

  // Once: when nothing is under way any more, nor will be.
  void Finish() {
    absl::StatusOr<std::vector<Shown>> all;
    {
      base::MutexLock lock(mutex_);
      if (status_.ok()) {
        all = std::move(shown_);
      } else {
        all = status_;
      }
    }
    std::move(done_)(std::move(all));
  }

  const ReadPart read_;
  base::Done<std::vector<Shown>> done_;  // touched by Finish alone
  base::Mutex mutex_;
  Parts parts_ CAREROUTE_GUARDED_BY(mutex_);
  std::vector<Shown> shown_ CAREROUTE_GUARDED_BY(mutex_);  // by part
  absl::Status status_ CAREROUTE_GUARDED_BY(mutex_);
  size_t next_ CAREROUTE_GUARDED_BY(mutex_) = 0;  // part to begin
  size_t under_way_ CAREROUTE_GUARDED_BY(mutex_) = 0;
};

// What `read` shows of each part, in the order of the rows; the first failure
// heard of ends it. `read` takes 1 to kRowsTogetherMax rows, and may be asked
// again before it has answered.
template <typename Row, typename Shown>
void ReadInParts(std::vector<Row> rows,
                 typename PartsReading<Row, Shown>::ReadPart read,
                 base::Done<std::vector<Shown>> done) {
  if (rows.empty()) {
    std::move(done)(std::vector<Shown>());
    return;
  }
  std::make_shared<PartsReading<Row, Shown>>(CutRows(std::move(rows)),
                                             std::move(read), std::move(done))
      ->Run();
}

}  // namespace careroute::api::internal

#endif  // CAREROUTE_LIB_API_INTERNAL_ROW_PARTS_H_
