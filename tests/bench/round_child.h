// tests/bench/round_child.h: a program in another language, measured by turns
// with something here.
//
// It gets ready, then reads orders from its standard input, a JSON object a
// line, and answers each with one line on its standard output; between two it
// does nothing. ROWS.md says what they hold. What it says on standard error
// goes to that of this program.
//
//   RoundChild child({.command = {"node", "bench.js", "no-op"}});
//   const absl::StatusOr<RoundResult> round =
//       child.Round({.in_flight = 64, .duration = absl::Seconds(2)});

#ifndef CAREROUTE_TESTS_BENCH_ROUND_CHILD_H_
#define CAREROUTE_TESTS_BENCH_ROUND_CHILD_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace careroute::bench {

struct RoundOrder {
  size_t in_flight = 1;
  // As many calls as fit into this, and at least one; zero = `calls` of them.
  absl::Duration duration;
  int64_t calls = 0;
};

struct RoundResult {
  int64_t calls = 0;
  double seconds = 0;

  [[nodiscard]] double us_a_call() const {
    return seconds * 1e6 / static_cast<double>(calls);
  }
};

// The line of an order, with its line feed.
[[nodiscard]] std::string LineOf(const RoundOrder& order);

// INTERNAL, with the line and what is wrong with it, for one that is no answer.
[[nodiscard]] absl::StatusOr<RoundResult> ReadRound(const std::string& line);

// Blocking; for one thread. The destructor ends its input and waits for it.
class RoundChild {
 public:
  struct Options {
    // The first is a program, looked up as a shell would.
    std::vector<std::string> command;
    // How long it may take beyond what it was asked for, also to get ready and
    // to end.
    absl::Duration patience = absl::Minutes(2);
  };
  explicit RoundChild(Options options);
  ~RoundChild();
  RoundChild(const RoundChild&) = delete;
  RoundChild& operator=(const RoundChild&) = delete;

  // INTERNAL when it could not be run, ended or answered with something else;
  // DEADLINE_EXCEEDED when it did not answer. Then it is killed, and every
  // further round says the same.
  [[nodiscard]] absl::StatusOr<RoundResult> Round(const RoundOrder& order);

  // While it runs; 0 otherwise.
  [[nodiscard]] pid_t id() const { return child_; }

 private:
  void Start();
  [[nodiscard]] absl::StatusOr<RoundResult> Ask(const RoundOrder& order);
  [[nodiscard]] bool Write(const std::string& bytes) const;
  [[nodiscard]] absl::StatusOr<std::string> ReadLine(absl::Duration patience);
  // Its status as waitpid gives it; killed when it does not end in time.
  int WaitForEnd(absl::Duration patience);
  [[nodiscard]] absl::Status Ended();

  const Options options_;
  absl::Status trouble_;
  pid_t child_ = 0;
  int to_ = -1;
  int from_ = -1;
  std::string unread_;
};

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_ROUND_CHILD_H_
