// tests/bench/sqlite_floor.h: what a durable commit costs without any of us.
//
// One table, one prepared insert, and the settings of lib/store/sqlite that
// decide what a commit costs: a write-ahead log, forced to disk each time.
//
//   SqliteFloor floor(scratch.File("floor.db"));
//   floor.Commit({bytes});

#ifndef CAREROUTE_TESTS_BENCH_SQLITE_FLOOR_H_
#define CAREROUTE_TESTS_BENCH_SQLITE_FLOOR_H_

#include <sqlite3.h>

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace careroute::bench {

// Not thread-safe. Stops the program when SQLite refuses anything.
class SqliteFloor {
 public:
  explicit SqliteFloor(const std::string& path);
  ~SqliteFloor();
  SqliteFloor(const SqliteFloor&) = delete;
  SqliteFloor& operator=(const SqliteFloor&) = delete;

  // `rows` rows of those bytes in one transaction.
  void Commit(absl::string_view bytes, int rows);

 private:
  void Run(const char* sql);

  sqlite3* db_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  int64_t next_ = 1;
};

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_SQLITE_FLOOR_H_
