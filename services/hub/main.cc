#include <iostream>

#include "services/command/command_line.h"
#include "services/hub/commands.h"

int main(int argc, char** argv) {
  return careroute::services::RunCommand(
      argc, argv,
      {.out = std::cout,
       .err = std::cerr,
       .screen = careroute::services::ScreenOfStdout()},
      {careroute::services::AddInitCommand, careroute::services::AddHubCommand,
       careroute::services::AddSandboxCommand,
       careroute::services::AddMigrateCommand,
       careroute::services::AddFsckCommand,
       careroute::services::AddVerifyCommand,
       careroute::services::AddBackupCommand,
       careroute::services::AddRestoreCommand,
       careroute::services::AddKeysCommand,
       careroute::services::AddCertificatesCommand,
       careroute::services::AddGenerateCommand});
}
