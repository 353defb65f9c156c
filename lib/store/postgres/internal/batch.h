// lib/store/postgres/internal/batch.h: the statements of one write.
//
// They go to the server together and are one transaction. As long as none has
// to find something, the commit goes with them: one round trip in all.
//
//   Batch batch;
//   batch.Add(kInsertEvent, Params(stream, version, hash, bytes));
//   batch.AddMust(kConfirmClaim, Params(key, stream), ClaimNotHeld());
//   CAREROUTE_RETURN_IF_ERROR(batch.Commit(db));

#ifndef CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_BATCH_H_
#define CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_BATCH_H_

#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/store/postgres/internal/connection.h"

namespace careroute::store::postgres {

class Batch {
 public:
  void Add(const char* sql, Params params) {
    statements_.push_back({.sql = sql, .params = std::move(params)});
    musts_.emplace_back();
  }
  // When this one writes no row, nothing of the batch stays, and it fails so.
  void AddMust(const char* sql, Params params, absl::Status none) {
    statements_.push_back({.sql = sql, .params = std::move(params)});
    musts_.emplace_back(std::move(none));
    looks_ = true;
  }

  [[nodiscard]] bool empty() const { return statements_.empty(); }

  // Runs all of it; durable once OK, and the results are in order. A failure
  // left nothing behind, but for UnknownOutcome.
  [[nodiscard]] absl::StatusOr<std::vector<Rows>> Commit(Connection& db) const;

 private:
  std::vector<Connection::Statement> statements_;
  std::vector<std::optional<absl::Status>> musts_;  // one a statement
  bool looks_ = false;
};

}  // namespace careroute::store::postgres

#endif  // CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_BATCH_H_
