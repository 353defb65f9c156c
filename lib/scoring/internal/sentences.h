// lib/scoring/internal/sentences.h: what a score says, in Russian and English.

#ifndef CAREROUTE_LIB_SCORING_INTERNAL_SENTENCES_H_
#define CAREROUTE_LIB_SCORING_INTERNAL_SENTENCES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace careroute::scoring::internal {

// True for "ru" and "ru-RU".
[[nodiscard]] bool IsRussian(absl::string_view language);

// The sentence of the key with $0 to $9 filled; the key itself when the table
// has none.
[[nodiscard]] std::string Sentence(absl::string_view key, bool russian,
                                   absl::Span<const std::string> arguments);

}  // namespace careroute::scoring::internal

#endif  // CAREROUTE_LIB_SCORING_INTERNAL_SENTENCES_H_
