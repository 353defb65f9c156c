// lib/store/postgres/internal/rows.h: what one statement gave back.
//
//   for (int row = 0; row < rows.size(); ++row) Use(rows.Bytes(row, 0));

#ifndef CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_ROWS_H_
#define CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_ROWS_H_

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "lib/store/stream_id.h"

namespace careroute::store::postgres {

struct ResultDeleter {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, ResultDeleter>;

// Columns are bigint, bytea or text, in binary form.
class Rows {
 public:
  Rows() = default;
  explicit Rows(ResultPtr result) : result_(std::move(result)) {}

  [[nodiscard]] int size() const;
  // Rows a statement that writes has written.
  [[nodiscard]] int64_t changed() const;

  // 0 for NULL, as Bytes is empty.
  [[nodiscard]] int64_t Int(int row, int column) const;
  [[nodiscard]] std::string Bytes(int row, int column) const;
  [[nodiscard]] bool IsNull(int row, int column) const;
  [[nodiscard]] absl::Time Time(int row, int column) const;
  // DATA_LOSS when the bytes name no stream.
  [[nodiscard]] absl::StatusOr<StreamId> Stream(int row, int column) const;

 private:
  ResultPtr result_;
};

}  // namespace careroute::store::postgres

#endif  // CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_ROWS_H_
