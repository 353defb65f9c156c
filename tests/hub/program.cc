#include "tests/hub/program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace careroute::tests {
namespace {

constexpr int kSilenceMaxMs = 60000;
constexpr absl::string_view kPortWords = "serves gRPC on port ";

}  // namespace

std::string CareroutePath() { return CAREROUTE_PROGRAM; }

Program::Program(const std::vector<std::string>& arguments)
    : Program(CareroutePath(), arguments) {}

Program::Program(const std::string& path,
                 const std::vector<std::string>& arguments) {
  int ends[2] = {-1, -1};
  if (pipe2(ends, O_CLOEXEC) != 0) {
    ADD_FAILURE() << "no pipe";
    return;
  }
  std::vector<std::string> words = {path};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  const int failed =
      posix_spawn(&child_, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  output_ = ends[0];
  if (failed != 0) {
    child_ = 0;
    ADD_FAILURE() << "cannot run " << path;
  }
}

Program::~Program() {
  if (child_ != 0) {
    Signal(SIGKILL);
    Wait();
  }
  if (output_ >= 0) close(output_);
}

bool Program::ReadMore() {
  pollfd ready{.fd = output_, .events = POLLIN};
  if (poll(&ready, 1, kSilenceMaxMs) <= 0) return false;
  char bytes[4096];
  const ssize_t size = read(output_, bytes, sizeof(bytes));
  if (size <= 0) {
    closed_ = true;
    return false;
  }
  log_.append(bytes, static_cast<size_t>(size));
  return true;
}

bool Program::WaitFor(absl::string_view words) {
  // Up to the end of the line, so that what follows the words is there too.
  while (true) {
    const size_t at = log_.find(words.data(), 0, words.size());
    if (at != std::string::npos && log_.find('\n', at) != std::string::npos) {
      return true;
    }
    if (!ReadMore()) return false;
  }
}

int Program::port() const {
  const size_t at = log_.rfind(kPortWords.data());
  if (at == std::string::npos) return 0;
  std::string digits = log_.substr(at + kPortWords.size());
  digits.resize(digits.find_first_not_of("0123456789"));
  int port = 0;
  return absl::SimpleAtoi(digits, &port) ? port : 0;
}

void Program::Signal(int signal) const {
  if (child_ != 0) kill(child_, signal);
}

int Program::Wait() {
  if (child_ == 0) return ended_;
  while (ReadMore()) {
  }
  if (!closed_) {
    ADD_FAILURE() << "the program neither speaks nor ends: " << log_;
    Signal(SIGKILL);
  }
  int status = 0;
  waitpid(child_, &status, 0);
  child_ = 0;
  ended_ = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  return ended_;
}

Ran RunProgram(const std::vector<std::string>& arguments) {
  return RunProgram(CareroutePath(), arguments);
}

Ran RunProgram(const std::string& path,
               const std::vector<std::string>& arguments) {
  Program program(path, arguments);
  const int status = program.Wait();
  return {.status = status, .log = program.log()};
}

}  // namespace careroute::tests
