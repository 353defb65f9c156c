// services/command/picture_flags.h: --dot, --svg and --sheet of a sub-command.

#ifndef CAREROUTE_SERVICES_COMMAND_PICTURE_FLAGS_H_
#define CAREROUTE_SERVICES_COMMAND_PICTURE_FLAGS_H_

#include <initializer_list>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"
#include "lib/picture/draw.h"

namespace careroute::services {

// Holds the values while the command runs: must outlive the parsing.
class PictureFlags {
 public:
  // Both at once, or one with an option of `others`, are an error of the
  // command line. --sheet alone asks for SVG.
  void AddTo(CLI::App& sub, std::initializer_list<CLI::Option*> others);

  [[nodiscard]] bool asked() const { return dot_ || svg_ || sheet_ > 0; }

  // What to draw, in this language.
  [[nodiscard]] picture::DrawOptions Options(std::string language) const;

  // The picture as it was asked for. INVALID_ARGUMENT when it has no such
  // sheet.
  [[nodiscard]] absl::StatusOr<std::string> Print(
      const picture::Picture& picture) const;

 private:
  bool dot_ = false;
  bool svg_ = false;
  int sheet_ = 0;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_PICTURE_FLAGS_H_
