// lib/store/sqlite/internal/read_pool.h: a few connections that only read.
//
// Reads never wait for the writer: each sees the last commit as it began, or
// all of them the store as it was at the first.

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
  // One connection whose transaction never ends: while it is open the owner's
  // log of changes grows.
  bool one_view = false;
};

// Thread-safe.
class ReadPool {
 public:
  explicit ReadPool(ReadPoolOptions options);

  // Runs `read(Connection&)`, which returns StatusOr<T>, inside one read
  // transaction: all its statements see the same state.
  template <typename T, typename Read>
  void Enqueue(base::Done<T> done, Read read) {
    pool_->Enqueue(
        0, [done = std::move(done), read = std::move(read),
            one_view = one_view_](absl::StatusOr<Connection*> db) mutable {
          if (db.ok()) {
            std::move(done)(InTransaction<T>(**db, read, one_view));
          } else {
            std::move(done)(std::move(db).status());
          }
        });
  }

 private:
  template <typename T, typename Read>
  static absl::StatusOr<T> InTransaction(Connection& db, Read& read,
                                         bool one_view) {
    if (absl::Status status = Begin(db); !status.ok()) {
      return status;
    }
    absl::StatusOr<T> result = read(db);
    if (!one_view) End(db);
    return result;
  }
  // Does nothing in a transaction that went on.
  static absl::Status Begin(Connection& db);
  static void End(Connection& db);

  const bool one_view_;
  const std::shared_ptr<ConnectionPool<Connection>> pool_;
};

}  // namespace careroute::store::internal

#endif  // CAREROUTE_LIB_STORE_SQLITE_INTERNAL_READ_POOL_H_
