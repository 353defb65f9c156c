#include "lib/store/postgres/internal/params.h"

#include <algorithm>
#include <cstddef>

namespace careroute::store::postgres {
namespace {

// The ids of these types are fixed in PostgreSQL's catalogue.
constexpr unsigned int kByteaType = 17;
constexpr unsigned int kBigintType = 20;
constexpr unsigned int kTextType = 25;

constexpr int kBinary = 1;
constexpr int kNull = -1;

}  // namespace

void Params::Add(int64_t value) {
  Place place{.type = kBigintType, .size = sizeof(value)};
  const auto bits = static_cast<uint64_t>(value);
  for (size_t i = 0; i < sizeof(value); ++i) {
    place.own[i] = static_cast<char>(bits >> (8 * (sizeof(value) - 1 - i)));
  }
  places_.push_back(place);
}

void Params::Add(absl::string_view bytes) {
  // A view of nothing may hold a null pointer, which would mean `own`.
  places_.push_back({.type = kByteaType,
                     .data = bytes.empty() ? "" : bytes.data(),
                     .size = static_cast<int>(bytes.size())});
}

void Params::Add(Text text) {
  Add(text.value);
  places_.back().type = kTextType;
}

void Params::Add(absl::Time value) { Add(absl::ToUnixMicros(value)); }

void Params::Add(const StreamId& value) {
  Place place{.type = kByteaType, .size = kStreamIdSize};
  const std::string bytes = value.Bytes();
  std::copy(bytes.begin(), bytes.end(), place.own.begin());
  places_.push_back(place);
}

void Params::Add(const std::optional<std::string>& value) {
  if (value.has_value()) {
    Add(absl::string_view(*value));
  } else {
    places_.push_back({.type = kByteaType, .size = kNull});
  }
}

Params::Wire Params::ToWire() const {
  Wire wire;
  wire.types.reserve(places_.size());
  wire.values.reserve(places_.size());
  wire.lengths.reserve(places_.size());
  for (const Place& place : places_) {
    wire.types.push_back(place.type);
    if (place.size < 0) {
      wire.values.push_back(nullptr);
      wire.lengths.push_back(0);
    } else {
      wire.values.push_back(place.data != nullptr ? place.data
                                                  : place.own.data());
      wire.lengths.push_back(place.size);
    }
  }
  wire.formats.assign(places_.size(), kBinary);
  return wire;
}

}  // namespace careroute::store::postgres
