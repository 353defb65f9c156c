// lib/store/postgres/postgres_store.h: the store on a PostgreSQL server.
//
// For more than one hub process or machine: any number of them share one
// database. Every write is one transaction over one stream; the server groups
// their commits. What was answered survives as the server's own settings
// promise; synchronous_commit is asked for on every connection.
//
//   CAREROUTE_ASSIGN_OR_RETURN(
//       std::unique_ptr<store::Store> store,
//       store::OpenPostgresStore({.executor = io, .clock = clock,
//                                 .address = "postgresql:///careroute",
//                                 .kind = store::ClockKind::kReal,
//                                 .new_uid = base::NewUid(random)}));

#ifndef CAREROUTE_LIB_STORE_POSTGRES_POSTGRES_STORE_H_
#define CAREROUTE_LIB_STORE_POSTGRES_POSTGRES_STORE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/uid.h"
#include "lib/store/store.h"

namespace careroute::store {

// As many appends go on at once as the server's processors and disk keep up
// with; reads are shorter.
inline constexpr size_t kPostgresWritersMax = 16;
inline constexpr size_t kPostgresReadersMax = 8;

// Threads of an executor that never lets a connection wait: every connection
// of the pools, the feed, its announcer and the vacuum of destroyed keys.
inline constexpr int kPostgresThreads =
    static_cast<int>(kPostgresWritersMax + kPostgresReadersMax) + 3;

struct PostgresStoreOptions {
  // Runs every call. libpq blocks here, so it must be the I/O executor. Must
  // outlive the store.
  base::Executor& executor;
  // The executor's: how often other processes' commits are looked for.
  const base::Clock& clock;
  // A URI or keywords, as libpq reads them. Passwords belong into the password
  // file, which libpq finds by itself.
  std::string address;
  // Of a new store, and what an existing one must have.
  ClockKind kind = ClockKind::kReal;
  // The name of a new store; an existing one keeps its own.
  base::Uid new_uid;
  // The database was put back from a backup: begin a new epoch.
  bool restored = false;
  // Writes that may wait; more are RESOURCE_EXHAUSTED.
  size_t append_queue_max = kAppendQueueMax;
  // Commits are announced to other processes and theirs heard at once, which
  // takes a thread of the executor for the waiting. Everything is true without
  // it, only later.
  bool notifications = true;
  // Where erasures are named (lib/store/erasure_list.h); empty = nowhere.
  std::string erasure_list;
};

// Opens a store that MigratePostgres has made. Blocks. UNAVAILABLE when the
// server cannot be reached, FAILED_PRECONDITION when the schema is older or
// newer than this release's or the store's clock is of another kind.
[[nodiscard]] absl::StatusOr<std::unique_ptr<Store>> OpenPostgresStore(
    const PostgresStoreOptions& options);

struct PostgresReadOnlyOptions {
  base::Executor& executor;  // as above
  std::string address;
};

// Opens for reading only, also while hubs write: every read sees the store as
// it was at the first one, so that what one read says of another can be
// judged. Reads are UNAVAILABLE once the connection broke, and stay so. Writes
// are refused with FAILED_PRECONDITION. NOT_FOUND when no hub has used the
// store yet, otherwise as above. While it is open the server keeps what was
// replaced since.
[[nodiscard]] absl::StatusOr<std::unique_ptr<Store>> OpenPostgresStoreReadOnly(
    const PostgresReadOnlyOptions& options);

struct PostgresMigration {
  std::string address;
  // Of a new store: into how many parts its tables are split by stream; 0 =
  // not at all. An existing one keeps what it has.
  int partitions = 0;
};

// The statements that would bring the database to this release's schema; none
// when it is there already. Changes nothing. Blocks.
[[nodiscard]] absl::StatusOr<std::vector<std::string>> PlanPostgresMigration(
    const PostgresMigration& migration);

// Runs them, all or none. Blocks. Safe to repeat and to run twice at once.
[[nodiscard]] absl::Status MigratePostgres(const PostgresMigration& migration);

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_POSTGRES_POSTGRES_STORE_H_
