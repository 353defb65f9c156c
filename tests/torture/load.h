// tests/torture/load.h: callers that ask until the hub is gone.
//
//   Ledger ledger;
//   Load load({.requests = requests, .callers = callers, .cases = cases,
//              .ledger = ledger});
//   load.WaitForAnswers(24);
//   hub.Signal(SIGKILL);
//   status = load.Join();

#ifndef CAREROUTE_TESTS_TORTURE_LOAD_H_
#define CAREROUTE_TESTS_TORTURE_LOAD_H_

#include <cstddef>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "lib/base/mutex.h"
#include "tests/torture/requests.h"

namespace careroute::tests {

// How many ask at once.
inline constexpr int kCallers = 4;

// One request of the run, and what it was answered, if it was.
struct Entry {
  Asked asked;
  std::optional<std::string> answer;
};

// By n.
using Ledger = std::vector<Entry>;

// Writes to the ledger until it is joined.
class Load {
 public:
  struct Options {
    const Requests& requests;
    Callers callers;
    std::vector<std::string> cases;  // whose families may be spoken with
    Ledger& ledger;
  };
  explicit Load(Options options);
  ~Load();
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  // Until so many requests were answered, or no caller is left.
  void WaitForAnswers(size_t count);

  // Waits for the callers, who end once the hub is gone. What one of them was
  // told that is neither an answer nor that nobody is there.
  absl::Status Join();

 private:
  void Ask();
  [[nodiscard]] Asked Next();
  [[nodiscard]] bool Hear(const Asked& asked,
                          const absl::StatusOr<std::string>& answer);

  const Options options_;
  base::Mutex mutex_;
  base::CondVar changed_;
  Ledger& ledger_ CAREROUTE_GUARDED_BY(mutex_);
  size_t answers_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  int asking_ CAREROUTE_GUARDED_BY(mutex_) = kCallers;
  absl::Status wrong_ CAREROUTE_GUARDED_BY(mutex_);
  std::vector<std::thread> threads_;
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_TORTURE_LOAD_H_
