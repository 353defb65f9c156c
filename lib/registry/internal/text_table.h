// lib/registry/internal/text_table.h: sentences of the registry by key.

#ifndef CAREROUTE_LIB_REGISTRY_INTERNAL_TEXT_TABLE_H_
#define CAREROUTE_LIB_REGISTRY_INTERNAL_TEXT_TABLE_H_

#include <span>

#include "absl/strings/string_view.h"

namespace careroute::registry::internal {

// {0}, {1} stand for arguments.
struct TextRow {
  absl::string_view key;
  absl::string_view ru;
  absl::string_view en;
};

// Ordered by key.
[[nodiscard]] std::span<const TextRow> TextTable();

}  // namespace careroute::registry::internal

#endif  // CAREROUTE_LIB_REGISTRY_INTERNAL_TEXT_TABLE_H_
