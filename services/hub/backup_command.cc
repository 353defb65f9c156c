#include <memory>
#include <string>

#include "lib/base/real_clock.h"
#include "lib/base/real_random.h"
#include "lib/base/uid.h"
#include "lib/store/sqlite/backup.h"
#include "services/command/progress.h"
#include "services/command/render_problems.h"
#include "services/hub/commands.h"
#include "services/hub/config_flags.h"
#include "services/hub/restore.h"

namespace careroute::services {
namespace {

struct BackupFlags {
  explicit BackupFlags(CLI::App& command) : config(command) {
    command.add_option("FOLDER", folder, "Of the backup")->required();
  }
  ConfigFlags config;
  std::string folder;
};

// The configuration, or that it names no store; then the problems are said.
config::v1::HubConfig LoadWithStore(const BackupFlags& flags,
                                    base::Problems& problems) {
  config::v1::HubConfig config = flags.config.Load(problems);
  if (!problems.HasErrors() && SqlitePathOf(config).empty()) {
    problems.Error("store", "NO_FILE", "names no file",
                   "give --config, or --store sqlite:PATH");
  }
  return config;
}

int Refuse(const base::Problems& problems, const CommandRun& run) {
  run.err() << RenderProblems(problems, Screen());
  return kExitUsage;
}

int BackUp(const BackupFlags& flags, const CommandRun& run) {
  base::Problems problems;
  const config::v1::HubConfig config = LoadWithStore(flags, problems);
  if (problems.HasErrors()) return Refuse(problems, run);
  base::RealRandom random;
  absl::Status made;
  {
    ProgressLine line(run, "copied");
    made = store::BackUpSqlite(
        {.database = SqlitePathOf(config),
         .folder = flags.folder,
         .backup_uid = base::NewUid(random),
         .now = base::RealClock().Now(),
         .progress = [&line](int64_t copied, int64_t total) {
           line.Show(copied, total);
         }});
  }
  if (!made.ok()) return run.Fail(made);
  run.out() << "made " << flags.folder << "/" << store::kBackupStore << " and "
            << flags.folder << "/" << store::kBackupKeys
            << "; keep the two apart, and the key-ring apart from both\n";
  return kExitDone;
}

int Restore(const BackupFlags& flags, const CommandRun& run) {
  base::Problems problems;
  const config::v1::HubConfig config = LoadWithStore(flags, problems);
  if (!problems.HasErrors()) CheckHubConfig(config, problems);
  if (problems.HasErrors()) return Refuse(problems, run);
  absl::StatusOr<Restored> restored;
  {
    ProgressLine line(run, "put back");
    restored = RestoreHub({.config = config,
                           .folder = flags.folder,
                           .progress = [&line](int64_t copied, int64_t total) {
                             line.Show(copied, total);
                           }});
  }
  if (!restored.ok()) return run.Fail(restored.status());
  run.out() << "put back; erased again: " << restored->erased_again
            << " persons; epoch " << restored->epoch << "\n";
  if (config.peers_size() > 0) {
    run.out() << "started, the hub asks its peers for what it told them since "
                 "the backup; `careroute peers` shows who has not answered\n";
  }
  return kExitDone;
}

}  // namespace

void AddBackupCommand(CLI::App& app, CommandRun& run) {
  CLI::App& backup = *app.add_subcommand(
      "backup",
      "Copy the store into a new folder, also while a hub serves it; the keys "
      "of persons go into a file of their own");
  const auto flags = std::make_shared<BackupFlags>(backup);
  run.OnParsed(backup, [flags, &run] { return BackUp(*flags, run); });
}

void AddRestoreCommand(CLI::App& app, CommandRun& run) {
  CLI::App& restore = *app.add_subcommand(
      "restore",
      "Put a backup back where there is no store, and erase again whoever was "
      "erased since, as the file STORE.erased says");
  const auto flags = std::make_shared<BackupFlags>(restore);
  run.OnParsed(restore, [flags, &run] { return Restore(*flags, run); });
}

}  // namespace careroute::services
