// lib/api/internal/refusal_table.h: refusals in Russian, by message key.
//
// The English sentence is in the refusal itself. One key may stand under
// several English sentences, so a row says what is true of all of them. Keys
// that begin with "person." are in the table of lib/registry.

#ifndef CAREROUTE_LIB_API_INTERNAL_REFUSAL_TABLE_H_
#define CAREROUTE_LIB_API_INTERNAL_REFUSAL_TABLE_H_

#include <span>

#include "absl/strings/string_view.h"

namespace careroute::api::internal {

struct RefusalRow {
  absl::string_view key;
  absl::string_view ru;
};

// Ordered by key.
[[nodiscard]] std::span<const RefusalRow> RefusalTable();

}  // namespace careroute::api::internal

#endif  // CAREROUTE_LIB_API_INTERNAL_REFUSAL_TABLE_H_
