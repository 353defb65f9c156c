#include <memory>
#include <utility>

#include "services/command/render_problems.h"
#include "services/hub/commands.h"
#include "services/hub/config_flags.h"
#include "services/hub/serve.h"

namespace careroute::services {
namespace {

int RunHub(const ConfigFlags& flags, const CommandRun& run) {
  base::Problems problems;
  config::v1::HubConfig config = flags.Load(problems);
  if (!problems.HasErrors()) CheckHubConfig(config, problems);
  if (problems.HasErrors()) {
    run.err() << RenderProblems(problems, Screen());
    return kExitUsage;
  }
  BlockStopSignals();
  const absl::Status served = ServeUntilStopped({.config = std::move(config)});
  return served.ok() ? kExitDone : run.Fail(served);
}

}  // namespace

void AddHubCommand(CLI::App& app, CommandRun& run) {
  CLI::App& hub = *app.add_subcommand(
      "hub", "Serve; make a configuration with `careroute init` first");
  const auto flags = std::make_shared<ConfigFlags>(hub);
  run.OnParsed(hub, [flags, &run] { return RunHub(*flags, run); });
}

}  // namespace careroute::services
