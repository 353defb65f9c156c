// lib/store/sqlite/internal/write_batch.h: one transaction over many writes.
//
// Where a write fails, all are taken back and run again, each under a savepoint
// of its own, so that the one that fails is taken back alone. When the
// transaction breaks as a whole and certainly left nothing behind, each write
// is tried again alone: only the one that broke it fails then.

#ifndef CAREROUTE_LIB_STORE_SQLITE_INTERNAL_WRITE_BATCH_H_
#define CAREROUTE_LIB_STORE_SQLITE_INTERNAL_WRITE_BATCH_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "lib/store/event_store.h"
#include "lib/store/sqlite/internal/connection.h"

namespace careroute::store::internal {

// What a write works with.
struct WriteContext {
  Connection& db;
  // The newest stamp given out; taken back with the write.
  int64_t last_stamp = 0;
  // What the listener is told once the write is durable.
  std::optional<Commit> commit;
  // Where erasures are named before a key is destroyed; empty = nowhere.
  absl::string_view erasure_list;
  // The write destroyed a key: the log is emptied after the commit, so that
  // the page that held it does not stay there.
  bool empty_log = false;
};

struct WriteJob {
  size_t bytes = 0;  // its weight in a queue
  // May run more than once; the last run counts.
  absl::AnyInvocable<absl::Status(WriteContext&)> run;
  // Called once, when it is durable or has failed.
  absl::AnyInvocable<void(const absl::Status&)> answer;

  // How it ended, set by WriteBatcher.
  absl::Status status;
  std::optional<Commit> commit;
};

// Owns the writing connection. Used by one thread at a time.
class WriteBatcher {
 public:
  // `erasure_list`: see WriteContext.
  WriteBatcher(std::unique_ptr<Connection> db, int64_t last_stamp,
               std::string erasure_list);

  // Runs and commits all jobs; afterwards each has its status, and what is OK
  // is durable. UNAVAILABLE when it is not known whether the commit is.
  void Write(const std::vector<WriteJob*>& jobs);

 private:
  enum class Guard { kNone, kSavepoints };

  // False when nothing was written and the jobs may be tried another way.
  [[nodiscard]] bool TryTogether(const std::vector<WriteJob*>& jobs,
                                 Guard guard);
  [[nodiscard]] absl::Status Commit(int64_t stamp_before);
  // False when the job failed, as its status says.
  bool Run(WriteJob& job);
  void RunUnderSavepoint(WriteJob& job);
  void Rollback();
  void EmptyLog();

  std::unique_ptr<Connection> db_;
  int64_t last_stamp_;
  const std::string erasure_list_;
  bool empty_log_ = false;
};

}  // namespace careroute::store::internal

#endif  // CAREROUTE_LIB_STORE_SQLITE_INTERNAL_WRITE_BATCH_H_
