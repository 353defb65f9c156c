// lib/engine/peer_desk.h: the other hubs, as an administrator sees and handles
// them.
//
// The engine knows no other hub; whoever exchanges with them (lib/exchange)
// implements this, and the method table serves it. A hub without peers has no
// desk.
//
//   desk.Describe("east", [](absl::StatusOr<model::v1::Peer> peer) { ... });

#ifndef CAREROUTE_LIB_ENGINE_PEER_DESK_H_
#define CAREROUTE_LIB_ENGINE_PEER_DESK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "careroute/model/v1/peer.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "lib/base/callback.h"
#include "lib/engine/request.h"
#include "lib/store/outbox_store.h"

namespace careroute::engine {

// Counting what waits for a peer stops here.
inline constexpr int32_t kWaitingCountMax = 1000;

// Thread-safe. A hub that is no peer is NOT_FOUND.
class PeerDesk {
 public:
  virtual ~PeerDesk() = default;

  // Every peer, by id.
  virtual void List(base::Done<std::vector<model::v1::Peer>> done) = 0;
  virtual void Describe(std::string hub, base::Done<model::v1::Peer> done) = 0;

  struct WaitingRequest {
    std::string hub;
    bool stuck_only = false;
    int32_t limit = 50;  // 1 to store::kPageRowsMax
    std::optional<store::OutboxKey> after;
  };
  struct WaitingPage {
    std::vector<model::v1::WaitingEnvelope> envelopes;  // a page may be short
    // Where the next page begins; none = this is the last.
    std::optional<store::OutboxKey> last;
  };
  virtual void ListWaiting(WaitingRequest request,
                           base::Done<WaitingPage> done) = 0;

  // Nothing is sent to a peer that is paused; what comes from it is taken.
  struct PauseRequest {
    RequestInfo info;
    std::string hub;
    std::string reason;  // no data of a person
  };
  virtual void Pause(PauseRequest request, base::Done<Reply> done) = 0;
  // Also says that somebody has looked into what its checkpoints showed.
  struct ResumeRequest {
    RequestInfo info;
    std::string hub;
  };
  virtual void Resume(ResumeRequest request, base::Done<Reply> done) = 0;

  // Makes all that waits for the peer due at once. Completes with how many
  // would have waited longer.
  virtual void Redrive(std::string hub, base::Done<int32_t> done) = 0;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_PEER_DESK_H_
