// lib/engine/case_fence.h: no case is written to before it is known which of
// them moved.
//
// After a restore this hub may have forgotten that it gave a case to another
// hub, which writes to it now. Any case it knows may be such a one, and any
// peer may be that hub. So until each of them has said which cases moved, no
// command to any case is taken, an opening among them; cases are read as ever,
// and what is performed here for other hubs goes on.
//
// It holds for every peer that is configured and was not compared with in this
// epoch, one that was added long after the restore too: whether that one was a
// peer before is not known. Without a peer that is taken out of the
// configuration it comes down, and a case that moved to it has two homes; once
// it is a peer again, such cases are named (lib/exchange/returned_cases.h).
//
//   fence.Hold("hub/east");
//   CAREROUTE_RETURN_IF_ERROR(fence.Check());
//   fence.Release("hub/east");

#ifndef CAREROUTE_LIB_ENGINE_CASE_FENCE_H_
#define CAREROUTE_LIB_ENGINE_CASE_FENCE_H_

#include <set>
#include <string>

#include "absl/status/status.h"
#include "lib/base/mutex.h"

namespace careroute::engine {

// Thread-safe. It is down at first.
class CaseFence {
 public:
  // By the lane of the hub that has not said it yet.
  void Hold(const std::string& lane);
  // Whether the fence is down from now on. Safe to repeat.
  bool Release(const std::string& lane);

  // UNAVAILABLE while it is up, naming the first hub.
  [[nodiscard]] absl::Status Check() const;

 private:
  mutable base::Mutex mutex_;
  std::set<std::string> held_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_CASE_FENCE_H_
