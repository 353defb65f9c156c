#include "lib/base/plain_text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/match.h"
#include "lib/base/utf8.h"

namespace careroute::base {
namespace {

struct Range {
  uint32_t first;
  uint32_t last;
};

// In order. What is not a tab or line feed and yet not seen.
constexpr Range kUnseen[] = {
    {0x0000, 0x0008},    // control characters
    {0x000b, 0x001f},    //
    {0x007f, 0x009f},    // delete, and the second set of controls
    {0x061c, 0x061c},    // Arabic letter mark: direction
    {0x180e, 0x180e},    // Mongolian vowel separator
    {0x200b, 0x200b},    // space of no width
    {0x200e, 0x200f},    // direction
    {0x2028, 0x202e},    // line and paragraph separators, direction
    {0x2060, 0x206f},    // word joiner, invisible operators, direction
    {0xfdd0, 0xfdef},    // no characters
    {0xfeff, 0xfeff},    // byte order mark
    {0xfff0, 0xfffb},    // not assigned, interlinear notes
    {0xfffe, 0xffff},    // no characters
    {0xe0000, 0xe0fff},  // tags
};

// The code point that begins at `at` of valid UTF-8; moves behind it.
uint32_t Next(absl::string_view text, size_t& at) {
  const auto byte = [&text](size_t i) {
    return static_cast<uint32_t>(static_cast<unsigned char>(text[i]));
  };
  const uint32_t lead = byte(at++);
  if (lead < 0x80) return lead;
  const size_t following = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
  uint32_t point = lead & (0x3fU >> following);
  for (size_t i = 0; i < following; ++i) {
    point = point << 6 | (byte(at++) & 0x3fU);
  }
  return point;
}

bool IsUnseen(uint32_t point) {
  if ((point & 0xfffe) == 0xfffe) return true;  // no character of any plane
  const Range* range = std::lower_bound(
      std::begin(kUnseen), std::end(kUnseen), point,
      [](const Range& one, uint32_t value) { return one.last < value; });
  return range != std::end(kUnseen) && range->first <= point;
}

}  // namespace

bool IsPlainText(absl::string_view text) {
  if (!IsValidUtf8(text)) return false;
  for (size_t at = 0; at < text.size();) {
    if (IsUnseen(Next(text, at))) return false;
  }
  return true;
}

bool IsBlank(absl::string_view text) {
  // ASCII white space, and the space that does not break.
  for (size_t at = 0; at < text.size();) {
    const absl::string_view rest = text.substr(at);
    if (absl::StartsWith(rest, "\xc2\xa0")) {
      at += 2;
    } else if (rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\n') {
      at += 1;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace careroute::base
