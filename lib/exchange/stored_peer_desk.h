// lib/exchange/stored_peer_desk.h: peers, as the store knows them.
//
// Joins what three places know of a peer: its stream (paused, checkpoints), its
// lane of the outbox (what waits), and its sender (why it does not answer).
//
//   StoredPeerDesk desk({.store = store, .streams = streams, .clock = clock,
//                        .peers = {{.hub = "east", .address = "east:7400"}},
//                        .problem_of = ..., .wake = ...});
//   Pipeline pipeline({..., .peers = &desk});

#ifndef CAREROUTE_LIB_EXCHANGE_STORED_PEER_DESK_H_
#define CAREROUTE_LIB_EXCHANGE_STORED_PEER_DESK_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "lib/base/clock.h"
#include "lib/engine/peer_desk.h"
#include "lib/exchange/peer_streams.h"
#include "lib/store/store.h"

namespace careroute::exchange {

// A hub that referrals are exchanged with.
struct PeerAddress {
  std::string hub;      // its id
  std::string address;  // where it takes envelopes

  friend bool operator==(const PeerAddress&, const PeerAddress&) = default;
};

// Thread-safe. Everything handed in must outlive it.
class StoredPeerDesk final : public engine::PeerDesk {
 public:
  struct Options {
    store::Store& store;
    PeerStreams& streams;
    const base::Clock& clock;
    std::vector<PeerAddress> peers;
    // Why a hub did not answer last, in words; empty = it did. Null = nobody
    // knows. Thread-safe.
    std::function<std::string(const std::string& hub)> problem_of;
    // Called when there may be something to send to a hub again. Null = whoever
    // sends looks by itself. Thread-safe.
    std::function<void(const std::string& hub)> wake;
  };
  explicit StoredPeerDesk(Options options);

  void List(base::Done<std::vector<model::v1::Peer>> done) override;
  void Describe(std::string hub, base::Done<model::v1::Peer> done) override;
  void ListWaiting(WaitingRequest request,
                   base::Done<WaitingPage> done) override;
  void Pause(PauseRequest request, base::Done<engine::Reply> done) override;
  void Resume(ResumeRequest request, base::Done<engine::Reply> done) override;
  void Redrive(std::string hub, base::Done<int32_t> done) override;

 private:
  struct Listing;
  struct Description;
  struct Waiting;
  struct Redriving;

  // Null for a hub that is no peer.
  [[nodiscard]] const PeerAddress* Find(const std::string& hub) const;
  void DescribeNext(const std::shared_ptr<Listing>& listing);
  void Count(const std::shared_ptr<Description>& description);
  void Compose(Description& description) const;
  void ReadPage(const std::shared_ptr<Waiting>& waiting);
  void NameNext(const std::shared_ptr<Waiting>& waiting);
  void NameReferral(const std::shared_ptr<Waiting>& waiting,
                    const store::OutboxRow& row);
  void RedrivePage(const std::shared_ptr<Redriving>& redriving);
  void Wake(const std::string& hub) const;

  Options options_;
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_STORED_PEER_DESK_H_
