#include "lib/store/postgres/internal/rows.h"

#include <cstddef>
#include <limits>

#include "absl/strings/numbers.h"

namespace careroute::store::postgres {
namespace {

// The instants outside 64 bits, which absl saturates to.
constexpr int64_t kFuture = std::numeric_limits<int64_t>::max();
constexpr int64_t kPast = std::numeric_limits<int64_t>::min();

}  // namespace

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
  const int64_t micros = Int(row, column);
  if (micros == kFuture) return absl::InfiniteFuture();
  return micros == kPast ? absl::InfinitePast() : absl::FromUnixMicros(micros);
}

absl::StatusOr<StreamId> Rows::Stream(int row, int column) const {
  absl::StatusOr<StreamId> stream = StreamIdFromBytes(Bytes(row, column));
  if (!stream.ok()) {
    return absl::DataLossError(
        "the event store holds a row of no known stream; restore a backup");
  }
  return stream;
}

}  // namespace careroute::store::postgres
