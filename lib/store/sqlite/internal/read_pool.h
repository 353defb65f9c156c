// lib/store/sqlite/internal/read_pool.h: a few connections that only read.
//
// Reads never wait for the writer: each sees the last commit as it began.

#ifndef CAREROUTE_LIB_STORE_SQLITE_INTERNAL_READ_POOL_H_
#define CAREROUTE_LIB_STORE_SQLITE_INTERNAL_READ_POOL_H_

#include <cstddef>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/callback.h"
#include "lib/store/connection_pool.h"
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

// Thread-safe.
class ReadPool {
 public:
  explicit ReadPool(ReadPoolOptions options);

  // Runs `read(Connection&)`, which returns StatusOr<T>, inside one read
  // transaction: all its statements see the same state.
  template <typename T, typename Read>
  void Enqueue(base::Done<T> done, Read read) {
    pool_->Enqueue(0, [done = std::move(done), read = std::move(read)](
                          absl::StatusOr<Connection*> db) mutable {
      if (db.ok()) {
        std::move(done)(InTransaction<T>(**db, read));
      } else {
        std::move(done)(std::move(db).status());
      }
    });
  }

 private:
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

  const std::shared_ptr<ConnectionPool<Connection>> pool_;
};

}  // namespace careroute::store::internal

#endif  // CAREROUTE_LIB_STORE_SQLITE_INTERNAL_READ_POOL_H_
