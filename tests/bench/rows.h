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
// postgres_rows.cc: the same on a server that several hubs share.
[[nodiscard]] std::vector<Row> PostgresRows();
// grpc_rows.cc: the same through the gRPC door.
[[nodiscard]] std::vector<Row> GrpcRows();
// hub_rows.cc: a hub process on a large store: start-up and memory.
[[nodiscard]] std::vector<Row> HubRows();
// growth_rows.cc: what a transition costs on a large store and on a small one.
[[nodiscard]] std::vector<Row> GrowthRows();
// read_rows.cc: a queue page, a case, a route on a large store.
[[nodiscard]] std::vector<Row> ReadRows();
// watch_rows.cc: from a commit to who watches.
[[nodiscard]] std::vector<Row> WatchRows();
// exchange_rows.cc: referrals between two hubs.
[[nodiscard]] std::vector<Row> ExchangeRows();
// binding_rows.cc: a hub inside a C, Python or Node.js program.
[[nodiscard]] std::vector<Row> BindingRows();

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_ROWS_H_
