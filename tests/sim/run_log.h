// tests/sim/run_log.h: everything that happened in a run, in order.
//
// The same seed must give the same log: whatever differs between two runs is
// something that depends on more than the seed.
//
//   log.Add("crash hub-a");
//   if (std::optional<std::string> where = FirstDifference(log, again)) ...

#ifndef CAREROUTE_TESTS_SIM_RUN_LOG_H_
#define CAREROUTE_TESTS_SIM_RUN_LOG_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "lib/base/clock.h"

namespace careroute::tests {

// For one thread. The clock must outlive it.
class RunLog {
 public:
  explicit RunLog(const base::Clock& clock) : clock_(clock) {}

  // With the world's time before it.
  void Add(absl::string_view line);

  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }
  // SHA-256 of all lines, in hexadecimal.
  [[nodiscard]] std::string Digest() const;

 private:
  const base::Clock& clock_;
  std::vector<std::string> lines_;
};

// The first line in which two runs differ; none when they are equal.
[[nodiscard]] std::optional<std::string> FirstDifference(
    const std::vector<std::string>& one, const std::vector<std::string>& other);

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_SIM_RUN_LOG_H_
