// lib/api/internal/mend_table.h: what would mend it, in Russian.
//
// A mend has no key of its own, so it is found by its English sentence. One
// that names something (an id, a bound, a day) has no row and stays English.

#ifndef CAREROUTE_LIB_API_INTERNAL_MEND_TABLE_H_
#define CAREROUTE_LIB_API_INTERNAL_MEND_TABLE_H_

#include <span>

#include "absl/strings/string_view.h"

namespace careroute::api::internal {

struct MendRow {
  absl::string_view key;  // as Missing.mend or Problem.mend says it
  absl::string_view ru;
};

// Ordered by key.
[[nodiscard]] std::span<const MendRow> MendTable();

}  // namespace careroute::api::internal

#endif  // CAREROUTE_LIB_API_INTERNAL_MEND_TABLE_H_
