// lib/store/sqlite/internal/schema.h: the tables, and how old ones become new.
//
// PRAGMA user_version holds the schema's version. Migrations only go forward:
// each is a text that turns version n into n+1, and none is ever changed once
// released. A newer file is refused, because this release would not keep what
// it does not know.

#ifndef CAREROUTE_LIB_STORE_SQLITE_INTERNAL_SCHEMA_H_
#define CAREROUTE_LIB_STORE_SQLITE_INTERNAL_SCHEMA_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/store/sqlite/internal/connection.h"

namespace careroute::store::internal {

// "care" in ASCII, in SQLite's header: tells our files from others'.
inline constexpr int64_t kApplicationId = 0x63617265;

// What this release reads and writes.
[[nodiscard]] int32_t SchemaVersion();

// The text of each step that is still to be taken; failures as below.
[[nodiscard]] absl::StatusOr<std::vector<std::string>> PendingSteps(
    Connection& db);

// Brings an empty or older file to SchemaVersion(). FAILED_PRECONDITION when
// the file is newer or belongs to another program.
[[nodiscard]] absl::Status MigrateSchema(Connection& db);

// FAILED_PRECONDITION unless the file is exactly at SchemaVersion().
[[nodiscard]] absl::Status CheckSchema(Connection& db);

}  // namespace careroute::store::internal

#endif  // CAREROUTE_LIB_STORE_SQLITE_INTERNAL_SCHEMA_H_
