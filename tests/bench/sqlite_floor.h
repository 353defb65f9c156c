// tests/bench/sqlite_floor.h: what a durable commit costs without any of us.
//
// One table, one prepared insert, and the settings of lib/store/sqlite that
// decide what a commit costs: a write-ahead log, forced to disk each time.
//
//   SqliteFloor floor(scratch.File("floor.db"));
//   const double rows_per_second = floor.Rate(64, absl::Seconds(2));

#ifndef CAREROUTE_TESTS_BENCH_SQLITE_FLOOR_H_
#define CAREROUTE_TESTS_BENCH_SQLITE_FLOOR_H_

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/time/time.h"

namespace careroute::bench {

// Of every row: about what the event of a transition takes.
inline constexpr size_t kFloorRowBytes = 500;

// Not thread-safe. Stops the program when SQLite refuses anything.
class SqliteFloor {
 public:
  explicit SqliteFloor(const std::string& path);
  ~SqliteFloor();
  SqliteFloor(const SqliteFloor&) = delete;
  SqliteFloor& operator=(const SqliteFloor&) = delete;

  // Rows a second, with so many in each transaction.
  [[nodiscard]] double Rate(int rows, absl::Duration duration);

  // What a transaction of one row takes, in the middle.
  [[nodiscard]] double CommitMs(absl::Duration duration);

 private:
  void Run(const char* sql);
  void Commit(int rows);

  const std::string bytes_;
  sqlite3* db_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  int64_t next_ = 1;
};

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_SQLITE_FLOOR_H_
