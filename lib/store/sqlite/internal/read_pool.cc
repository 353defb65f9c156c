#include "lib/store/sqlite/internal/read_pool.h"

namespace careroute::store::internal {

ReadPool::ReadPool(ReadPoolOptions options)
    : one_view_(options.one_view),
      pool_(std::make_shared<ConnectionPool<Connection>>(
          ConnectionPoolOptions<Connection>{
              .executor = options.executor,
              .open =
                  [connection = std::move(options.connection)] {
                    return Connection::Open(connection);
                  },
              .connections_max = options.one_view ? 1 : kReadConnectionsMax,
              .queue_max = options.queue_max})) {}

absl::Status ReadPool::Begin(Connection& db) {
  return db.in_transaction() ? absl::OkStatus() : Query(db, "BEGIN").Run();
}

// A read has nothing to lose, so how the transaction ends does not matter.
void ReadPool::End(Connection& db) {
  if (db.in_transaction()) {
    Query(db, "ROLLBACK").Run().IgnoreError();
  }
}

}  // namespace careroute::store::internal
