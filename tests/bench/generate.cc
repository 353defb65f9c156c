#include "tests/bench/generate.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/command/command_line.h"
#include "services/hub/init.h"
#include "tests/hub/program.h"

namespace careroute::bench {
namespace {

constexpr char kCommand[] = "generate";

// Some histories were refused: they were told, and the store is whole.
constexpr int kSomeRefused = services::kExitWarnings;

// The exit status; -1 when it could not be run or did not exit by itself.
// tests::Program would give up on a program that is silent for a minute.
int RunToEnd(std::vector<std::string> words) {
  words.insert(words.begin(), tests::CareroutePath());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  // The standard output is the table's.
  posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
  pid_t child = 0;
  const int failed =
      posix_spawn(&child, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  if (failed != 0 || waitpid(child, &status, 0) != child) return -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

absl::Status Generate(const GenerateOptions& options) {
  if (tests::RunProgram({kCommand, "--help"}).status != 0) {
    return absl::NotFoundError(
        "the careroute program of this build has no command `generate`");
  }
  if (RunToEnd({"init", "--development", options.folder}) != 0) {
    return absl::UnavailableError(
        absl::StrCat("careroute init could not make ", options.folder));
  }
  const int status = RunToEnd(
      {kCommand, "--config",
       absl::StrCat(options.folder, "/", services::kConfigName), "--cases",
       absl::StrCat(options.cases), "--seed", absl::StrCat(options.seed)});
  if (status != services::kExitDone && status != kSomeRefused) {
    return absl::InternalError(
        absl::StrCat("careroute generate ended with status ", status));
  }
  return absl::OkStatus();
}

void SettleFiles(const std::string& folder) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const int file = open(entry.path().c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) continue;
    fsync(file);
    close(file);
  }
}

}  // namespace careroute::bench
