// tests/bench/postgres_floor.h: what a durable commit costs on PostgreSQL
// without any of us.
//
// One table, one prepared insert, one row a transaction, and as many
// connections as lib/store/postgres writes over. The server groups the commits.
//
//   PostgresFloor floor(cluster.NewAddress());
//   const double rows_per_second = floor.Rate(absl::Seconds(2));

#ifndef CAREROUTE_TESTS_BENCH_POSTGRES_FLOOR_H_
#define CAREROUTE_TESTS_BENCH_POSTGRES_FLOOR_H_

#include <libpq-fe.h>

#include <string>
#include <vector>

#include "absl/time/time.h"

namespace careroute::bench {

// Not thread-safe. Stops the program when the server refuses anything.
class PostgresFloor {
 public:
  explicit PostgresFloor(const std::string& address);
  ~PostgresFloor();
  PostgresFloor(const PostgresFloor&) = delete;
  PostgresFloor& operator=(const PostgresFloor&) = delete;

  // Rows a second, all connections together.
  [[nodiscard]] double Rate(absl::Duration duration);

 private:
  std::vector<PGconn*> connections_;
};

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_POSTGRES_FLOOR_H_
