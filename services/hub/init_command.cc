#include <memory>
#include <string>
#include <vector>

#include "lib/base/real_clock.h"
#include "lib/base/real_random.h"
#include "services/hub/commands.h"
#include "services/hub/init.h"

namespace careroute::services {
namespace {

struct InitFlags {
  std::string folder = ".";
  std::string hub_id = "hub";
  std::string grpc_address = "127.0.0.1:7400";
  bool development = false;
  std::vector<std::string> overlays;
};

int RunInit(const InitFlags& flags, const CommandRun& run) {
  base::RealRandom random;
  const absl::Status made = InitHub({.random = random,
                                     .now = base::RealClock().Now(),
                                     .folder = flags.folder,
                                     .hub_id = flags.hub_id,
                                     .grpc_address = flags.grpc_address,
                                     .development = flags.development,
                                     .overlays = flags.overlays});
  if (!made.ok()) return run.Fail(made);
  run.out() << "made " << flags.folder << "/" << kConfigName << " and "
            << flags.folder << "/" << kKeyRingName
            << "\nserve with: careroute hub --config " << flags.folder << "/"
            << kConfigName << "\n";
  return kExitDone;
}

}  // namespace

void AddInitCommand(CLI::App& app, CommandRun& run) {
  CLI::App& init = *app.add_subcommand(
      "init", "Make a key-ring and a configuration; overwrites nothing");
  const auto flags = std::make_shared<InitFlags>();
  init.add_option("folder", flags->folder, "where to put them")
      ->capture_default_str();
  init.add_option("--hub-id,--hub_id", flags->hub_id, "id of the hub")
      ->capture_default_str();
  init.add_option("--grpc-address,--grpc_address", flags->grpc_address,
                  "host and port of the gRPC door")
      ->capture_default_str();
  init.add_flag("--development", flags->development,
                "say that every local process may act as anybody");
  init.add_option("--overlays", flags->overlays,
                  "overlay to publish at start; repeatable")
      ->allow_extra_args(false);
  run.OnParsed(init, [flags, &run] { return RunInit(*flags, run); });
}

}  // namespace careroute::services
