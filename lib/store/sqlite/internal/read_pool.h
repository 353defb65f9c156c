// lib/store/sqlite/internal/read_pool.h: a few connections that only read.
//
// Reads never wait for the writer: each sees the last commit as it began. A
// handful of connections keeps the cores busy and memory bounded; what exceeds
// them waits in a bounded queue, not on a thread.

#ifndef CAREROUTE_LIB_STORE_SQLITE_INTERNAL_READ_POOL_H_
#define CAREROUTE_LIB_STORE_SQLITE_INTERNAL_READ_POOL_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/callback.h"
#include "lib/base/executor.h"
#include "lib/base/mutex.h"
#include "lib/store/event_store.h"
#include "lib/store/sqlite/internal/connection.h"

namespace careroute::store::internal {

// Each costs up to 8 MiB of page cache.
inline constexpr size_t kReadConnectionsMax = 4;

struct ReadPoolOptions {
  base::Executor& executor;  // may block; outlives the pool
  ConnectionOptions connection;
  size_t queue_max = kReadQueueMax;
};

// Thread-safe. Shared: a read in flight keeps it alive.
class ReadPool : public std::enable_shared_from_this<ReadPool> {
 public:
  explicit ReadPool(ReadPoolOptions options);

  // Runs `read(Connection&)`, which returns StatusOr<T>, inside one read
  // transaction: all its statements see the same state.
  template <typename T, typename Read>
  void Enqueue(base::Done<T> done, Read read) {
    Add([done = std::move(done),
         read = std::move(read)](absl::StatusOr<Connection*> db) mutable {
      if (db.ok()) {
        std::move(done)(InTransaction<T>(**db, read));
      } else {
        std::move(done)(std::move(db).status());
      }
    });
  }

 private:
  // Given a connection, or the reason why there is none.
  using Job = absl::AnyInvocable<void(absl::StatusOr<Connection*>)>;

  template <typename T, typename Read>
  static absl::StatusOr<T> InTransaction(Connection& db, Read& read) {
    if (absl::Status status = Begin(db); !status.ok()) {
      return status;
    }
    absl::StatusOr<T> result = read(db);
    End(db);
    return result;
  }
  static absl::Status Begin(Connection& db);
  static void End(Connection& db);

  // How a job came into the queue: not at all, with a connection to spare for
  // it, or behind as many as there may be.
  enum class Entry { kFull, kFree, kBehind };

  void Add(Job job);
  // Leaves the job untouched when the queue is full.
  [[nodiscard]] Entry Enter(Job& job);
  void RunOne();
  [[nodiscard]] absl::StatusOr<std::unique_ptr<Connection>> TakeConnection();

  base::Executor& executor_;
  const ConnectionOptions connection_;
  const size_t queue_max_;

  base::Mutex mutex_;
  std::deque<Job> waiting_ CAREROUTE_GUARDED_BY(mutex_);
  std::vector<std::unique_ptr<Connection>> idle_ CAREROUTE_GUARDED_BY(mutex_);
  size_t running_ CAREROUTE_GUARDED_BY(mutex_) = 0;
};

}  // namespace careroute::store::internal

#endif  // CAREROUTE_LIB_STORE_SQLITE_INTERNAL_READ_POOL_H_
