#include "lib/picture/internal/text_fit.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace careroute::picture::internal {
namespace {

// Letters of one width, in parts of the font size. Everything else is 0.53.
constexpr absl::string_view kNarrow = "iljtfrI.,:;'!|()[]/ -·гт";
constexpr absl::string_view kWide = "mwMWшщжюыфмШЩЖЮЫФМ—…@%";
constexpr absl::string_view kCapitals =
    "ABCDEFGHJKLNOPQRSTUVXYZАБВГДЕЁЗИЙКЛНОПРСТУХЦЧЬЭЯ№→↩";

size_t LetterBytes(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

double LetterWidth(absl::string_view letter) {
  const auto in = [letter](absl::string_view set) {
    return set.find(letter) != absl::string_view::npos;
  };
  if (in(kNarrow)) return 0.33;
  if (in(kWide)) return 0.80;
  return in(kCapitals) ? 0.68 : 0.53;
}

// What fits of a word that is too wide: at least one letter.
absl::string_view Head(absl::string_view word, const FitOptions& options) {
  size_t end = 0;
  double width = 0;
  while (end < word.size()) {
    const absl::string_view letter = word.substr(end, LetterBytes(word[end]));
    width += LetterWidth(letter) * options.font_size;
    if (end > 0 && width > options.width) break;
    end += letter.size();
  }
  return word.substr(0, end);
}

// Drops letters from the end until "…" fits behind the rest.
void Cut(std::string& line, const FitOptions& options) {
  while (!line.empty() &&
         TextWidth(line, options.font_size) > options.width - 8) {
    size_t last = line.size() - 1;
    while (last > 0 &&
           (static_cast<unsigned char>(line[last]) & 0xC0) == 0x80) {
      --last;
    }
    line.resize(last);
  }
  absl::StrAppend(&line, "…");
}

}  // namespace

double TextWidth(absl::string_view text, double font_size) {
  double width = 0;
  for (size_t at = 0; at < text.size();) {
    const absl::string_view letter = text.substr(at, LetterBytes(text[at]));
    width += LetterWidth(letter) * font_size;
    at += letter.size();
  }
  return width;
}

std::vector<std::string> FitText(absl::string_view text,
                                 const FitOptions& options) {
  std::vector<std::string> lines = {""};
  for (absl::string_view word : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    while (!word.empty()) {
      const std::string longer = lines.back().empty()
                                     ? std::string(word)
                                     : absl::StrCat(lines.back(), " ", word);
      if (TextWidth(longer, options.font_size) <= options.width) {
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
