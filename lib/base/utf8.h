// lib/base/utf8.h: is this text?
//
// Asked of every string that comes from outside, before anything else looks at
// it: protobuf's own check covers `string` fields only, and only when parsing.
//
//   if (!base::IsValidUtf8(text)) {
//     problems.Error("text", "NOT_UTF8", "is not UTF-8", "send UTF-8");
//   }

#ifndef CAREROUTE_LIB_BASE_UTF8_H_
#define CAREROUTE_LIB_BASE_UTF8_H_

#include "absl/strings/string_view.h"

namespace careroute::base {

// True for well-formed UTF-8 as in table 3-7 of the Unicode Standard: no
// surrogates, no over-long forms, nothing above U+10FFFF, nothing cut off.
// U+0000 is a character like any other. Thread-safe.
[[nodiscard]] bool IsValidUtf8(absl::string_view bytes);

}  // namespace careroute::base

#endif  // CAREROUTE_LIB_BASE_UTF8_H_
