#include "tests/bench/sqlite_floor.h"

#include <utility>
#include <vector>

#include "lib/base/check.h"
#include "lib/base/real_clock.h"
#include "tests/bench/rounds.h"

namespace careroute::bench {

SqliteFloor::SqliteFloor(const std::string& path)
    : bytes_(kFloorRowBytes, 'r') {
  CAREROUTE_CHECK(sqlite3_open(path.c_str(), &db_) == SQLITE_OK);
  // As lib/store/sqlite/internal/connection.cc sets them.
  Run("PRAGMA journal_mode = WAL;"
      "PRAGMA synchronous = FULL;"
      "PRAGMA secure_delete = FAST;"
      "PRAGMA journal_size_limit = 67108864;"
      "PRAGMA cache_size = -32768;"
      "PRAGMA mmap_size = 0;"
      "PRAGMA temp_store = MEMORY;"
      "PRAGMA cell_size_check = ON;");
  Run("CREATE TABLE floor (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)");
  CAREROUTE_CHECK(sqlite3_prepare_v2(db_,
                                     "INSERT INTO floor (id, bytes) "
                                     "VALUES (?, ?)",
                                     -1, &insert_, nullptr) == SQLITE_OK);
}

SqliteFloor::~SqliteFloor() {
  sqlite3_finalize(insert_);
  sqlite3_close_v2(db_);
}

void SqliteFloor::Run(const char* sql) {
  CAREROUTE_CHECK(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) ==
                  SQLITE_OK);
}

void SqliteFloor::Commit(int rows) {
  Run("BEGIN IMMEDIATE");
  for (int i = 0; i < rows; ++i) {
    sqlite3_bind_int64(insert_, 1, next_++);
    sqlite3_bind_blob64(insert_, 2, bytes_.data(), bytes_.size(),
                        SQLITE_STATIC);
    CAREROUTE_CHECK(sqlite3_step(insert_) == SQLITE_DONE);
    sqlite3_reset(insert_);
  }
  Run("COMMIT");
}

double SqliteFloor::Rate(int rows, absl::Duration duration) {
  const absl::Duration begun = base::MonotonicTime();
  absl::Duration taken;
  int64_t written = 0;
  do {
    Commit(rows);
    written += rows;
    taken = base::MonotonicTime() - begun;
  } while (taken < duration);
  return static_cast<double>(written) / absl::ToDoubleSeconds(taken);
}

double SqliteFloor::CommitMs(absl::Duration duration) {
  const absl::Duration begun = base::MonotonicTime();
  std::vector<double> commits;
  absl::Duration now = begun;
  do {
    Commit(1);
    const absl::Duration after = base::MonotonicTime();
    commits.push_back(absl::ToDoubleMilliseconds(after - now));
    now = after;
  } while (now - begun < duration);
  return Quantile(std::move(commits), 0.5);
}

}  // namespace careroute::bench
