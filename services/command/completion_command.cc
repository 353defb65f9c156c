#include <map>
#include <memory>
#include <string>

#include "services/command/commands.h"
#include "services/command/completion.h"

namespace careroute::services {

void AddCompletionCommand(CLI::App& app, CommandRun& run) {
  CLI::App& sub = *app.add_subcommand(
      "completion",
      "Print a completion script: source <(careroute completion "
      "bash)");
  static const std::map<std::string, Shell> kShells = {
      {"bash", Shell::kBash}, {"zsh", Shell::kZsh}, {"fish", Shell::kFish}};
  const auto shell = std::make_shared<std::string>();
  sub.add_option("SHELL", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember(kShells));
  // The app is whole by the time the action runs: what other folders add is
  // completed too.
  run.OnParsed(sub, [&app, &run, shell]() -> int {
    run.out() << CompletionScript(app, kShells.at(*shell));
    return kExitDone;
  });
}

}  // namespace careroute::services
