// tests/hub/program.h: a run of the `careroute` program, or of another.
//
//   Program hub({"hub", "--config", path});
//   ASSERT_TRUE(hub.WaitFor("serves gRPC")) << hub.log();
//   hub.Signal(SIGTERM);
//   EXPECT_EQ(hub.Wait(), 0) << hub.log();

#ifndef CAREROUTE_TESTS_HUB_PROGRAM_H_
#define CAREROUTE_TESTS_HUB_PROGRAM_H_

#include <sys/types.h>

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace careroute::tests {

// Where the `careroute` program of this build is.
[[nodiscard]] std::string CareroutePath();

// For one thread. Kills what still runs when destroyed.
class Program {
 public:
  explicit Program(const std::vector<std::string>& arguments);
  Program(const std::string& path, const std::vector<std::string>& arguments);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // Reads what the program prints until it holds `words`. False when it ended
  // before, or said nothing for a minute.
  bool WaitFor(absl::string_view words);

  // The port the hub's line names, once it serves.
  [[nodiscard]] int port() const;

  // While it runs; 0 afterwards.
  [[nodiscard]] pid_t id() const { return child_; }

  void Signal(int signal) const;

  // The exit status, or minus the signal that ended it. Repeatable.
  int Wait();

  // All it printed so far, on both of its outputs.
  [[nodiscard]] const std::string& log() const { return log_; }

 private:
  // False at the end, and when nothing came for a minute.
  bool ReadMore();

  pid_t child_ = 0;
  int output_ = -1;
  int ended_ = 0;
  bool closed_ = false;  // it ended, or at least its outputs did
  std::string log_;
};

// Runs the program to its end.
struct Ran {
  int status = 0;
  std::string log;
};
[[nodiscard]] Ran RunProgram(const std::vector<std::string>& arguments);
[[nodiscard]] Ran RunProgram(const std::string& path,
                             const std::vector<std::string>& arguments);

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_HUB_PROGRAM_H_
