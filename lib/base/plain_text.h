// lib/base/plain_text.h: does a text read as it is stored?
//
// A title that turns the direction of writing, hides a character or moves the
// cursor of a terminal says one thing to a person and another to a program. No
// text of ours needs that, so whatever holds such a character is refused where
// it comes in:
//
//   if (!base::IsPlainText(text)) {
//     problems.Error("text", "NOT_TEXT", "holds a character nobody sees",
//                    "remove it");
//   }

#ifndef CAREROUTE_LIB_BASE_PLAIN_TEXT_H_
#define CAREROUTE_LIB_BASE_PLAIN_TEXT_H_

#include "absl/strings/string_view.h"

namespace careroute::base {

// True for valid UTF-8 without control characters (tab and line feed are
// allowed), without marks that turn the direction of writing, without
// characters that Unicode has shown as nothing (soft hyphens, the two joiners
// and variation selectors are allowed: some scripts cannot be written without
// them), and without code points that are no characters. Thread-safe.
[[nodiscard]] bool IsPlainText(absl::string_view text);

// True when nothing but white space of any script is there, or nothing at all.
// A title of spaces is as good as none. Not UTF-8 is not blank. Thread-safe.
[[nodiscard]] bool IsBlank(absl::string_view text);

}  // namespace careroute::base

#endif  // CAREROUTE_LIB_BASE_PLAIN_TEXT_H_
