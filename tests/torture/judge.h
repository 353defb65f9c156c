// tests/torture/judge.h: did a hub that was killed keep its word?
//
// Asks only what anybody may ask, over gRPC, so that it judges a hub on any
// store: requests sent again, the list of cases, their histories.
//
//   Judge judge({.requests = requests, .start = start, .ledger = ledger});
//   ... the hub is killed and started again ...
//   CAREROUTE_RETURN_IF_ERROR(judge.AfterRestart(callers, random));

#ifndef CAREROUTE_TESTS_TORTURE_JUDGE_H_
#define CAREROUTE_TESTS_TORTURE_JUDGE_H_

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "lib/base/random.h"
#include "tests/torture/load.h"
#include "tests/torture/requests.h"

namespace careroute::tests {

// For one thread, while no load runs. What is handed in must outlive it.
class Judge {
 public:
  struct Options {
    const Requests& requests;
    absl::Time start;  // of the run: what fell due before is raised
    Ledger& ledger;
  };
  explicit Judge(const Options& options) : options_(options) {}

  // Sends again what was asked since the last time, and some of what was asked
  // before: each is answered, and as before if it was. Then looks at every case
  // they touched. The status names the first thing that is wrong.
  [[nodiscard]] absl::Status AfterRestart(const Callers& callers,
                                          base::Random& random);

  // The history of every case.
  [[nodiscard]] absl::Status AtTheEnd(const Callers& callers) const;

  // All there were when it last looked.
  [[nodiscard]] const std::vector<std::string>& cases() const { return cases_; }

 private:
  [[nodiscard]] absl::Status Repeat(const Callers& callers, size_t n);
  [[nodiscard]] absl::Status ListCases(const Callers& callers);
  [[nodiscard]] absl::Status JudgeCase(const Callers& callers,
                                       const std::string& name) const;

  const Options options_;
  size_t judged_ = 0;  // requests
  std::vector<std::string> cases_;
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_TORTURE_JUDGE_H_
