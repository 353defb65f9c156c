// lib/picture/internal/dot.h: sheets with their places as text for Graphviz.

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_DOT_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_DOT_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "lib/picture/internal/sheets.h"

namespace careroute::picture::internal {

// One below the other, each at the size of its paper. Everything that comes
// from a pathway or a case is escaped: no text of theirs can become an
// attribute, a node or markup.
[[nodiscard]] std::string WriteDot(absl::Span<const Sheet> sheets);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_DOT_H_
