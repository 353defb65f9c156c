// tests/torture/judge.h: did a hub that was killed keep its word?
//
// Asks only what anybody may ask, over gRPC, so that it judges a hub on any
// store: requests sent again, the list of cases, their histories.
//
//   Judge judge({.requests = requests, .clock = clock, .ledger = ledger});
//   ... the hub is killed and started again ...
//   CAREROUTE_RETURN_IF_ERROR(judge.AfterRestart(callers, random));

#ifndef CAREROUTE_TESTS_TORTURE_JUDGE_H_
#define CAREROUTE_TESTS_TORTURE_JUDGE_H_

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "lib/base/clock.h"
#include "lib/base/random.h"
#include "tests/torture/history.h"
#include "tests/torture/load.h"
#include "tests/torture/requests.h"

namespace careroute::tests {

// For one thread, while no load runs. What is handed in must outlive it.
class Judge {
 public:
  struct Options {
    const Requests& requests;
    const base::Clock& clock;  // the hub's
    Ledger& ledger;
  };
  // The run starts now.
  explicit Judge(const Options& options)
      : options_(options), start_(options.clock.Now()) {}

  // Sends again what was asked since the last time, and some of what was asked
  // before: each is answered, and as before if it was. Then looks at every case
  // they touched: what fell due by now has fired or does so soon, and once. The
  // status names the first thing that is wrong.
  [[nodiscard]] absl::Status AfterRestart(const Callers& callers,
                                          base::Random& random);

  // The history of every case, once what falls due within kDueWithin has fired.
  [[nodiscard]] absl::Status AtTheEnd(const Callers& callers);

  // How many levels of deadlines were raised, found at the end, that fell due
  // during the run.
  [[nodiscard]] size_t fell_due() const { return fell_due_; }

  // All there were when it last looked.
  [[nodiscard]] const std::vector<std::string>& cases() const { return cases_; }

 private:
  [[nodiscard]] absl::Status Repeat(const Callers& callers, size_t n);
  [[nodiscard]] absl::Status ListCases(const Callers& callers);
  // Waits until nothing is owed that falls due before `time`.
  [[nodiscard]] absl::StatusOr<History> JudgeCase(const Callers& callers,
                                                  const std::string& name,
                                                  absl::Time time) const;

  const Options options_;
  const absl::Time start_;
  size_t fell_due_ = 0;
  size_t judged_ = 0;  // requests
  std::vector<std::string> cases_;
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_TORTURE_JUDGE_H_
