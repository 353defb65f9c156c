// services/command/text_width.h: how wide a text stands on a terminal.
//
// Cyrillic takes one column a letter though two bytes, an ideograph two
// columns, an accent none. What comes from a hub was typed by somebody: control
// characters in it must not reach a terminal.
//
//   Pad("шаг", 5);                          // "шаг  "
//   Wrap("первая встреча", 8);              // {"первая", "встреча"}

#ifndef CAREROUTE_SERVICES_COMMAND_TEXT_WIDTH_H_
#define CAREROUTE_SERVICES_COMMAND_TEXT_WIDTH_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace careroute::services {

// In columns; bytes that are not UTF-8 take one each.
[[nodiscard]] int TextWidth(absl::string_view text);

// The text on one line: control characters and line ends become spaces, bytes
// that are not UTF-8 become "?".
[[nodiscard]] std::string Clean(absl::string_view text);

// With spaces at the end up to `width`; the text itself when it is wider.
[[nodiscard]] std::string Pad(absl::string_view text, int width);

// Lines of at most `width` columns, broken between words, inside a word only
// when it is wider by itself. Cleaned. At least one line; width < 1 = one line.
[[nodiscard]] std::vector<std::string> Wrap(absl::string_view text, int width);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_TEXT_WIDTH_H_
