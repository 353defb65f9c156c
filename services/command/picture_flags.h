// services/command/picture_flags.h: --dot and --svg of a sub-command.

#ifndef CAREROUTE_SERVICES_COMMAND_PICTURE_FLAGS_H_
#define CAREROUTE_SERVICES_COMMAND_PICTURE_FLAGS_H_

#include <initializer_list>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"

namespace careroute::services {

// Holds the values while the command runs: must outlive the parsing.
class PictureFlags {
 public:
  // Both at once, or one with an option of `others`, are an error of the
  // command line.
  void AddTo(CLI::App& sub, std::initializer_list<CLI::Option*> others);

  [[nodiscard]] bool asked() const { return dot_ || svg_; }

  // The picture as it was asked for.
  [[nodiscard]] absl::StatusOr<std::string> Print(const std::string& dot) const;

 private:
  bool dot_ = false;
  bool svg_ = false;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_PICTURE_FLAGS_H_
