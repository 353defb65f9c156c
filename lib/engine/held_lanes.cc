#include "lib/engine/held_lanes.h"

#include "absl/strings/str_cat.h"

namespace careroute::engine {

void HeldLanes::Hold(const std::string& lane) {
  const base::MutexLock lock(mutex_);
  held_.insert(lane);
}

void HeldLanes::Release(const std::string& lane) {
  const base::MutexLock lock(mutex_);
  held_.erase(lane);
}

bool HeldLanes::IsHeld(const std::string& lane) const {
  const base::MutexLock lock(mutex_);
  return held_.count(lane) > 0;
}

absl::Status HeldLanes::Check(const std::vector<store::OutboxRow>& rows) const {
  for (const store::OutboxRow& row : rows) {
    if (IsHeld(row.lane)) {
      return absl::UnavailableError(absl::StrCat(
          "this hub was put back from a backup, and ", row.lane,
          " has not said yet what it was told before: try again once "
          "`careroute peers` shows no problem with it"));
    }
  }
  return absl::OkStatus();
}

}  // namespace careroute::engine
