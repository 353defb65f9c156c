// lib/exchange/exchange.h: exchange with all other hubs, wired once.
//
// What the composition root owns: a sender a peer, one receiver, the record of
// what passed, and after a restore the search for what was forgotten.
//
//   Exchange exchange({.engine = engine, .store = store, ...});
//   exchange.Start(done);
//   exchange.Deliver(peer, request, done);   // from the door
//   exchange.Compare(peer, request, done);
//   exchange.Wake(commit);                   // something was written

#ifndef CAREROUTE_LIB_EXCHANGE_EXCHANGE_H_
#define CAREROUTE_LIB_EXCHANGE_EXCHANGE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/exchange/v1/exchange_service.pb.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/random.h"
#include "lib/engine/engine.h"
#include "lib/engine/exchange_marks.h"
#include "lib/exchange/checkpoint_news.h"
#include "lib/exchange/compare_desk.h"
#include "lib/exchange/comparison.h"
#include "lib/exchange/envelopes.h"
#include "lib/exchange/hand_over_receiver.h"
#include "lib/exchange/internal/loopback.h"
#include "lib/exchange/peer.h"
#include "lib/exchange/peer_epochs.h"
#include "lib/exchange/peer_streams.h"
#include "lib/exchange/receiver.h"
#include "lib/exchange/sender.h"
#include "lib/exchange/stored_halves.h"
#include "lib/exchange/stored_peer_desk.h"
#include "lib/exchange/stored_returned_cases.h"
#include "lib/exchange/transport.h"
#include "lib/registry/signer.h"
#include "lib/store/store.h"

namespace careroute::exchange {

// Thread-safe. Everything handed in must outlive it; destroy it only after the
// executor has run or dropped every task.
class Exchange {
 public:
  struct Options {
    store::Store& store;
    engine::Engine& engine;
    const base::Clock& clock;
    base::Random& random;
    base::Executor& executor;
    const registry::Signer& signer;
    std::string hub_id;  // this hub
    std::vector<Peer> peers;
    Transport& transport;
    absl::Duration undelivered_after = kUndeliveredAfter;
    // For simulations, in which hubs of several releases meet: what an older
    // one does not know. Null = all that this release knows is understood.
    Understands understands = nullptr;
  };
  explicit Exchange(const Options& options);

  // Begins to send, compares with the peers if this hub was put back from a
  // backup, and takes what an older release of this hub had to keep.
  // The engine must have started. Completes once that is taken; requests may
  // be handled before.
  void Start(base::DoneStatus done);
  // Begins no other batch; completes once none is under way. What comes is
  // taken until the doors are shut.
  void Stop(base::DoneStatus done);

  // Whoever sends what the commit left begins at once; what comes while a batch
  // is under way goes together in the next. Does not wait.
  void Wake(const store::Commit& commit);

  // As Receiver::Deliver.
  void Deliver(absl::string_view peer, v1::DeliverRequest request,
               base::Done<v1::DeliverResponse> done) {
    receiver_.Deliver(peer, std::move(request), std::move(done));
  }

  // As CompareDesk::Compare.
  void Compare(absl::string_view peer, v1::CompareRequest request,
               base::Done<v1::CompareResponse> done) {
    compare_desk_.Compare(peer, std::move(request), std::move(done));
  }

  // The peers, for administrators.
  [[nodiscard]] StoredPeerDesk& desk() { return desk_; }
  [[nodiscard]] PeerStreams& streams() { return streams_; }

 private:
  // Null for a hub that is no peer.
  [[nodiscard]] Sender* Find(absl::string_view peer) const;
  // Why nothing comes of a peer, in words; empty = something does.
  [[nodiscard]] std::string ProblemOf(const std::string& peer) const;

  const std::string hub_id_;
  PeerStreams streams_;
  CheckpointNews checkpoints_;
  PeerEpochs epochs_;
  Envelopes envelopes_;
  HandOverReceiver hand_overs_;
  Receiver receiver_;
  engine::StoredMarks marks_;
  StoredHalves halves_;
  StoredReturnedCases returned_cases_;
  CompareDesk compare_desk_;
  Comparison comparison_;
  internal::Loopback loopback_;
  std::vector<std::pair<std::string, std::shared_ptr<Sender>>> senders_;
  StoredPeerDesk desk_;
  engine::PerformedReferrals& performed_;
  const Understands understands_;
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_EXCHANGE_H_
