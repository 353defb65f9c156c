#include "services/command/screen.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "lib/base/real_environment.h"

namespace careroute::services {
namespace {

absl::string_view CodeOf(Style style) {
  switch (style) {
    case Style::kPlain:
      break;
    case Style::kTitle:
      return "1";
    case Style::kDim:
      return "2";
    case Style::kNow:
      return "32";
    case Style::kWarning:
      return "33";
    case Style::kError:
      return "1;31";
    case Style::kNext:
      return "36";
  }
  return "";
}

}  // namespace

Screen ScreenOfStdout() {
  if (isatty(STDOUT_FILENO) == 0) return {};
  Screen screen{.width = kPageWidth,
                .colour = !base::RealEnvironment("NO_COLOR").has_value()};
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    screen.width = std::clamp(static_cast<int>(size.ws_col), kScreenWidthMin,
                              kScreenWidthMax);
  }
  return screen;
}

std::string Paint(const Screen& screen, Style style, absl::string_view text) {
  const absl::string_view code = CodeOf(style);
  if (!screen.colour || code.empty() || text.empty()) return std::string(text);
  return absl::StrCat("\x1b[", code, "m", text, "\x1b[0m");
}

}  // namespace careroute::services
