// lib/exchange/peer_streams.h: what passes between this hub and others,
// recorded; and whether anything may be sent.
//
// Each peer is a stream: an event for each batch that was answered, either way,
// with manifest, receipt and both signatures as they were on the wire. Such an
// event is proof of what the other hub said, and of how far its records were.
//
//   PeerStreams streams({.store = store, .clock = clock, .executor =
//   executor}); streams.RecordSent("east", {.manifest = ..., .receipt = ...},
//   done); streams.Pause({.info = info, .hub = "east", .reason = "moves
//   house"}, done);

#ifndef CAREROUTE_LIB_EXCHANGE_PEER_STREAMS_H_
#define CAREROUTE_LIB_EXCHANGE_PEER_STREAMS_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "careroute/event/v1/peer_event.pb.h"
#include "careroute/model/v1/signature.pb.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/uid.h"
#include "lib/engine/request.h"
#include "lib/engine/stream_engine.h"
#include "lib/exchange/peer_state.h"
#include "lib/store/store.h"

namespace careroute::exchange {

// A peer's stream, as StreamEngine sees it.
struct PeerTraits {
  using State = PeerState;
  static constexpr store::StreamKind kKind = store::StreamKind::kPeer;
  static constexpr int32_t kFoldVersion = 1;
  // An event is some 10 KiB and a snapshot up to 40.
  static constexpr int64_t kSnapshotEvery = 50;
  static constexpr absl::string_view kName = "peers";

  // DATA_LOSS for bytes that are no event, or no snapshot.
  static absl::Status Fold(const std::string& stored, State& state);
  static absl::Status Restore(const std::string& snapshot, State& state);
  static std::string Snapshot(const State& state);
};

// A batch and its answer, as they were signed. The caller has looked at the
// signatures.
struct ExchangedBatch {
  std::string manifest;
  model::v1::HubSignature signature;
  std::string receipt;
  model::v1::HubSignature receipt_signature;
};

struct PeerReading {
  std::shared_ptr<const PeerState> state;
  int64_t version = 0;  // 0 = nothing ever passed
};

// Thread-safe. Everything handed in must outlive it.
class PeerStreams {
 public:
  struct Options {
    store::Store& store;
    const base::Clock& clock;
    base::Executor& executor;
  };
  explicit PeerStreams(const Options& options);

  // The stream of a peer: the first 16 bytes of SHA-256 of "peer/" and its id.
  [[nodiscard]] static base::Uid UidOf(absl::string_view hub);

  // The newest durable state.
  void Read(absl::string_view hub, base::Done<PeerReading> done);

  // The same batch with the same answer is recorded once, however often it is
  // asked for. FAILED_PRECONDITION when the stream needs a newer release.
  void RecordSent(absl::string_view hub, const ExchangedBatch& batch,
                  base::DoneStatus done);
  void RecordReceived(absl::string_view hub, const ExchangedBatch& batch,
                      base::DoneStatus done);

  // After a restore. The same word is recorded once.
  void RecordCompared(absl::string_view hub, event::v1::PeerCompared compared,
                      base::DoneStatus done);

  struct CommandRequest {
    engine::RequestInfo info;
    std::string hub;
    std::string reason;  // of a pause; no data of a person
  };
  // Stops sending. One that is paused for that reason already stays as it is.
  void Pause(CommandRequest request, base::Done<engine::Reply> done);
  // Lets sending go on, and forgets what the peer's checkpoints showed so far
  // and what a restore lost. One of which nothing is to be forgotten stays as
  // it is.
  void Resume(CommandRequest request, base::Done<engine::Reply> done);

 private:
  using LoadedPeer = engine::Loaded<PeerState>;
  using PlanOfPeer = engine::Plan<PeerState>;

  // One request has one effect.
  void Record(absl::string_view hub, const engine::RequestInfo& info,
              event::v1::PeerEvent event, base::DoneStatus done);
  // The event with its header, and the state after it.
  [[nodiscard]] absl::StatusOr<PlanOfPeer> PlanOf(
      event::v1::PeerEvent event, const engine::RequestInfo& info,
      const LoadedPeer& before) const;

  const base::Clock& clock_;
  engine::StreamEngine<PeerTraits> streams_;
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_PEER_STREAMS_H_
