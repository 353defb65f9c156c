#include "services/command/graphviz.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/base/real_clock.h"
#include "lib/base/status_macros.h"

extern char** environ;  // what the program is started with: ours

namespace careroute::services {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

absl::Status Failed(absl::string_view what) {
  return absl::UnknownError(absl::StrCat(what, ": ", std::strerror(errno)));
}

// A file without a name that holds the text, read from its beginning. A pipe
// would have to be filled while the answer is read.
absl::StatusOr<File> FileWith(const std::string& text) {
  File file(std::tmpfile());
  if (file == nullptr) return Failed("no temporary file");
  if (std::fwrite(text.data(), 1, text.size(), file.get()) != text.size() ||
      std::fflush(file.get()) != 0) {
    return Failed("cannot write the temporary file");
  }
  std::rewind(file.get());
  return file;
}

// A running program whose output we read. Killed and waited for when it is
// still running at the end.
class Program {
 public:
  Program() = default;
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program() {
    if (output_ >= 0) close(output_);
    if (process_ > 0) {
      kill(process_, SIGKILL);
      waitpid(process_, nullptr, 0);
    }
  }

  absl::Status Start(const std::string& name, int input) {
    std::array<int, 2> ends = {-1, -1};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return Failed("no pipe");
    output_ = ends[0];
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    std::string program = name;
    std::string format = "-Tsvg";
    std::array<char*, 3> words = {program.data(), format.data(), nullptr};
    const int failed = posix_spawnp(&process_, program.c_str(), &actions,
                                    nullptr, words.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (failed == 0) return absl::OkStatus();
    process_ = -1;
    if (failed == ENOENT) {
      return absl::FailedPreconditionError(absl::StrCat(
          "there is no program ", name,
          "; install Graphviz (on Debian: apt-get install graphviz), or ask "
          "for --dot"));
    }
    return absl::UnknownError(
        absl::StrCat("cannot start ", name, ": ", std::strerror(failed)));
  }

  absl::StatusOr<std::string> ReadAll(absl::Time deadline, size_t bytes_max) {
    const base::RealClock clock;
    std::string all;
    std::array<char, 65536> part{};
    while (true) {
      const absl::Duration left = deadline - clock.Now();
      pollfd wanted = {.fd = output_, .events = POLLIN, .revents = 0};
      const int ready =
          left <= absl::ZeroDuration()
              ? 0
              : poll(&wanted, 1,
                     static_cast<int>(left / absl::Milliseconds(1)));
      if (ready == 0) {
        return absl::ResourceExhaustedError("Graphviz took too long");
      }
      const ssize_t count =
          ready < 0 ? -1 : read(output_, part.data(), part.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return Failed("cannot read from Graphviz");
      if (count == 0) return all;
      all.append(part.data(), static_cast<size_t>(count));
      if (all.size() > bytes_max) {
        return absl::ResourceExhaustedError("the picture is too large");
      }
    }
  }

  // What it ended with; it has closed its output, so that this is soon.
  absl::Status Wait() {
    int status = 0;
    while (waitpid(process_, &status, 0) < 0) {
      if (errno != EINTR) return Failed("cannot wait for Graphviz");
    }
    process_ = -1;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return absl::OkStatus();
    return absl::UnknownError("Graphviz could not draw the picture");
  }

 private:
  pid_t process_ = -1;
  int output_ = -1;
};

}  // namespace

absl::StatusOr<std::string> DotToSvg(const std::string& dot,
                                     const GraphvizOptions& options) {
  const absl::Time deadline = base::RealClock().Now() + options.timeout;
  CAREROUTE_ASSIGN_OR_RETURN(const File input, FileWith(dot));
  Program program;
  CAREROUTE_RETURN_IF_ERROR(
      program.Start(options.program, fileno(input.get())));
  CAREROUTE_ASSIGN_OR_RETURN(std::string svg,
                             program.ReadAll(deadline, options.svg_bytes_max));
  CAREROUTE_RETURN_IF_ERROR(program.Wait());
  return svg;
}

}  // namespace careroute::services
