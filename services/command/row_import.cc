#include "services/command/row_import.h"

#include <map>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "lib/base/mutex.h"

namespace careroute::services {
namespace {

// What would meet the next row as well.
bool StopsAll(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kUnauthenticated:
    case absl::StatusCode::kUnimplemented:
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
      return true;
    default:
      return false;
  }
}

// Shared by the threads of one import.
class Import {
 public:
  explicit Import(const RowImportOptions& options) : options_(options) {}

  // One after another, until there is no further row.
  void Work() {
    while (std::optional<RequestRow> row = Take()) {
      RowFate fate{.number = row->number,
                   .line = row->line,
                   .problems = std::move(row->problems)};
      if (!fate.problems.HasErrors())
        fate.status = options_.call(*row->request);
      Settle(std::move(fate));
    }
  }

  [[nodiscard]] ImportCounts counts() {
    base::MutexLock lock(mutex_);
    return counts_;
  }

 private:
  std::optional<RequestRow> Take() {
    base::MutexLock lock(mutex_);
    while (counts_.stopped.ok() && read_ - told_ >= kRowsAheadMax) {
      room_.Wait(mutex_);
    }
    RequestRow row;
    if (ended_ || !counts_.stopped.ok() || !options_.rows.Next(row)) {
      ended_ = true;
      return std::nullopt;
    }
    read_ = row.number;
    return row;
  }

  void Settle(RowFate fate) {
    base::MutexLock lock(mutex_);
    if (StopsAll(fate.status)) {
      // The row itself is not told: nobody knows what became of it.
      counts_.stopped.Update(fate.status);
    } else {
      ++(fate.taken() ? counts_.taken : counts_.refused);
    }
    const int64_t number = fate.number;
    settled_.emplace(number, std::move(fate));
    TellInOrder();
    room_.NotifyAll();
  }

  void TellInOrder() CAREROUTE_REQUIRES(mutex_) {
    for (auto next = settled_.find(told_ + 1); next != settled_.end();
         next = settled_.find(told_ + 1)) {
      if (!StopsAll(next->second.status)) options_.tell(next->second);
      settled_.erase(next);
      ++told_;
    }
  }

  const RowImportOptions& options_;
  base::Mutex mutex_;
  base::CondVar room_;
  bool ended_ CAREROUTE_GUARDED_BY(mutex_) = false;
  int64_t read_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  int64_t told_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  std::map<int64_t, RowFate> settled_ CAREROUTE_GUARDED_BY(mutex_);
  ImportCounts counts_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace

ImportCounts ImportRows(const RowImportOptions& options) {
  Import import(options);
  std::vector<std::thread> threads;
  for (int i = 0; i < options.calls; ++i) {
    threads.emplace_back([&import] { import.Work(); });
  }
  for (std::thread& one : threads) one.join();
  ImportCounts counts = import.counts();
  if (options.rows.failed()) {
    counts.stopped.Update(
        absl::DataLossError("the file could not be read to its end"));
  }
  return counts;
}

}  // namespace careroute::services
