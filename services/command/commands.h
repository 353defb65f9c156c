// services/command/commands.h: the sub-commands of this folder.
//
// Each declares its flags and what it does; see command_line.h.

#ifndef CAREROUTE_SERVICES_COMMAND_COMMANDS_H_
#define CAREROUTE_SERVICES_COMMAND_COMMANDS_H_

#include "services/command/command_line.h"

namespace careroute::services {

void AddRouteCommand(CLI::App& app, CommandRun& run);
void AddCasesCommand(CLI::App& app, CommandRun& run);
void AddQueueCommand(CLI::App& app, CommandRun& run);
void AddWorkloadCommand(CLI::App& app, CommandRun& run);
void AddAbsenceCommand(CLI::App& app, CommandRun& run);
void AddHandOverCaseCommand(CLI::App& app, CommandRun& run);
void AddHandOverCommand(CLI::App& app, CommandRun& run);
void AddAcceptPostsCommand(CLI::App& app, CommandRun& run);
void AddDismissCommand(CLI::App& app, CommandRun& run);
void AddEmergencyCommand(CLI::App& app, CommandRun& run);
void AddCheckCommand(CLI::App& app, CommandRun& run);
void AddScoreCommand(CLI::App& app, CommandRun& run);
void AddCompareCommand(CLI::App& app, CommandRun& run);
void AddMoveCommand(CLI::App& app, CommandRun& run);
void AddPeersCommand(CLI::App& app, CommandRun& run);
void AddMockAgencyCommand(CLI::App& app, CommandRun& run);
void AddImportCommand(CLI::App& app, CommandRun& run);
void AddCompletionCommand(CLI::App& app, CommandRun& run);

// `import persons` and `import cases`, below `import`.
void AddImportRows(CLI::App& import, CommandRun& run);

// All of them, in the order of the help.
inline void AddOwnCommands(CLI::App& app, CommandRun& run) {
  AddRouteCommand(app, run);
  AddCasesCommand(app, run);
  AddQueueCommand(app, run);
  AddWorkloadCommand(app, run);
  AddAbsenceCommand(app, run);
  AddHandOverCommand(app, run);
  AddHandOverCaseCommand(app, run);
  AddAcceptPostsCommand(app, run);
  AddDismissCommand(app, run);
  AddEmergencyCommand(app, run);
  AddCheckCommand(app, run);
  AddScoreCommand(app, run);
  AddCompareCommand(app, run);
  AddMoveCommand(app, run);
  AddPeersCommand(app, run);
  AddMockAgencyCommand(app, run);
  AddImportCommand(app, run);
  AddCompletionCommand(app, run);
}

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_COMMANDS_H_
