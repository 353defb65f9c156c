// services/command/screen.h: where the command writes: how wide, with colours
// or without.
//
//   const Screen screen = ScreenOfStdout();
//   std::cout << Paint(screen, Style::kOverdue, "overdue");

#ifndef CAREROUTE_SERVICES_COMMAND_SCREEN_H_
#define CAREROUTE_SERVICES_COMMAND_SCREEN_H_

#include <string>

#include "absl/strings/string_view.h"

namespace careroute::services {

// Narrower or wider tables than these nobody can read.
inline constexpr int kScreenWidthMin = 40;
inline constexpr int kScreenWidthMax = 200;
// Of pages that flow, where no terminal says.
inline constexpr int kPageWidth = 100;

struct Screen {
  // In columns; 0 = lists are not wrapped, pages are kPageWidth wide.
  int width = 0;
  bool colour = false;

  friend bool operator==(const Screen&, const Screen&) = default;
};

// Of standard output: the width of the terminal, colours unless NO_COLOR is
// set; plain when it is not a terminal.
[[nodiscard]] Screen ScreenOfStdout();

enum class Style {
  kPlain,
  kTitle,    // headings
  kDim,      // what is over, and asides
  kNow,      // what is being done
  kWarning,  // what stands still
  kError,    // what is late or must not be
  kNext,     // what is expected
};

// The text, coloured where the screen has colours. Padding is no part of it:
// pad first.
[[nodiscard]] std::string Paint(const Screen& screen, Style style,
                                absl::string_view text);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_SCREEN_H_
