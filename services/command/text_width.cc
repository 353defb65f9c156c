#include "services/command/text_width.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "unicode/uchar.h"
#include "unicode/utf8.h"

namespace careroute::services {
namespace {

int WidthOf(UChar32 c) {
  if (c < 0) return 1;
  switch (u_charType(c)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
      return 0;
    default:
      break;
  }
  const int wide = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
}

bool IsControl(UChar32 c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 ||
         // Marks that turn the direction of what follows.
         (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

// Walks the characters of a text.
class Characters {
 public:
  explicit Characters(absl::string_view text)
      : bytes_(reinterpret_cast<const uint8_t*>(text.data())),
        size_(static_cast<int32_t>(text.size())) {}

  // False at the end; `c` is negative for bytes that are not UTF-8.
  bool Next(UChar32& c, int32_t& begin) {
    if (at_ >= size_) return false;
    begin = at_;
    U8_NEXT(bytes_, at_, size_, c);
    return true;
  }
  [[nodiscard]] int32_t at() const { return at_; }

 private:
  const uint8_t* bytes_;
  int32_t size_;
  int32_t at_ = 0;
};

// Cuts a word that is wider than a line; the rest stays in `word`.
std::string TakeColumns(absl::string_view& word, int width) {
  Characters characters(word);
  UChar32 c = 0;
  int32_t begin = 0;
  int32_t end = 0;
  int taken = 0;
  while (characters.Next(c, begin)) {
    if (taken + WidthOf(c) > width && end > 0) break;
    taken += WidthOf(c);
    end = characters.at();
  }
  std::string head(word.substr(0, static_cast<size_t>(end)));
  word.remove_prefix(static_cast<size_t>(end));
  return head;
}

}  // namespace

int TextWidth(absl::string_view text) {
  Characters characters(text);
  UChar32 c = 0;
  int32_t begin = 0;
  int width = 0;
  while (characters.Next(c, begin)) width += WidthOf(c);
  return width;
}

std::string Clean(absl::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  Characters characters(text);
  UChar32 c = 0;
  int32_t begin = 0;
  while (characters.Next(c, begin)) {
    if (c < 0) {
      clean += '?';
    } else if (IsControl(c)) {
      clean += ' ';
    } else {
      clean.append(text.data() + begin,
                   static_cast<size_t>(characters.at() - begin));
    }
  }
  return clean;
}

std::string Pad(absl::string_view text, int width) {
  const int missing = width - TextWidth(text);
  return absl::StrCat(
      text, std::string(static_cast<size_t>(missing > 0 ? missing : 0), ' '));
}

std::vector<std::string> Wrap(absl::string_view text, int width) {
  const std::string clean = Clean(text);
  if (width < 1) return {clean};
  std::vector<std::string> lines;
  std::string line;
  for (absl::string_view word : absl::StrSplit(clean, ' ', absl::SkipEmpty())) {
    if (!line.empty() && TextWidth(line) + 1 + TextWidth(word) <= width) {
      absl::StrAppend(&line, " ", word);
      continue;
    }
    if (!line.empty()) lines.push_back(std::move(line));
    while (TextWidth(word) > width) {
      lines.push_back(TakeColumns(word, width));
    }
    line = std::string(word);
  }
  if (!line.empty() || lines.empty()) lines.push_back(std::move(line));
  return lines;
}

}  // namespace careroute::services
