#include "lib/store/postgres/internal/rows.h"

#include <cstddef>

#include "absl/strings/numbers.h"
#include "lib/store/stored_value.h"

namespace careroute::store::postgres {
int Rows::size() const { return PQntuples(result_.get()); }

int64_t Rows::changed() const {
  int64_t count = 0;
  // Empty for a statement that cannot write.
  return absl::SimpleAtoi(PQcmdTuples(result_.get()), &count) ? count : 0;
}

int64_t Rows::Int(int row, int column) const {
  // Behind NULL there are no bytes.
  if (PQgetlength(result_.get(), row, column) != sizeof(int64_t)) return 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(
      PQgetvalue(result_.get(), row, column));
  uint64_t bits = 0;
  for (size_t i = 0; i < sizeof(bits); ++i) bits = bits << 8 | bytes[i];
  return static_cast<int64_t>(bits);
}

std::string Rows::Bytes(int row, int column) const {
  return std::string(
      PQgetvalue(result_.get(), row, column),
      static_cast<size_t>(PQgetlength(result_.get(), row, column)));
}

bool Rows::IsNull(int row, int column) const {
  return PQgetisnull(result_.get(), row, column) != 0;
}

absl::Time Rows::Time(int row, int column) const {
  return StoredTime(Int(row, column));
}

absl::StatusOr<StreamId> Rows::Stream(int row, int column) const {
  return StoredStream(Bytes(row, column));
}

}  // namespace careroute::store::postgres
