// lib/store/postgres/internal/writer.h: writes, one transaction each.
//
// As many at once as there are connections: the server groups their commits.
//
//   writer->Enqueue<Claim>(0, std::move(done), [request](WriteContext& c) {
//     return ClaimUnique(c.db, request);
//   });

#ifndef CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_WRITER_H_
#define CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_WRITER_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/callback.h"
#include "lib/store/connection_pool.h"
#include "lib/store/event_store.h"
#include "lib/store/postgres/internal/connection.h"
#include "lib/store/postgres/internal/feed.h"
#include "lib/store/postgres/internal/key_vacuum.h"

namespace careroute::store::postgres {

// What a write works with.
struct WriteContext {
  Connection& db;
  // Where erasures are named before a key is destroyed; empty = nowhere.
  const std::string& erasure_list;
  // What the listener is told, set once the write is durable.
  std::optional<Commit> commit;
  // Set by a write that destroys a key.
  bool destroys_key = false;
};

// Thread-safe. Shared: a write in flight keeps it alive.
class Writer : public std::enable_shared_from_this<Writer> {
 public:
  struct Options {
    ConnectionPoolOptions<Connection> pool;
    std::shared_ptr<Feed> feed;
    std::shared_ptr<KeyVacuum> vacuum;
    std::string erasure_list;  // see WriteContext
  };
  explicit Writer(Options options)
      : pool_(std::make_shared<ConnectionPool<Connection>>(
            std::move(options.pool))),
        feed_(std::move(options.feed)),
        vacuum_(std::move(options.vacuum)),
        erasure_list_(std::move(options.erasure_list)) {}

  // Runs `write(WriteContext&)`, which returns StatusOr<T> and has committed
  // when that is OK.
  template <typename T, typename Write>
  void Enqueue(size_t bytes, base::Done<T> done, Write write) {
    pool_->Enqueue(bytes, [self = shared_from_this(), done = std::move(done),
                           write = std::move(write)](
                              absl::StatusOr<Connection*> db) mutable {
      if (!db.ok()) {
        std::move(done)(std::move(db).status());
        return;
      }
      WriteContext context{.db = **db, .erasure_list = self->erasure_list_};
      absl::StatusOr<T> result = write(context);
      if (context.commit.has_value()) self->feed_->Tell(*context.commit);
      // Also when the answer was lost.
      if (context.destroys_key) self->vacuum_->Soon();
      std::move(done)(std::move(result));
    });
  }

  // The same for a write that answers nothing but a status.
  template <typename Write>
  void EnqueueStatus(base::DoneStatus done, Write write) {
    Enqueue<bool>(
        0,
        [done = std::move(done)](absl::StatusOr<bool> result) mutable {
          std::move(done)(std::move(result).status());
        },
        [write =
             std::move(write)](WriteContext& context) -> absl::StatusOr<bool> {
          absl::Status status = write(context);
          if (!status.ok()) return status;
          return true;
        });
  }

  void SetListener(CommitListener listener) {
    feed_->Start(std::move(listener));
  }

 private:
  const std::shared_ptr<ConnectionPool<Connection>> pool_;
  const std::shared_ptr<Feed> feed_;
  const std::shared_ptr<KeyVacuum> vacuum_;
  const std::string erasure_list_;
};

}  // namespace careroute::store::postgres

#endif  // CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_WRITER_H_
