// lib/exchange/peer_state.h: what this hub knows of another one.
//
// A fold of the events of one peer: whether anything may be sent, how far the
// batches each way are, and the newest checkpoint the peer has shown. A later
// checkpoint must go on from it: a peer whose records were cut or rewritten
// shows that here, because it cannot take back what it has signed.
//
//   PeerState state;
//   CAREROUTE_RETURN_IF_ERROR(FoldPeer(event, state));
//   if (state.fault != CheckpointFault::kNone) ...;

#ifndef CAREROUTE_LIB_EXCHANGE_PEER_STATE_H_
#define CAREROUTE_LIB_EXCHANGE_PEER_STATE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "careroute/event/v1/peer_event.pb.h"
#include "lib/exchange/known_heads.h"

namespace careroute::exchange {

// Lowest format number an event of this release asks of its readers.
inline constexpr int32_t kPeerFormat = 1;

// A hub is a few processes; one that is gone signs no more.
inline constexpr size_t kProcessesKept = 16;

// Streams whose newest head is kept at hand. The events keep all of them; a
// stream that two checkpoints name soon after each other is what shows a change
// on the spot.
inline constexpr size_t kHeadsKept = 512;

// What a peer's checkpoints showed. The numbers are stored.
enum class CheckpointFault : int32_t {
  kNone = 0,
  // It cannot be read.
  kUnreadable = 1,
  // Two were signed under one number.
  kTwoOfOneNumber = 2,
  // It does not name the one before it.
  kDoesNotFollow = 3,
  // The same process names another epoch.
  kOtherEpoch = 4,
  // A stream had another history when an earlier one witnessed it.
  kOtherHistory = 5,
};

struct KnownCheckpoint {
  std::string process;  // 16 bytes
  int64_t sequence = 0;
  int64_t epoch = 0;
  std::string hash;  // SHA-256 of the signed bytes

  friend bool operator==(const KnownCheckpoint&,
                         const KnownCheckpoint&) = default;
};

struct PeerState {
  bool paused = false;
  std::string pause_reason;
  int64_t sent_batch = 0;      // the newest that was sent and answered
  int64_t received_batch = 0;  // the newest that came
  // When it last answered, by this hub's clock.
  absl::Time answered = absl::InfinitePast();
  int64_t epoch = 0;  // of its store, as it last said; 0 = it said nothing yet
  // The newest of each of its processes, the one heard last at the end.
  std::vector<KnownCheckpoint> checkpoints;
  KnownHeads heads;
  // The first since somebody resumed the peer.
  CheckpointFault fault = CheckpointFault::kNone;
  // Of this hub's store: the last one in which its own halves were compared
  // with the peer's mirrors.
  int64_t compared_epoch = 0;
  // Referrals that were found lost on one side then, as uids of 16 bytes; until
  // somebody resumes the peer.
  std::vector<std::string> lost;
  // Cases that moved and could not be given back whole, as long; likewise.
  std::vector<std::string> lost_cases;
  // An event needs a newer release; this is the state before it.
  bool ahead = false;

  friend bool operator==(const PeerState&, const PeerState&) = default;
};

// Folds one event in. DATA_LOSS when it holds what its hubs cannot have signed.
// The signatures were looked at before the event was recorded.
[[nodiscard]] absl::Status FoldPeer(const event::v1::PeerEvent& event,
                                    PeerState& state);

// There and back; everything is kept.
[[nodiscard]] event::v1::PeerSnapshot ToSnapshot(const PeerState& state);
[[nodiscard]] PeerState FromSnapshot(const event::v1::PeerSnapshot& snapshot);

// In words for an administrator, with what to do; empty for kNone, and while
// nothing is lost.
[[nodiscard]] std::string WordsOf(CheckpointFault fault);
[[nodiscard]] std::string WordsOfLost(const PeerState& state);

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_PEER_STATE_H_
