#include "lib/catalogue/header.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace careroute::catalogue {
namespace {

// The header is looked for here only.
constexpr int kHeaderLinesMax = 20;

}  // namespace

absl::string_view MessageInHeader(absl::string_view content) {
  int line_number = 0;
  for (absl::string_view line : absl::StrSplit(content, '\n')) {
    if (++line_number > kHeaderLinesMax) {
      break;
    }
    line = absl::StripAsciiWhitespace(line);
    if (absl::ConsumePrefix(&line, "# proto-message:")) {
      return absl::StripAsciiWhitespace(line);
    }
  }
  return {};
}

}  // namespace careroute::catalogue
