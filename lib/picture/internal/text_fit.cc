#include "lib/picture/internal/text_fit.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "lib/picture/internal/letters.h"

namespace careroute::picture::internal {
namespace {

// Widths of letters in hundredths of the size of type, as DejaVu Sans has them:
// the widest of the common faces.
constexpr uint8_t kAscii[] = {  // from U+0020 to U+007E
    32,  41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34,
    64,  64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 54,
    100, 69, 69, 70, 77, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79,
    61,  79, 70, 64, 62, 74, 69, 99, 69, 62, 69, 40, 34, 40, 84, 50,
    50,  62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62,
    64,  64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84};
constexpr uint8_t kCyrillic[] = {  // from U+0410 to U+044F
    69, 69, 69, 61, 79, 64, 108, 65, 75,  75,  71, 76, 87, 76, 79,  76,
    61, 70, 62, 61, 87, 69, 78,  69, 107, 110, 84, 89, 69, 70, 108, 70,
    62, 62, 59, 53, 70, 62, 91,  54, 65,  65,  61, 64, 76, 66, 62,  66,
    64, 55, 59, 60, 86, 60, 69,  60, 92,  95,  71, 79, 59, 55, 85,  61};
// No letter or sign of any other alphabet is wider.
constexpr int kOther = 105;
// What stands where the number of a sheet may come: " (p. 12)".
constexpr int kSheetRoom = 380;

// Bold letters are wider.
constexpr double kBoldFactor = 1.14;

int HundredthsOf(int32_t letter) {
  if (letter >= 0x20 && letter <= 0x7E) return kAscii[letter - 0x20];
  if (letter >= 0x410 && letter <= 0x44F) return kCyrillic[letter - 0x410];
  switch (letter) {
    case kSheetMark:
      return kSheetRoom;
    case kNoBreakSpace:
      return kAscii[0];
    case 0x401:  // Ё
    case 0x451:  // ё
      return 64;
    default:
      return kOther;
  }
}

double WidthOf(absl::string_view text, const FitOptions& options) {
  return TextWidth(text, options.font_size, options.bold);
}

// What fits of a word that is too wide: at least one letter.
absl::string_view Head(absl::string_view word, const FitOptions& options) {
  size_t end = 0;
  for (const Letter& letter : LettersOf(word)) {
    const size_t next = end + letter.bytes.size();
    if (end > 0 && WidthOf(word.substr(0, next), options) > options.width) {
      break;
    }
    end = next;
  }
  return word.substr(0, end);
}

// Drops letters from the end until "…" fits behind the rest.
void Cut(std::string& line, const FitOptions& options) {
  constexpr absl::string_view kMore = "…";
  std::vector<Letter> letters = LettersOf(line);
  size_t kept = line.size();
  while (!letters.empty() && WidthOf(absl::StrCat(line.substr(0, kept), kMore),
                                     options) > options.width) {
    kept -= letters.back().bytes.size();
    letters.pop_back();
  }
  line = absl::StrCat(line.substr(0, kept), kMore);
}

}  // namespace

double TextWidth(absl::string_view text, double font_size, bool bold) {
  int hundredths = 0;
  for (const Letter& letter : LettersOf(text)) {
    hundredths += HundredthsOf(letter.code);
  }
  return hundredths * font_size / 100 * (bold ? kBoldFactor : 1.0);
}

std::vector<std::string> FitText(absl::string_view text,
                                 const FitOptions& options) {
  std::vector<std::string> lines = {""};
  for (absl::string_view word : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    while (!word.empty() && lines.size() <= options.lines_max) {
      const std::string longer = lines.back().empty()
                                     ? std::string(word)
                                     : absl::StrCat(lines.back(), " ", word);
      if (WidthOf(longer, options) <= options.width) {
        lines.back() = longer;
        break;
      }
      if (lines.back().empty()) {
        const absl::string_view head = Head(word, options);
        lines.back() = std::string(head);
        word.remove_prefix(head.size());
        if (word.empty()) break;
      }
      lines.emplace_back();
    }
  }
  if (lines.size() > options.lines_max) {
    lines.resize(options.lines_max);
    Cut(lines.back(), options);
  }
  return lines;
}

}  // namespace careroute::picture::internal
