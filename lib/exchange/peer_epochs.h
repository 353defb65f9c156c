// lib/exchange/peer_epochs.h: which store of a peer speaks.
//
// A batch may be on its way while the hub that sent it is put back from a
// backup. What it tells has not happened there any more: once the hub has asked
// or sent anything of its newer store, the batch comes too late. And one that
// came just in time may change what the hub is answered: it is answered once
// the batch has been taken.
//
//   if (!epochs.BeginBatch("east", manifest.epoch())) return TooLate();
//   epochs.EndBatch("east", manifest.epoch());

#ifndef CAREROUTE_LIB_EXCHANGE_PEER_EPOCHS_H_
#define CAREROUTE_LIB_EXCHANGE_PEER_EPOCHS_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "lib/base/mutex.h"

namespace careroute::exchange {

// Thread-safe. Of what this process has heard.
class PeerEpochs {
 public:
  // Whether nothing of a newer store of the hub was heard before.
  [[nodiscard]] bool Hear(const std::string& hub, int64_t epoch);

  // As Hear, of a batch that is taken from now on; each that was heard ends
  // once.
  [[nodiscard]] bool BeginBatch(const std::string& hub, int64_t epoch);
  void EndBatch(const std::string& hub, int64_t epoch);
  // Whether a batch of an older store of the hub is still being taken.
  [[nodiscard]] bool TakesOlder(const std::string& hub, int64_t epoch) const;

 private:
  struct Heard {
    int64_t newest = 0;
    std::multiset<int64_t> taking;  // epochs of batches under way
  };

  [[nodiscard]] bool HearLocked(const std::string& hub, int64_t epoch)
      CAREROUTE_REQUIRES(mutex_);

  mutable base::Mutex mutex_;
  std::map<std::string, Heard> heard_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_PEER_EPOCHS_H_
