// lib/pathway/internal/reason_texts.h: the sentences of reasons in both
// languages.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_REASON_TEXTS_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_REASON_TEXTS_H_

#include "absl/strings/string_view.h"

namespace careroute::pathway::internal {

// The sentence for the key, with {names} to fill; the key itself when the table
// has none. Keys of enum values are their names, of built-in roles "role/ID".
[[nodiscard]] absl::string_view ReasonSentence(absl::string_view key,
                                               bool russian);

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_REASON_TEXTS_H_
