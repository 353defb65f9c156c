// services/command/completion.h: what a shell may complete, from the tree of
// sub-commands itself, so that it can never lag behind.
//
//   source <(careroute completion bash)

#ifndef CAREROUTE_SERVICES_COMMAND_COMPLETION_H_
#define CAREROUTE_SERVICES_COMMAND_COMPLETION_H_

#include <string>

#include "CLI/CLI.hpp"

namespace careroute::services {

enum class Shell { kBash, kZsh, kFish };

// A script for the shell: sub-commands and flags at each level, files after
// anything else.
[[nodiscard]] std::string CompletionScript(const CLI::App& app, Shell shell);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_COMPLETION_H_
