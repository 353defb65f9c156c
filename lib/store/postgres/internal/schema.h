// lib/store/postgres/internal/schema.h: the tables, and how they came to be.
//
// Forward only: a step turns one version into the next and is never changed
// once released. An older release refuses a newer schema.

#ifndef CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_SCHEMA_H_
#define CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_SCHEMA_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/store/postgres/internal/connection.h"

namespace careroute::store::postgres {

[[nodiscard]] int32_t SchemaVersion();

// 0 for a database without our tables. FAILED_PRECONDITION when it is newer
// than this release.
[[nodiscard]] absl::StatusOr<int32_t> ReadSchemaVersion(Connection& db);

// The text of every step from a version to this release's, to be shown or run.
// `partitions` above zero splits the tables of a new store by hash of the
// stream.
[[nodiscard]] std::vector<std::string> MigrationSteps(int32_t from,
                                                      int partitions);

// Runs them as one transaction. Two processes that migrate at once do it once.
[[nodiscard]] absl::Status MigrateSchema(Connection& db, int partitions);

}  // namespace careroute::store::postgres

#endif  // CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_SCHEMA_H_
