// lib/exchange/peer_epochs.h: which store of a peer speaks.
//
// A batch may be on its way while the hub that sent it is put back from a
// backup. What it tells has not happened there any more: once the hub has asked
// or sent anything of its newer store, the batch comes too late.
//
//   if (!epochs.Hear("east", manifest.epoch())) return TooLate();

#ifndef CAREROUTE_LIB_EXCHANGE_PEER_EPOCHS_H_
#define CAREROUTE_LIB_EXCHANGE_PEER_EPOCHS_H_

#include <cstdint>
#include <map>
#include <string>

#include "lib/base/mutex.h"

namespace careroute::exchange {

// Thread-safe. Of what this process has heard.
class PeerEpochs {
 public:
  // Whether nothing of a newer store of the hub was heard before.
  [[nodiscard]] bool Hear(const std::string& hub, int64_t epoch);

 private:
  base::Mutex mutex_;
  std::map<std::string, int64_t> newest_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_PEER_EPOCHS_H_
