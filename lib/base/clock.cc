#include "lib/base/clock.h"

namespace careroute::base {

absl::Time VirtualClock::Now() const {
  MutexLock lock(mutex_);
  return now_;
}

void VirtualClock::AdvanceTo(absl::Time time) {
  MutexLock lock(mutex_);
  if (time > now_) {
    now_ = time;
  }
}

void VirtualClock::SetForTest(absl::Time time) {
  MutexLock lock(mutex_);
  now_ = time;
}

}  // namespace careroute::base
