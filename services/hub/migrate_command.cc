#include <memory>
#include <string>
#include <vector>

#include "lib/base/real_clock.h"
#include "lib/base/status_macros.h"
#include "lib/store/postgres/postgres_store.h"
#include "lib/store/sqlite/sqlite_store.h"
#include "services/command/render_problems.h"
#include "services/hub/commands.h"
#include "services/hub/config_flags.h"
#include "services/hub/hub_config.h"

namespace careroute::services {
namespace {

using config::v1::HubConfig;

constexpr int kPartitionsMax = 1024;

struct MigrateFlags {
  explicit MigrateFlags(CLI::App& command) : config(command) {
    command.add_flag("--dry-run", dry_run,
                     "print the statements and change nothing");
    command
        .add_option("--partitions", partitions,
                    "parts a new database's tables are split into by stream; "
                    "0 = none")
        ->check(CLI::Range(0, kPartitionsMax));
  }
  ConfigFlags config;
  bool dry_run = false;
  int partitions = 0;
};

absl::StatusOr<std::vector<std::string>> Plan(const HubConfig& config,
                                              int partitions) {
  const std::string address = PostgresAddressOf(config);
  return address.empty() ? store::PlanSqliteMigration(SqlitePathOf(config))
                         : store::PlanPostgresMigration(
                               {.address = address, .partitions = partitions});
}

absl::Status Migrate(const HubConfig& config, int partitions) {
  const std::string address = PostgresAddressOf(config);
  return address.empty() ? store::MigrateSqlite(SqlitePathOf(config),
                                                base::RealClock().Now())
                         : store::MigratePostgres(
                               {.address = address, .partitions = partitions});
}

void CheckFlags(const MigrateFlags& flags, const HubConfig& config,
                base::Problems& problems) {
  if (!IsDurable(config)) {
    problems.Error("store", "NO_FILE", "names nothing to migrate",
                   "give --config, or --store sqlite:PATH or postgresql://...");
  } else if (flags.partitions > 0 && PostgresAddressOf(config).empty()) {
    problems.Error("partitions", "NO_PARTITIONS",
                   "only a database has tables to split",
                   "leave it out, or name a store postgresql://...");
  }
}

int RunMigrate(const MigrateFlags& flags, const CommandRun& run) {
  base::Problems problems;
  const HubConfig config = flags.config.Load(problems);
  if (!problems.HasErrors()) CheckFlags(flags, config, problems);
  if (problems.HasErrors()) {
    run.err() << RenderProblems(problems, Screen());
    return kExitUsage;
  }
  const absl::StatusOr<std::vector<std::string>> plan =
      Plan(config, flags.partitions);
  if (!plan.ok()) return run.Fail(plan.status());
  if (plan->empty()) {
    run.err() << "nothing to do: the store has this release's schema\n";
    return kExitDone;
  }
  if (flags.dry_run) {
    for (const std::string& step : *plan) run.out() << step << "\n";
    return kExitDone;
  }
  const absl::Status migrated = Migrate(config, flags.partitions);
  if (!migrated.ok()) return run.Fail(migrated);
  run.err() << "the store has this release's schema now\n";
  return kExitDone;
}

}  // namespace

void AddMigrateCommand(CLI::App& app, CommandRun& run) {
  CLI::App& migrate = *app.add_subcommand(
      "migrate",
      "Bring the store to this release's schema, or show how with --dry-run; "
      "only forward, all or nothing");
  const auto flags = std::make_shared<MigrateFlags>(migrate);
  run.OnParsed(migrate, [flags, &run] { return RunMigrate(*flags, run); });
}

}  // namespace careroute::services
