// lib/engine/handed_event.h: an event as another hub stored it.

#ifndef CAREROUTE_LIB_ENGINE_HANDED_EVENT_H_
#define CAREROUTE_LIB_ENGINE_HANDED_EVENT_H_

#include <string>

namespace careroute::engine {

struct HandedEvent {
  std::string stored;      // its bytes, sealed parts and all
  std::string chain_hash;  // 32 bytes

  friend bool operator==(const HandedEvent&, const HandedEvent&) = default;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_HANDED_EVENT_H_
