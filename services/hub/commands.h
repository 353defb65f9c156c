// services/hub/commands.h: what the careroute command does to a hub itself.
//
//   hub       serve
//   sandbox   serve on a virtual clock, loopback only
//   init      make a key-ring and a configuration
//   migrate   bring the store to this release's schema
//   fsck      look whether every case is where it must be
//   verify    look whether every record is whole, also of a backup
//   backup    copy the store while it is served
//   restore   put a backup back, and erase again whom it does not know erased
//   keys      show the hub's own keys, make new ones
//   certificates  make certificates for tests and demonstrations
//   generate  fill a store with an invented caseload

#ifndef CAREROUTE_SERVICES_HUB_COMMANDS_H_
#define CAREROUTE_SERVICES_HUB_COMMANDS_H_

#include "CLI/CLI.hpp"
#include "services/command/command_line.h"

namespace careroute::services {

// Each adds its sub-command to `app`.
void AddHubCommand(CLI::App& app, CommandRun& run);
void AddSandboxCommand(CLI::App& app, CommandRun& run);
void AddInitCommand(CLI::App& app, CommandRun& run);
void AddMigrateCommand(CLI::App& app, CommandRun& run);
void AddFsckCommand(CLI::App& app, CommandRun& run);
void AddVerifyCommand(CLI::App& app, CommandRun& run);
void AddBackupCommand(CLI::App& app, CommandRun& run);
void AddRestoreCommand(CLI::App& app, CommandRun& run);
void AddKeysCommand(CLI::App& app, CommandRun& run);
void AddCertificatesCommand(CLI::App& app, CommandRun& run);
void AddGenerateCommand(CLI::App& app, CommandRun& run);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_COMMANDS_H_
