#include "lib/engine/clock_guard.h"

#include <utility>

namespace careroute::engine {

ClockGuard::ClockGuard(Options options)
    : options_(std::move(options)),
      start_(options_.clock.Now()),
      start_elapsed_(options_.monotonic == nullptr
                         ? absl::ZeroDuration()
                         : options_.monotonic->Elapsed()) {}

bool ClockGuard::Agrees() {
  if (options_.monotonic == nullptr) return true;
  const absl::Duration ahead = (options_.clock.Now() - start_) -
                               (options_.monotonic->Elapsed() - start_elapsed_);
  const bool agrees = absl::AbsDuration(ahead) <= kClocksPartMax;
  bool changed = false;
  {
    base::MutexLock lock(mutex_);
    changed = std::exchange(agreed_, agrees) != agrees;
  }
  if (changed && options_.listener) options_.listener(ahead);
  return agrees;
}

}  // namespace careroute::engine
