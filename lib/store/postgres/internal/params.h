// lib/store/postgres/internal/params.h: the values of one statement.
//
//   db.Run(kSelectHead, Params(stream, version));
//
// Values travel in PostgreSQL's binary form: numbers and times as bigint (times
// in microseconds since 1970 UTC, as in every backend), everything else as
// bytea, but for Text.

#ifndef CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_PARAMS_H_
#define CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_PARAMS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "lib/store/stream_id.h"

namespace careroute::store::postgres {

// A value of type text instead of bytea.
struct Text {
  absl::string_view value;
};

// Strings are not copied: they must live until the statement was sent, which
// is why a temporary one does not compile.
class Params {
 public:
  template <typename... Values>
  explicit Params(Values&&... values) {
    places_.reserve(sizeof...(values));
    (Add(std::forward<Values>(values)), ...);
  }

  // What libpq asks for, one entry a value. Valid while this object stays
  // where it is.
  struct Wire {
    std::vector<unsigned int> types;
    std::vector<const char*> values;
    std::vector<int> lengths;
    std::vector<int> formats;
  };
  [[nodiscard]] Wire ToWire() const;

 private:
  struct Place {
    unsigned int type = 0;
    // Bytes of the caller, or null for those below.
    const char* data = nullptr;
    int size = 0;  // negative: NULL
    std::array<char, kStreamIdSize> own = {};
  };

  void Add(int64_t value);
  void Add(int32_t value) { Add(static_cast<int64_t>(value)); }
  void Add(absl::string_view bytes);
  void Add(const std::string& bytes) { Add(absl::string_view(bytes)); }
  void Add(std::string&& bytes) = delete;
  void Add(Text text);
  void Add(absl::Time value);
  void Add(const StreamId& value);
  void Add(const std::optional<std::string>& value);
  void Add(std::optional<std::string>&& value) = delete;

  std::vector<Place> places_;
};

}  // namespace careroute::store::postgres

#endif  // CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_PARAMS_H_
