// lib/api/internal/problem_table.h: problems of requests in Russian, by reason.
//
// Reasons that only files of a catalogue are given are not here: who writes
// those files reads what `check` says in English.

#ifndef CAREROUTE_LIB_API_INTERNAL_PROBLEM_TABLE_H_
#define CAREROUTE_LIB_API_INTERNAL_PROBLEM_TABLE_H_

#include <span>

#include "absl/strings/string_view.h"

namespace careroute::api::internal {

struct ProblemRow {
  absl::string_view key;
  absl::string_view ru;
  // The message says what this row cannot: a number, a name, or which of many
  // things the reason stands for.
  bool needs_message = false;
};

// Ordered by key.
[[nodiscard]] std::span<const ProblemRow> ProblemTable();

}  // namespace careroute::api::internal

#endif  // CAREROUTE_LIB_API_INTERNAL_PROBLEM_TABLE_H_
