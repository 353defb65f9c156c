#include "lib/exchange/peer_epochs.h"

namespace careroute::exchange {

bool PeerEpochs::Hear(const std::string& hub, int64_t epoch) {
  const base::MutexLock lock(mutex_);
  return HearLocked(hub, epoch);
}

bool PeerEpochs::HearLocked(const std::string& hub, int64_t epoch) {
  int64_t& newest = heard_[hub].newest;
  if (epoch < newest) return false;
  newest = epoch;
  return true;
}

bool PeerEpochs::BeginBatch(const std::string& hub, int64_t epoch) {
  const base::MutexLock lock(mutex_);
  if (!HearLocked(hub, epoch)) return false;
  heard_[hub].taking.insert(epoch);
  return true;
}

void PeerEpochs::EndBatch(const std::string& hub, int64_t epoch) {
  const base::MutexLock lock(mutex_);
  std::multiset<int64_t>& taking = heard_[hub].taking;
  const auto ended = taking.find(epoch);
  if (ended != taking.end()) taking.erase(ended);
}

bool PeerEpochs::TakesOlder(const std::string& hub, int64_t epoch) const {
  const base::MutexLock lock(mutex_);
  const auto found = heard_.find(hub);
  return found != heard_.end() && !found->second.taking.empty() &&
         *found->second.taking.begin() < epoch;
}

}  // namespace careroute::exchange
