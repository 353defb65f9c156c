#include <memory>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "lib/base/real_clock.h"
#include "lib/base/status_macros.h"
#include "services/command/render_problems.h"
#include "services/core/hub_rules.h"
#include "services/hub/commands.h"
#include "services/hub/config_flags.h"
#include "services/hub/sandbox_config.h"
#include "services/hub/serve.h"

namespace careroute::services {
namespace {

struct SandboxFlags {
  explicit SandboxFlags(CLI::App& command) : config(command) {
    command.add_option("--start", start,
                       "time of a new sandbox, such as "
                       "2025-03-03T09:00:00+10:00; else now");
  }
  ConfigFlags config;
  std::string start;
};

absl::Time StartOf(const SandboxFlags& flags, base::Problems& problems) {
  const absl::Time now = base::RealClock().Now();
  if (flags.start.empty()) return now;
  absl::Time start;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, flags.start, &start, &error)) {
    problems.Error("start", "NOT_A_TIME", "is no time",
                   "write it as 2025-03-03T09:00:00+10:00");
    return now;
  }
  return start;
}

absl::Status Serve(config::v1::HubConfig config, absl::Time start) {
  CAREROUTE_RETURN_IF_ERROR(MakeMissingKeyRing(config));
  BlockStopSignals();
  return ServeUntilStopped(
      {.config = std::move(config), .sandbox_start = start});
}

int RunSandbox(const SandboxFlags& flags, const CommandRun& run) {
  base::Problems problems;
  config::v1::HubConfig config = flags.config.Load(problems);
  const absl::Time start = StartOf(flags, problems);
  FillSandboxConfig(config);
  if (!problems.HasErrors()) CheckHubConfig(config, problems);
  if (problems.HasErrors()) {
    run.err() << RenderProblems(problems, Screen());
    return kExitUsage;
  }
  const absl::Status served = Serve(std::move(config), start);
  return served.ok() ? kExitDone : run.Fail(served);
}

}  // namespace

void AddSandboxCommand(CLI::App& app, CommandRun& run) {
  CLI::App& sandbox = *app.add_subcommand(
      "sandbox",
      "Serve on a virtual clock that ClockService moves, loopback only; in "
      "memory unless --store says otherwise");
  const auto flags = std::make_shared<SandboxFlags>(sandbox);
  run.OnParsed(sandbox, [flags, &run] { return RunSandbox(*flags, run); });
}

}  // namespace careroute::services
