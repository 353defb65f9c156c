#include "lib/exchange/exchange.h"

#include <atomic>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/engine/lanes.h"
#include "lib/exchange/internal/told.h"

namespace careroute::exchange {
namespace {

std::vector<PeerAddress> AddressesOf(const std::vector<Peer>& peers) {
  std::vector<PeerAddress> addresses;
  for (const Peer& peer : peers) {
    addresses.push_back({.hub = peer.hub_id, .address = peer.address});
  }
  return addresses;
}

std::vector<std::string> IdsOf(const std::vector<Peer>& peers) {
  std::vector<std::string> ids;
  for (const Peer& peer : peers) ids.push_back(peer.hub_id);
  return ids;
}

// What is performed here for a case that came from another hub goes on as
// between two hubs, and both are this one.
std::vector<Peer> WithSelf(const Exchange::Options& options) {
  std::vector<Peer> peers = options.peers;
  const registry::Key& key = options.signer.key();
  peers.push_back({.hub_id = options.hub_id,
                   .keys = {{.id = key.id, .public_key = key.public_key}}});
  return peers;
}

}  // namespace

Exchange::Exchange(const Options& options)
    : hub_id_(options.hub_id),
      streams_({.store = options.store,
                .clock = options.clock,
                .executor = options.executor}),
      checkpoints_(options.engine.checkpoints()),
      envelopes_({.hub_id = options.hub_id,
                  .store = options.store,
                  .clock = options.clock,
                  .calendars = options.engine.calendars(),
                  .cases = options.engine.cases(),
                  .performed = options.engine.performed_referrals(),
                  .persons = options.engine.persons()}),
      hand_overs_({.cases = options.engine.cases(),
                   .hand_overs = options.engine.hand_overs(),
                   .fence = options.engine.case_fence(),
                   .clock = options.clock,
                   .calendars = options.engine.calendars()}),
      receiver_({.hub_id = options.hub_id,
                 .epoch = options.store.info().epoch,
                 .peers = WithSelf(options),
                 .clock = options.clock,
                 .signer = options.signer,
                 .cases = options.engine.cases(),
                 .performed = options.engine.performed_referrals(),
                 .hand_overs = hand_overs_,
                 .organisations = options.engine.organisations(),
                 .streams = streams_,
                 .checkpoints = checkpoints_,
                 .epochs = epochs_,
                 .understands = options.understands,
                 .heard =
                     [this](const std::string& hub) {
                       if (Sender* sender = Find(hub)) sender->Heard();
                     }}),
      marks_(options.store),
      halves_({.store = options.store, .engine = options.engine}),
      returned_cases_({.hub_id = options.hub_id,
                       .store = options.store,
                       .engine = options.engine,
                       .hand_overs = hand_overs_}),
      compare_desk_({.hub_id = options.hub_id,
                     .epoch = options.store.info().epoch,
                     .peers = IdsOf(options.peers),
                     .marks = marks_,
                     .halves = halves_,
                     .cases = returned_cases_,
                     .epochs = epochs_}),
      comparison_({.hub_id = options.hub_id,
                   .epoch = options.store.info().epoch,
                   .clock = options.clock,
                   .executor = options.executor,
                   .marks = marks_,
                   .halves = halves_,
                   .cases = returned_cases_,
                   .streams = streams_,
                   .transport = options.transport,
                   .lanes = options.engine.held_lanes(),
                   .fence = options.engine.case_fence()}),
      loopback_(receiver_),
      desk_({.store = options.store,
             .streams = streams_,
             .clock = options.clock,
             .peers = AddressesOf(options.peers),
             .problem_of =
                 [this](const std::string& hub) { return ProblemOf(hub); },
             .wake =
                 [this](const std::string& hub) {
                   if (Sender* sender = Find(hub)) sender->Retry();
                 }}),
      performed_(options.engine.performed_referrals()),
      understands_(options.understands) {
  for (const Peer& peer : options.peers) {
    // Requests may come before Start has found out.
    if (Comparison::IsNeeded(options.store.info().epoch)) {
      options.engine.held_lanes().Hold(engine::LaneOf(peer.hub_id));
      options.engine.case_fence().Hold(engine::LaneOf(peer.hub_id));
    }
  }
  for (const Peer& peer : WithSelf(options)) {
    Transport& transport = peer.hub_id == options.hub_id
                               ? static_cast<Transport&>(loopback_)
                               : options.transport;
    senders_.emplace_back(peer.hub_id,
                          std::make_shared<Sender>(Sender::Options{
                              .hub_id = options.hub_id,
                              .epoch = options.store.info().epoch,
                              .peer = peer,
                              .undelivered_after = options.undelivered_after,
                              .store = options.store,
                              .clock = options.clock,
                              .random = options.random,
                              .executor = options.executor,
                              .signer = options.signer,
                              .envelopes = envelopes_,
                              .cases = options.engine.cases(),
                              .streams = streams_,
                              .checkpoints = checkpoints_,
                              .transport = transport}));
  }
}

Sender* Exchange::Find(absl::string_view peer) const {
  for (const auto& [hub, sender] : senders_) {
    if (hub == peer) return sender.get();
  }
  return nullptr;
}

std::string Exchange::ProblemOf(const std::string& peer) const {
  const std::string held = comparison_.ProblemOf(peer);
  const Sender* sender = Find(peer);
  const std::string silent = sender == nullptr ? "" : sender->problem();
  if (held.empty() || silent.empty()) return absl::StrCat(held, silent);
  return absl::StrCat(held, "; ", silent);
}

void Exchange::Start(base::DoneStatus done) {
  for (const auto& [hub, sender] : senders_) {
    sender->Start();
    if (hub != hub_id_) comparison_.Start(hub);
  }
  performed_.ReplayKept(
      [this](const std::string& bytes) -> std::optional<engine::Incoming> {
        v1::Envelope envelope;
        if (understands_ && envelope.ParseFromString(bytes) &&
            !understands_(envelope)) {
          return std::nullopt;
        }
        return internal::ToldAgain(bytes);
      },
      [done = std::move(done)](absl::StatusOr<int> taken) mutable {
        std::move(done)(taken.status());
      });
}

void Exchange::Stop(base::DoneStatus done) {
  if (senders_.empty()) return std::move(done)(absl::OkStatus());
  struct Stopping {
    std::atomic<size_t> left;
    base::DoneStatus done;
  };
  auto stopping = std::make_shared<Stopping>();
  stopping->left = senders_.size();
  stopping->done = std::move(done);
  for (const auto& [hub, sender] : senders_) {
    sender->Stop([stopping](absl::Status) {
      if (--stopping->left == 0) std::move(stopping->done)(absl::OkStatus());
    });
  }
}

void Exchange::Wake(const store::Commit& commit) {
  for (const std::string& lane : commit.lanes) {
    const std::optional<std::string> hub = engine::HubOf(lane);
    Sender* const sender = hub.has_value() ? Find(*hub) : nullptr;
    if (sender != nullptr) sender->Wake();
  }
}

}  // namespace careroute::exchange
