#include "tests/bench/postgres_floor.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <thread>

#include "lib/base/check.h"
#include "lib/base/real_clock.h"
#include "lib/store/postgres/postgres_store.h"
#include "tests/bench/sqlite_floor.h"

namespace careroute::bench {
namespace {

constexpr char kInsert[] = "floor";

void Run(PGconn* connection, const char* sql) {
  PGresult* const result = PQexec(connection, sql);
  CAREROUTE_CHECK(PQresultStatus(result) == PGRES_COMMAND_OK);
  PQclear(result);
}

// One row, one transaction.
void Insert(PGconn* connection, const std::string& bytes) {
  const char* const values[] = {bytes.data()};
  const int lengths[] = {static_cast<int>(bytes.size())};
  const int formats[] = {1};  // binary
  PGresult* const result = PQexecPrepared(connection, kInsert, 1, values,
                                          lengths, formats, /*binary=*/1);
  CAREROUTE_CHECK(PQresultStatus(result) == PGRES_COMMAND_OK);
  PQclear(result);
}

}  // namespace

PostgresFloor::PostgresFloor(const std::string& address) {
  for (size_t i = 0; i < store::kPostgresWritersMax; ++i) {
    PGconn* const connection = PQconnectdb(address.c_str());
    CAREROUTE_CHECK(PQstatus(connection) == CONNECTION_OK);
    connections_.push_back(connection);
    if (i == 0) {
      Run(connection,
          "CREATE TABLE floor (id bigint GENERATED ALWAYS AS IDENTITY "
          "PRIMARY KEY, bytes bytea NOT NULL)");
    }
    PGresult* const prepared =
        PQprepare(connection, kInsert, "INSERT INTO floor (bytes) VALUES ($1)",
                  /*nParams=*/0, nullptr);
    CAREROUTE_CHECK(PQresultStatus(prepared) == PGRES_COMMAND_OK);
    PQclear(prepared);
  }
}

PostgresFloor::~PostgresFloor() {
  for (PGconn* const connection : connections_) PQfinish(connection);
}

double PostgresFloor::Rate(absl::Duration duration) {
  const std::string bytes(kFloorRowBytes, 'r');
  const absl::Duration begun = base::MonotonicTime();
  std::atomic<int64_t> written = 0;
  std::vector<std::thread> writers;
  writers.reserve(connections_.size());
  for (PGconn* const connection : connections_) {
    writers.emplace_back([&, connection] {
      do {
        Insert(connection, bytes);
        ++written;
      } while (base::MonotonicTime() - begun < duration);
    });
  }
  for (std::thread& writer : writers) writer.join();
  return static_cast<double>(written) /
         absl::ToDoubleSeconds(base::MonotonicTime() - begun);
}

}  // namespace careroute::bench
