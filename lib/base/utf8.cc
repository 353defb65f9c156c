#include "lib/base/utf8.h"

#include <cstddef>
#include <cstdint>

namespace careroute::base {
namespace {

// What a first byte promises: how many bytes follow, and between which values
// the first of them lies (the others lie between 0x80 and 0xbf).
struct Lead {
  size_t following = 0;
  uint8_t second_min = 0x80;
  uint8_t second_max = 0xbf;
  bool valid = true;
};

Lead LeadOf(uint8_t byte) {
  if (byte < 0x80) return {.following = 0};
  if (byte < 0xc2) return {.valid = false};  // continuation, or over-long
  if (byte < 0xe0) return {.following = 1};
  if (byte == 0xe0) return {.following = 2, .second_min = 0xa0};  // over-long
  if (byte == 0xed) return {.following = 2, .second_max = 0x9f};  // surrogates
  if (byte < 0xf0) return {.following = 2};
  if (byte == 0xf0) return {.following = 3, .second_min = 0x90};  // over-long
  if (byte < 0xf4) return {.following = 3};
  if (byte == 0xf4) return {.following = 3, .second_max = 0x8f};  // > U+10FFFF
  return {.valid = false};
}

}  // namespace

bool IsValidUtf8(absl::string_view bytes) {
  size_t at = 0;
  while (at < bytes.size()) {
    const Lead lead = LeadOf(static_cast<uint8_t>(bytes[at]));
    if (!lead.valid || bytes.size() - at <= lead.following) {
      return false;
    }
    for (size_t i = 1; i <= lead.following; ++i) {
      const auto byte = static_cast<uint8_t>(bytes[at + i]);
      const uint8_t min = i == 1 ? lead.second_min : uint8_t{0x80};
      const uint8_t max = i == 1 ? lead.second_max : uint8_t{0xbf};
      if (byte < min || byte > max) {
        return false;
      }
    }
    at += 1 + lead.following;
  }
  return true;
}

}  // namespace careroute::base
