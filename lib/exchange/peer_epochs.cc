#include "lib/exchange/peer_epochs.h"

namespace careroute::exchange {

bool PeerEpochs::Hear(const std::string& hub, int64_t epoch) {
  const base::MutexLock lock(mutex_);
  int64_t& newest = newest_[hub];
  if (epoch < newest) return false;
  newest = epoch;
  return true;
}

}  // namespace careroute::exchange
