// lib/base/clip.h: the beginning of a text that somebody else made long.
//
// What repeats its input, such as the message of a parser, may be as long as
// that input was.
//
//   problem.message = base::Clip(message, 300);

#ifndef CAREROUTE_LIB_BASE_CLIP_H_
#define CAREROUTE_LIB_BASE_CLIP_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace careroute::base {

// The text, or as many of its first `bytes` as are whole characters of UTF-8,
// and "..." after them.
[[nodiscard]] std::string Clip(absl::string_view text, size_t bytes);

}  // namespace careroute::base

#endif  // CAREROUTE_LIB_BASE_CLIP_H_
