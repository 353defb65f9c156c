// lib/exchange/known_heads.h: the newest heads of another hub's records, which
// copies share until one of them changes.
//
// A state is copied for every batch that passes, and most bring no checkpoint.
//
//   heads.Change()[stream] = {.version = 3, .hash = hash};
//   for (const auto& [stream, head] : *heads) ...

#ifndef CAREROUTE_LIB_EXCHANGE_KNOWN_HEADS_H_
#define CAREROUTE_LIB_EXCHANGE_KNOWN_HEADS_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "lib/store/stream_id.h"

namespace careroute::exchange {

struct KnownHead {
  int64_t version = 0;
  std::string hash;
  int64_t epoch = 0;
  int64_t told = 0;  // version of the event that told it

  friend bool operator==(const KnownHead&, const KnownHead&) = default;
};

// Thread-safe as a value is: copies may be read and changed at once.
class KnownHeads {
 public:
  using Map = std::map<store::StreamId, KnownHead>;

  [[nodiscard]] const Map& operator*() const { return *map_; }
  [[nodiscard]] const Map* operator->() const { return map_.get(); }

  // Of this one alone from now on; costs a copy. Until the next call.
  [[nodiscard]] Map& Change() {
    auto own = std::make_shared<Map>(*map_);
    Map& map = *own;
    map_ = std::move(own);
    return map;
  }

  friend bool operator==(const KnownHeads& one, const KnownHeads& other) {
    return one.map_ == other.map_ || *one == *other;
  }

 private:
  std::shared_ptr<const Map> map_ = std::make_shared<const Map>();
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_KNOWN_HEADS_H_
