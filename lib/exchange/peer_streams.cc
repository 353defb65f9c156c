#include "lib/exchange/peer_streams.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/time_util.h"
#include "lib/base/hash.h"
#include "lib/base/status_macros.h"
#include "lib/engine/hub_actor.h"

namespace careroute::exchange {
namespace {

using event::v1::PeerEvent;

constexpr size_t kUidSize = 16;

// What is recorded twice, because the first answer of the store was lost, has
// one effect.
engine::RequestInfo InfoNamed(const std::string& hash) {
  return {.actor = engine::HubActor(),
          .request_id = hash.substr(0, kUidSize),
          .body_hash = hash};
}

// One name for one batch with one answer.
engine::RequestInfo InfoOf(absl::string_view kind,
                           const ExchangedBatch& batch) {
  base::Sha256Hasher hasher;
  hasher.Update(kind);
  hasher.Update(base::Sha256(batch.manifest));
  hasher.Update(base::Sha256(batch.receipt));
  return InfoNamed(hasher.Finish());
}

model::v1::Refusal Ahead() {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_AHEAD);
  refusal.set_message_key("ahead");
  refusal.set_message("a newer release wrote to this record; use that release");
  return refusal;
}

void Fill(const ExchangedBatch& batch, auto& body) {
  body.set_manifest(batch.manifest);
  *body.mutable_signature() = batch.signature;
  body.set_receipt(batch.receipt);
  *body.mutable_receipt_signature() = batch.receipt_signature;
}

}  // namespace

absl::Status PeerTraits::Fold(const std::string& stored, State& state) {
  PeerEvent event;
  if (!event.ParseFromString(stored)) {
    return absl::DataLossError(
        "an event of a peer is damaged; restore the store from a backup");
  }
  return FoldPeer(event, state);
}

absl::Status PeerTraits::Restore(const std::string& snapshot, State& state) {
  event::v1::PeerSnapshot read;
  if (!read.ParseFromString(snapshot)) {
    return absl::DataLossError(
        "the snapshot of a peer is damaged; restore the store from a backup");
  }
  state = FromSnapshot(read);
  return absl::OkStatus();
}

std::string PeerTraits::Snapshot(const State& state) {
  return ToSnapshot(state).SerializeAsString();
}

PeerStreams::PeerStreams(const Options& options)
    : clock_(options.clock),
      streams_({.store = options.store,
                .clock = options.clock,
                .executor = options.executor}) {}

base::Uid PeerStreams::UidOf(absl::string_view hub) {
  const std::string hash = base::Sha256(absl::StrCat("peer/", hub));
  return *base::UidFromBytes(hash.substr(0, kUidSize));
}

void PeerStreams::Read(absl::string_view hub, base::Done<PeerReading> done) {
  streams_.Load(UidOf(hub), [done = std::move(done)](
                                absl::StatusOr<LoadedPeer> loaded) mutable {
    if (!loaded.ok()) {
      std::move(done)(loaded.status());
      return;
    }
    std::move(done)(
        PeerReading{.state = loaded->state, .version = loaded->version});
  });
}

absl::StatusOr<PeerStreams::PlanOfPeer> PeerStreams::PlanOf(
    PeerEvent event, const engine::RequestInfo& info,
    const LoadedPeer& before) const {
  PlanOfPeer plan;
  if (before.state->ahead) {
    plan.refusal = Ahead();
    return plan;
  }
  event::v1::EventHeader& header = *event.mutable_header();
  header.set_version(before.version + 1);
  *header.mutable_happened_time() =
      google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(
          absl::ToUnixMicros(clock_.Now()));
  *header.mutable_recorded_time() = header.happened_time();
  *header.mutable_actor() = info.actor;
  header.set_request_id(info.request_id);
  header.set_format(kPeerFormat);
  auto after = std::make_shared<PeerState>(*before.state);
  CAREROUTE_RETURN_IF_ERROR(FoldPeer(event, *after));
  plan.after = std::move(after);
  plan.events.push_back(event.SerializeAsString());
  return plan;
}

void PeerStreams::Record(absl::string_view hub, const engine::RequestInfo& info,
                         PeerEvent event, base::DoneStatus done) {
  streams_.Execute(
      UidOf(hub), info,
      [this, info, event = std::move(event)](const LoadedPeer& before,
                                             base::Done<PlanOfPeer> planned) {
        std::move(planned)(PlanOf(event, info, before));
      },
      [done = std::move(done)](absl::StatusOr<engine::Reply> reply) mutable {
        // One that was recorded too long ago to be answered was recorded.
        if (reply.ok() && reply->refusal.has_value() &&
            reply->refusal->reason() == model::v1::ERROR_REASON_AHEAD) {
          std::move(done)(
              absl::FailedPreconditionError(reply->refusal->message()));
          return;
        }
        std::move(done)(reply.status());
      });
}

void PeerStreams::RecordSent(absl::string_view hub, const ExchangedBatch& batch,
                             base::DoneStatus done) {
  PeerEvent event;
  Fill(batch, *event.mutable_sent());
  Record(hub, InfoOf("sent", batch), std::move(event), std::move(done));
}

void PeerStreams::RecordReceived(absl::string_view hub,
                                 const ExchangedBatch& batch,
                                 base::DoneStatus done) {
  PeerEvent event;
  Fill(batch, *event.mutable_received());
  Record(hub, InfoOf("received", batch), std::move(event), std::move(done));
}

void PeerStreams::RecordCompared(absl::string_view hub,
                                 event::v1::PeerCompared compared,
                                 base::DoneStatus done) {
  const engine::RequestInfo info =
      InfoNamed(base::Sha256(absl::StrCat("compared ", compared.epoch())));
  PeerEvent event;
  *event.mutable_compared() = std::move(compared);
  Record(hub, info, std::move(event), std::move(done));
}

void PeerStreams::Pause(CommandRequest request,
                        base::Done<engine::Reply> done) {
  const base::Uid uid = UidOf(request.hub);
  const engine::RequestInfo info = request.info;
  streams_.Execute(
      uid, info,
      [this, request = std::move(request)](const LoadedPeer& before,
                                           base::Done<PlanOfPeer> planned) {
        if (before.state->paused &&
            before.state->pause_reason == request.reason) {
          std::move(planned)(PlanOfPeer());
          return;
        }
        PeerEvent event;
        event.mutable_paused()->set_reason(request.reason);
        std::move(planned)(PlanOf(std::move(event), request.info, before));
      },
      std::move(done));
}

void PeerStreams::Resume(CommandRequest request,
                         base::Done<engine::Reply> done) {
  const base::Uid uid = UidOf(request.hub);
  const engine::RequestInfo info = request.info;
  streams_.Execute(
      uid, info,
      [this, request = std::move(request)](const LoadedPeer& before,
                                           base::Done<PlanOfPeer> planned) {
        if (!before.state->paused && before.state->lost.empty() &&
            before.state->lost_cases.empty() &&
            before.state->fault == CheckpointFault::kNone) {
          std::move(planned)(PlanOfPeer());
          return;
        }
        PeerEvent event;
        event.mutable_resumed();
        std::move(planned)(PlanOf(std::move(event), request.info, before));
      },
      std::move(done));
}

}  // namespace careroute::exchange
