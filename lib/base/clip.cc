#include "lib/base/clip.h"

#include "absl/strings/str_cat.h"

namespace careroute::base {
namespace {

constexpr unsigned kMarkBits = 0xC0;
constexpr unsigned kFollows = 0x80;

bool FollowsAnother(char byte) {
  return (static_cast<unsigned char>(byte) & kMarkBits) == kFollows;
}

}  // namespace

std::string Clip(absl::string_view text, size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  while (bytes > 0 && FollowsAnother(text[bytes])) --bytes;
  return absl::StrCat(text.substr(0, bytes), "...");
}

}  // namespace careroute::base
