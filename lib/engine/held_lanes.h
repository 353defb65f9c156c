// lib/engine/held_lanes.h: other hubs to which nothing new may be told yet.
//
// After a restore this hub has forgotten what it told last. Until another hub
// has said how far that was, an envelope to it would have a number that was
// used before. So no command is written that has something to tell it.
//
//   lanes.Hold("hub/east");
//   CAREROUTE_RETURN_IF_ERROR(lanes.Check(write.outbox));
//   lanes.Release("hub/east");

#ifndef CAREROUTE_LIB_ENGINE_HELD_LANES_H_
#define CAREROUTE_LIB_ENGINE_HELD_LANES_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "lib/base/mutex.h"
#include "lib/store/outbox_store.h"

namespace careroute::engine {

// Thread-safe. None is held at first.
class HeldLanes {
 public:
  void Hold(const std::string& lane);
  // Safe to repeat.
  void Release(const std::string& lane);
  [[nodiscard]] bool IsHeld(const std::string& lane) const;

  // UNAVAILABLE, naming the hub, when one of the rows is in a lane that is
  // held.
  [[nodiscard]] absl::Status Check(
      const std::vector<store::OutboxRow>& rows) const;

 private:
  mutable base::Mutex mutex_;
  std::set<std::string> held_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_HELD_LANES_H_
