// tests/torture/load.h: callers that ask until their hub is gone.
//
//   Ledger ledger;
//   Load load({.requests = requests, .clock = clock, .callers = callers,
//              .cases = cases, .ledger = ledger});
//   load.WaitForAnswers(24);
//   hub.Signal(SIGKILL);
//   load.Stop();
//   status = load.Join();

#ifndef CAREROUTE_TESTS_TORTURE_LOAD_H_
#define CAREROUTE_TESTS_TORTURE_LOAD_H_

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "lib/base/clock.h"
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
    const base::Clock& clock;
    std::vector<Callers> callers;    // of each hub, which are asked by turns
    std::vector<std::string> cases;  // whose families may be spoken with
    Ledger& ledger;
  };
  explicit Load(Options options);
  ~Load();
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  // Until so many more requests were answered, or no caller is left.
  void WaitForAnswers(size_t count);

  // Nobody asks anything more; what was asked is waited for.
  void Stop();

  // Waits for the callers, who end once they are stopped or nobody can answer
  // them. What one of them was told that is neither an answer nor that.
  absl::Status Join();

  // After Join: whether a caller of that hub was told that nobody can answer.
  [[nodiscard]] bool Failed(size_t hub) const;

 private:
  void Ask(size_t hub);
  [[nodiscard]] std::optional<Asked> Next();
  [[nodiscard]] bool Hear(const Asked& asked, size_t hub,
                          const absl::StatusOr<std::string>& answer);

  const Options options_;
  mutable base::Mutex mutex_;
  base::CondVar changed_;
  Ledger& ledger_ CAREROUTE_GUARDED_BY(mutex_);
  size_t answers_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  int asking_ CAREROUTE_GUARDED_BY(mutex_) = kCallers;
  bool stopped_ CAREROUTE_GUARDED_BY(mutex_) = false;
  std::set<size_t> failed_ CAREROUTE_GUARDED_BY(mutex_);  // hubs
  absl::Status wrong_ CAREROUTE_GUARDED_BY(mutex_);
  std::vector<std::thread> threads_;
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_TORTURE_LOAD_H_
