#include "lib/store/postgres/internal/batch.h"

#include <cstddef>

#include "lib/base/status_macros.h"

namespace careroute::store::postgres {
namespace {

constexpr char kBegin[] = "BEGIN";
constexpr char kCommit[] = "COMMIT";
constexpr char kRollback[] = "ROLLBACK";

}  // namespace

absl::StatusOr<std::vector<Rows>> Batch::Commit(Connection& db) const {
  if (!looks_) return db.RunTogether(statements_);
  std::vector<Connection::Statement> all;
  all.reserve(statements_.size() + 1);
  all.push_back({.sql = kBegin, .params = Params()});
  all.insert(all.end(), statements_.begin(), statements_.end());
  absl::StatusOr<std::vector<Rows>> rows = db.RunTogether(all);
  absl::Status status = rows.status();
  for (size_t i = 0; status.ok() && i < musts_.size(); ++i) {
    if (musts_[i].has_value() && (*rows)[i + 1].changed() == 0) {
      status = *musts_[i];
    }
  }
  if (!status.ok()) {
    // A connection that cannot even do this is not used again.
    db.Execute(kRollback).IgnoreError();
    return status;
  }
  CAREROUTE_RETURN_IF_ERROR(db.Execute(kCommit));
  rows->erase(rows->begin());
  return rows;
}

}  // namespace careroute::store::postgres
