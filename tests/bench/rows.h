// tests/bench/rows.h: every row of the table, in its order.
//
// A family of rows is one file with one function below. A new family is that
// file, a line here, and a line in rows.cc.

#ifndef CAREROUTE_TESTS_BENCH_ROWS_H_
#define CAREROUTE_TESTS_BENCH_ROWS_H_

#include <vector>

#include "tests/bench/row.h"

namespace careroute::bench {

[[nodiscard]] std::vector<Row> AllRows();

// decide_rows.cc: the heart alone.
[[nodiscard]] std::vector<Row> DecideRows();
// sqlite_rows.cc: durable transitions in process.
[[nodiscard]] std::vector<Row> SqliteRows();
// grpc_rows.cc: the same through the gRPC door.
[[nodiscard]] std::vector<Row> GrpcRows();

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_ROWS_H_
