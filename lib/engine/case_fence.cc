#include "lib/engine/case_fence.h"

#include "absl/strings/str_cat.h"

namespace careroute::engine {

void CaseFence::Hold(const std::string& lane) {
  const base::MutexLock lock(mutex_);
  held_.insert(lane);
}

bool CaseFence::Release(const std::string& lane) {
  const base::MutexLock lock(mutex_);
  held_.erase(lane);
  return held_.empty();
}

absl::Status CaseFence::Check() const {
  const base::MutexLock lock(mutex_);
  if (held_.empty()) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat(
      "this hub was put back from a backup, and ", *held_.begin(),
      " has not said yet which cases moved: no case is written to; try again "
      "once `careroute peers` shows no problem with it. A hub that is gone for "
      "good, or not there yet, is taken out of the configuration: cases that "
      "moved to it, and were forgotten here, are then written to here too"));
}

}  // namespace careroute::engine
