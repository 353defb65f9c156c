// lib/exchange/receiver.h: takes what other hubs send.
//
// A batch is looked at as a whole first: who sent it, to whom, signed with
// which key, and whether its envelopes are those that were signed. Whatever is
// wrong there is answered with a status, and nothing has an effect. Then each
// envelope has its own verdict. One referral's envelopes are taken in order,
// different referrals at once. The effect of an envelope and the mark that it
// was taken are one append, so that a batch that comes again, whole or in
// parts, has no further effect. The receipt is recorded before it is answered.
//
//   receiver.Deliver("east", request,
//                    [](absl::StatusOr<v1::DeliverResponse> answer) { ... });

#ifndef CAREROUTE_LIB_EXCHANGE_RECEIVER_H_
#define CAREROUTE_LIB_EXCHANGE_RECEIVER_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "careroute/exchange/v1/envelope.pb.h"
#include "careroute/exchange/v1/exchange_service.pb.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/mutex.h"
#include "lib/engine/cases.h"
#include "lib/engine/organisations.h"
#include "lib/engine/performed_referrals.h"
#include "lib/exchange/checkpoint_news.h"
#include "lib/exchange/hand_over_receiver.h"
#include "lib/exchange/manifest.h"
#include "lib/exchange/peer.h"
#include "lib/exchange/peer_epochs.h"
#include "lib/exchange/peer_streams.h"
#include "lib/registry/signer.h"

namespace careroute::exchange {

// Batches of one peer under way at once: the one it waits for, and one it has
// given up waiting for.
inline constexpr int kBatchesAtOnceMax = 2;

// Which envelopes a release understands, beyond what every release must.
using Understands = std::function<bool(const v1::Envelope&)>;

// Thread-safe. Everything handed in must outlive it.
class Receiver {
 public:
  struct Options {
    std::string hub_id;  // this hub
    int64_t epoch = 1;   // of this hub's store
    std::vector<Peer> peers;
    const base::Clock& clock;
    const registry::Signer& signer;
    engine::Cases& cases;
    engine::PerformedReferrals& performed;
    HandOverReceiver& hand_overs;
    engine::Organisations& organisations;
    PeerStreams& streams;
    CheckpointNews& checkpoints;
    PeerEpochs& epochs;
    Understands understands = nullptr;  // null = all that this release knows
    // Told of each sound batch of a peer: it is there. Null = nobody asks.
    std::function<void(const std::string& peer)> heard = nullptr;
  };
  explicit Receiver(Options options);

  // `peer` is the hub that the transport has authenticated. PERMISSION_DENIED
  // for a hub that is no peer or a batch that is not between the two,
  // UNAUTHENTICATED for a signature of none of its keys, INVALID_ARGUMENT for a
  // batch that is not what was signed, FAILED_PRECONDITION for one that was
  // sent before the peer was put back from a backup, RESOURCE_EXHAUSTED while
  // as many batches of the peer are under way as may be, and the failures of
  // the store.
  void Deliver(absl::string_view peer, v1::DeliverRequest request,
               base::Done<v1::DeliverResponse> done);

 private:
  struct Batch;
  using BatchPtr = std::shared_ptr<Batch>;

  [[nodiscard]] absl::Status Check(Batch& batch) const;
  void TakeAll(const BatchPtr& batch);
  // The rest of one referral's envelopes, from its `next`-th on.
  void TakeNext(const BatchPtr& batch, size_t group, size_t next);
  void TakeOne(const BatchPtr& batch, int index,
               base::Done<engine::TakeResult> done);
  void Answer(const BatchPtr& batch);
  [[nodiscard]] bool Enter(const std::string& peer);
  void Leave(const std::string& peer);

  const Options options_;
  base::Mutex mutex_;
  std::map<std::string, int> under_way_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_RECEIVER_H_
