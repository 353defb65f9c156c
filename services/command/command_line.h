// services/command/command_line.h: the `careroute` command, put together.
//
//   int main(int argc, char** argv) {
//     return services::RunCommand(argc, argv,
//                                 {.out = std::cout, .err = std::cerr,
//                                  .screen = services::ScreenOfStdout()},
//                                 {AddHubCommands});
//   }
//
// A sub-command is a function that declares its flags and says what to do:
//
//   void AddVersion(CLI::App& app, CommandRun& run) {
//     CLI::App& sub = *app.add_subcommand("version", "Print the version");
//     run.OnParsed(sub, [&run] {
//       run.out() << "0.1.0\n";
//       return kExitDone;
//     });
//   }

#ifndef CAREROUTE_SERVICES_COMMAND_COMMAND_LINE_H_
#define CAREROUTE_SERVICES_COMMAND_COMMAND_LINE_H_

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/command/screen.h"

namespace careroute::services {

// Exit statuses of every sub-command; README.md has them in words.
enum ExitStatus : int {
  kExitDone = 0,         // done; nothing is wrong
  kExitFailed = 1,       // errors found, a file unreadable, the hub refused
  kExitUsage = 2,        // the command line is wrong
  kExitUnreachable = 3,  // no hub, or one that cannot answer
  kExitWarnings = 4,     // warnings found and no errors
};

// Where a command writes. Borrowed until RunCommand returns.
struct Terminal {
  std::ostream& out;
  std::ostream& err;
  Screen screen;
};

// What sub-commands share while the command runs. Not thread-safe.
class CommandRun {
 public:
  explicit CommandRun(const Terminal& terminal) : terminal_(terminal) {}

  [[nodiscard]] std::ostream& out() const { return terminal_.out; }
  [[nodiscard]] std::ostream& err() const { return terminal_.err; }
  [[nodiscard]] const Screen& screen() const { return terminal_.screen; }

  // `action` runs once the whole line is parsed and `sub` was chosen; what it
  // returns is the exit status.
  void OnParsed(CLI::App& sub, std::function<int()> action);
  // The same for a command whose words are in `language`, such as that of its
  // HubFlags: borrowed as long as `action` lives, and read when it runs.
  void OnParsed(CLI::App& sub, const std::string& language,
                std::function<int()> action);

  // From now on failures are told in `language`, "ru" or "en"; English before.
  void SpeakIn(const std::string& language) { language_ = language; }

  // Prints a page, or says why there is none; returns the exit status.
  [[nodiscard]] int Print(const absl::StatusOr<std::string>& page) const;

  // Says a failed status on standard error, a refusal with all it holds, and
  // returns the exit status for it.
  [[nodiscard]] int Fail(const absl::Status& status) const;

  [[nodiscard]] int exit_status() const { return exit_status_; }

 private:
  Terminal terminal_;
  std::string language_ = "en";
  int exit_status_ = kExitDone;
};

using AddCommands = std::function<void(CLI::App& app, CommandRun& run)>;

// Parses and runs: the sub-commands of this folder, then `more`. Returns an
// ExitStatus. Throws nothing.
int RunCommand(int argc, char** argv, const Terminal& terminal,
               const std::vector<AddCommands>& more = {});

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_COMMAND_LINE_H_
