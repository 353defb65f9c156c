// lib/store/postgres/internal/readers.h: reads, each over one consistent view.

#ifndef CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_READERS_H_
#define CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_READERS_H_

#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "lib/base/callback.h"
#include "lib/store/connection_pool.h"
#include "lib/store/postgres/internal/connection.h"

namespace careroute::store::postgres {

// Thread-safe.
class Readers {
 public:
  explicit Readers(ConnectionPoolOptions<Connection> options)
      : pool_(
            std::make_shared<ConnectionPool<Connection>>(std::move(options))) {}

  // Runs `read(Connection&)`, which returns StatusOr<T>.
  template <typename T, typename Read>
  void Enqueue(base::Done<T> done, Read read) {
    pool_->Enqueue(0, [done = std::move(done), read = std::move(read)](
                          absl::StatusOr<Connection*> db) mutable {
      if (db.ok()) {
        std::move(done)(absl::StatusOr<T>(read(**db)));
      } else {
        std::move(done)(std::move(db).status());
      }
    });
  }

 private:
  const std::shared_ptr<ConnectionPool<Connection>> pool_;
};

}  // namespace careroute::store::postgres

#endif  // CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_READERS_H_
