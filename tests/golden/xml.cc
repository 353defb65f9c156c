#include "tests/golden/xml.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace careroute::tests {
namespace {

// Skips to behind `end`; false when there is none.
bool SkipBehind(absl::string_view& text, absl::string_view end) {
  const size_t at = text.find(end);
  if (at == absl::string_view::npos) return false;
  text.remove_prefix(at + end.size());
  return true;
}

// Every "&" begins the name or number of a letter.
bool AmpersandsAreEscaped(absl::string_view text) {
  for (size_t at = text.find('&'); at != absl::string_view::npos;
       at = text.find('&', at + 1)) {
    size_t end = at + 1;
    if (end < text.size() && text[end] == '#') ++end;
    const size_t first = end;
    while (end < text.size() &&
           absl::ascii_isalnum(static_cast<unsigned char>(text[end]))) {
      ++end;
    }
    if (end == first || end == text.size() || text[end] != ';') return false;
  }
  return true;
}

// name="value", any number of times.
bool AttributesAreQuoted(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  while (!text.empty()) {
    const size_t equals = text.find("=\"");
    if (equals == 0 || equals == absl::string_view::npos) return false;
    text.remove_prefix(equals + 2);
    const size_t end = text.find('"');
    if (end == absl::string_view::npos) return false;
    if (!AmpersandsAreEscaped(text.substr(0, end))) return false;
    text = absl::StripLeadingAsciiWhitespace(text.substr(end + 1));
  }
  return true;
}

}  // namespace

std::string XmlProblem(absl::string_view text) {
  std::vector<std::string> open;
  while (true) {
    const size_t bracket = text.find('<');
    if (!AmpersandsAreEscaped(text.substr(0, bracket))) {
      return "an ampersand that is not escaped";
    }
    if (bracket == absl::string_view::npos) break;
    text.remove_prefix(bracket + 1);
    if (absl::ConsumePrefix(&text, "!--")) {
      if (!SkipBehind(text, "-->")) return "a comment without an end";
      continue;
    }
    if (absl::StartsWith(text, "?") || absl::StartsWith(text, "!")) {
      if (!SkipBehind(text, ">")) return "a declaration without an end";
      continue;
    }
    const size_t end = text.find('>');
    if (end == absl::string_view::npos) return "a tag without an end";
    absl::string_view tag = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (absl::ConsumePrefix(&tag, "/")) {
      if (open.empty() || open.back() != tag) {
        return absl::StrCat("closes ", tag, ", which is not open");
      }
      open.pop_back();
      continue;
    }
    const bool alone = absl::ConsumeSuffix(&tag, "/");
    const absl::string_view name = tag.substr(0, tag.find_first_of(" \n"));
    if (!AttributesAreQuoted(tag.substr(name.size()))) {
      return absl::StrCat("attributes of ", name, " are not well-formed");
    }
    if (!alone) open.emplace_back(name);
  }
  return open.empty() ? "" : absl::StrCat(open.back(), " is not closed");
}

}  // namespace careroute::tests
