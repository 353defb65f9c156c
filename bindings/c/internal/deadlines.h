// bindings/c/internal/deadlines.h: calls that end by themselves, unless they
// were answered.
//
// An executor's PostAt cannot be taken back, and a million calls a minute that
// each had one for half a minute would be held in memory for as long. Here
// whoever is answered leaves, and one task waits for the earliest that is left.
//
//   const Deadlines::Number number = deadlines.Add(timeout, [] { ... });
//   deadlines.Remove(number);

#ifndef CAREROUTE_BINDINGS_C_INTERNAL_DEADLINES_H_
#define CAREROUTE_BINDINGS_C_INTERNAL_DEADLINES_H_

#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include "absl/time/time.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/mutex.h"

namespace careroute::bindings {

// Thread-safe. Must live until the executor has stopped.
class Deadlines {
 public:
  // Monotonic time, and what tells two of one time apart.
  using Number = std::pair<absl::Duration, uint64_t>;

  struct Options {
    base::Executor& executor;
    const base::Clock& clock;  // the executor's
  };
  explicit Deadlines(const Options& options) : options_(options) {}

  // Runs `over` on the executor after that time. An infinite one is not kept.
  Number Add(absl::Duration timeout, base::Task over);
  // Nothing for one that ran, runs or was not kept.
  void Remove(const Number& number);

 private:
  void Sweep(absl::Duration due);
  void Arm() CAREROUTE_REQUIRES(mutex_);

  const Options options_;
  base::Mutex mutex_;
  uint64_t given_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  std::map<Number, base::Task> waiting_ CAREROUTE_GUARDED_BY(mutex_);
  // When the executor will look: what was posted and has not run.
  std::set<absl::Duration> looks_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::bindings

#endif  // CAREROUTE_BINDINGS_C_INTERNAL_DEADLINES_H_
