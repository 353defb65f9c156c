#include "lib/exchange/peer_state.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "careroute/exchange/v1/exchange_service.pb.h"
#include "careroute/model/v1/access.pb.h"
#include "google/protobuf/util/time_util.h"
#include "lib/base/hash.h"
#include "lib/base/status_macros.h"
#include "lib/store/stream_id.h"

namespace careroute::exchange {
namespace {

using google::protobuf::util::TimeUtil;

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixMicros(TimeUtil::TimestampToMicroseconds(time));
}

void Note(CheckpointFault fault, PeerState& state) {
  if (state.fault == CheckpointFault::kNone) state.fault = fault;
}

// The newest checkpoint is at the end, whatever process it is of.
void Keep(KnownCheckpoint heard, PeerState& state) {
  std::erase_if(state.checkpoints, [&heard](const KnownCheckpoint& one) {
    return one.process == heard.process;
  });
  state.checkpoints.push_back(std::move(heard));
  if (state.checkpoints.size() > kProcessesKept) {
    state.checkpoints.erase(state.checkpoints.begin());
  }
}

// Forgets the heads that were told longest ago.
void TrimHeads(KnownHeads::Map& heads) {
  if (heads.size() <= kHeadsKept) return;
  std::vector<std::pair<int64_t, store::StreamId>> oldest;
  for (const auto& [stream, head] : heads) {
    oldest.emplace_back(head.told, stream);
  }
  std::sort(oldest.begin(), oldest.end());
  oldest.resize(oldest.size() - kHeadsKept);
  for (const auto& [told, stream] : oldest) heads.erase(stream);
}

// Of one epoch: after a restore a stream may go another way. Which of two heads
// is newer says nothing, for two processes may tell of one stream in turn.
void CompareHeads(const model::v1::Checkpoint& checkpoint, int64_t version,
                  PeerState& state) {
  KnownHeads::Map& heads = state.heads.Change();
  for (const model::v1::WitnessedHead& told : checkpoint.heads()) {
    const auto stream = store::StreamIdFromBytes(told.stream());
    if (!stream.ok()) continue;  // of a kind that a newer release knows
    KnownHead head{.version = told.version(),
                   .hash = told.hash(),
                   .epoch = checkpoint.epoch(),
                   .told = version};
    KnownHead& known = heads[*stream];
    if (known.epoch == head.epoch && known.version == head.version &&
        known.hash != head.hash) {
      Note(CheckpointFault::kOtherHistory, state);
    }
    if (std::pair(known.epoch, known.version) <=
        std::pair(head.epoch, head.version)) {
      known = std::move(head);
    }
  }
  TrimHeads(heads);
}

// How a checkpoint goes on from the newest of the same process. Not all are
// shown: only one that follows directly names the one known.
CheckpointFault Judge(const model::v1::Checkpoint& checkpoint,
                      const KnownCheckpoint* known) {
  const bool is_first = checkpoint.sequence() == 1;
  if (is_first != checkpoint.previous().empty()) {
    return CheckpointFault::kDoesNotFollow;
  }
  if (known == nullptr) return CheckpointFault::kNone;
  if (checkpoint.epoch() != known->epoch) return CheckpointFault::kOtherEpoch;
  if (checkpoint.sequence() == known->sequence + 1 &&
      checkpoint.previous() != known->hash) {
    return CheckpointFault::kDoesNotFollow;
  }
  return CheckpointFault::kNone;
}

// The fields that are kept are as long as they are said to be, or shorter: a
// peer decides neither what this hub holds in memory nor how large a snapshot
// becomes.
bool FieldsFit(const model::v1::Checkpoint& checkpoint) {
  constexpr size_t kProcessBytes = 16;
  constexpr size_t kHashBytes = 32;
  return checkpoint.process().size() <= kProcessBytes &&
         std::all_of(checkpoint.heads().begin(), checkpoint.heads().end(),
                     [](const model::v1::WitnessedHead& head) {
                       return head.hash().size() <= kHashBytes;
                     });
}

void TakeCheckpoint(const model::v1::SignedCheckpoint& signed_checkpoint,
                    int64_t version, PeerState& state) {
  model::v1::Checkpoint checkpoint;
  if (!checkpoint.ParseFromString(signed_checkpoint.checkpoint()) ||
      checkpoint.sequence() < 1 || !FieldsFit(checkpoint)) {
    return Note(CheckpointFault::kUnreadable, state);
  }
  // It was taken apart with the message around it: a few fields without maps
  // are written in one way only.
  KnownCheckpoint heard{
      .process = checkpoint.process(),
      .sequence = checkpoint.sequence(),
      .epoch = checkpoint.epoch(),
      .hash = base::Sha256(signed_checkpoint.SerializeAsString())};
  const auto known =
      std::find_if(state.checkpoints.begin(), state.checkpoints.end(),
                   [&heard](const KnownCheckpoint& one) {
                     return one.process == heard.process;
                   });
  const KnownCheckpoint* before =
      known == state.checkpoints.end() ? nullptr : &*known;
  if (before != nullptr && heard.sequence <= before->sequence) {
    // A batch that was late, or sent again.
    if (heard.sequence == before->sequence && heard.hash != before->hash) {
      Note(CheckpointFault::kTwoOfOneNumber, state);
    }
    return;
  }
  Note(Judge(checkpoint, before), state);
  CompareHeads(checkpoint, version, state);
  Keep(std::move(heard), state);
}

absl::Status Damaged() {
  return absl::DataLossError(
      "an event of a peer holds no manifest and receipt; restore the store "
      "from a backup");
}

// "3 cases (cases/.., ..)"
std::string Named(const char* kind, const std::vector<std::string>& uids) {
  constexpr size_t kNamedMax = 3;
  std::vector<std::string> names;
  for (size_t i = 0; i < std::min(uids.size(), kNamedMax); ++i) {
    names.push_back(absl::StrCat(kind, "/", absl::BytesToHexString(uids[i])));
  }
  return absl::StrCat(uids.size(), " ", kind, " (", absl::StrJoin(names, ", "),
                      uids.size() > kNamedMax ? ", ...)" : ")");
}

absl::Status FoldSent(const event::v1::PeerEvent& event, PeerState& state) {
  v1::Manifest manifest;
  v1::Receipt receipt;
  if (!manifest.ParseFromString(event.sent().manifest()) ||
      !receipt.ParseFromString(event.sent().receipt())) {
    return Damaged();
  }
  state.sent_batch = std::max(state.sent_batch, manifest.batch());
  state.answered =
      std::max(state.answered, TimeOf(event.header().recorded_time()));
  state.epoch = std::max(state.epoch, receipt.epoch());
  if (receipt.has_checkpoint()) {
    TakeCheckpoint(receipt.checkpoint(), event.header().version(), state);
  }
  return absl::OkStatus();
}

absl::Status FoldReceived(const event::v1::PeerEvent& event, PeerState& state) {
  v1::Manifest manifest;
  if (!manifest.ParseFromString(event.received().manifest())) {
    return Damaged();
  }
  // A peer that was restored numbers its batches from where it was.
  state.received_batch = manifest.epoch() > state.epoch
                             ? manifest.batch()
                             : std::max(state.received_batch, manifest.batch());
  state.epoch = std::max(state.epoch, manifest.epoch());
  if (manifest.has_checkpoint()) {
    TakeCheckpoint(manifest.checkpoint(), event.header().version(), state);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status FoldPeer(const event::v1::PeerEvent& event, PeerState& state) {
  if (state.ahead || event.header().format() > kPeerFormat) {
    state.ahead = true;
    return absl::OkStatus();
  }
  switch (event.body_case()) {
    case event::v1::PeerEvent::kSent:
      return FoldSent(event, state);
    case event::v1::PeerEvent::kReceived:
      return FoldReceived(event, state);
    case event::v1::PeerEvent::kPaused:
      state.paused = true;
      state.pause_reason = event.paused().reason();
      return absl::OkStatus();
    case event::v1::PeerEvent::kResumed:
      state.paused = false;
      state.pause_reason.clear();
      state.fault = CheckpointFault::kNone;
      state.lost.clear();
      state.lost_cases.clear();
      return absl::OkStatus();
    case event::v1::PeerEvent::kCompared:
      state.compared_epoch =
          std::max(state.compared_epoch, event.compared().epoch());
      state.lost = {event.compared().lost().begin(),
                    event.compared().lost().end()};
      state.lost_cases = {event.compared().lost_cases().begin(),
                          event.compared().lost_cases().end()};
      return absl::OkStatus();
    case event::v1::PeerEvent::BODY_NOT_SET:
      break;
  }
  state.ahead = true;
  return absl::OkStatus();
}

event::v1::PeerSnapshot ToSnapshot(const PeerState& state) {
  event::v1::PeerSnapshot snapshot;
  snapshot.set_paused(state.paused);
  snapshot.set_pause_reason(state.pause_reason);
  snapshot.set_sent_batch(state.sent_batch);
  snapshot.set_received_batch(state.received_batch);
  if (state.answered != absl::InfinitePast()) {
    *snapshot.mutable_answer_time() =
        TimeUtil::MicrosecondsToTimestamp(absl::ToUnixMicros(state.answered));
  }
  snapshot.set_epoch(state.epoch);
  for (const KnownCheckpoint& one : state.checkpoints) {
    event::v1::KnownCheckpoint& known = *snapshot.add_checkpoints();
    known.set_process(one.process);
    known.set_sequence(one.sequence);
    known.set_epoch(one.epoch);
    known.set_hash(one.hash);
  }
  for (const auto& [stream, head] : *state.heads) {
    event::v1::KnownHead& known = *snapshot.add_heads();
    known.set_stream(stream.Bytes());
    known.set_version(head.version);
    known.set_hash(head.hash);
    known.set_epoch(head.epoch);
    known.set_told(head.told);
  }
  snapshot.set_checkpoint_fault(static_cast<int32_t>(state.fault));
  snapshot.set_compared_epoch(state.compared_epoch);
  *snapshot.mutable_lost() = {state.lost.begin(), state.lost.end()};
  *snapshot.mutable_lost_cases() = {state.lost_cases.begin(),
                                    state.lost_cases.end()};
  snapshot.set_ahead(state.ahead);
  return snapshot;
}

PeerState FromSnapshot(const event::v1::PeerSnapshot& snapshot) {
  PeerState state{
      .paused = snapshot.paused(),
      .pause_reason = snapshot.pause_reason(),
      .sent_batch = snapshot.sent_batch(),
      .received_batch = snapshot.received_batch(),
      .epoch = snapshot.epoch(),
      .fault = static_cast<CheckpointFault>(snapshot.checkpoint_fault()),
      .compared_epoch = snapshot.compared_epoch(),
      .lost = {snapshot.lost().begin(), snapshot.lost().end()},
      .lost_cases = {snapshot.lost_cases().begin(),
                     snapshot.lost_cases().end()},
      .ahead = snapshot.ahead()};
  if (snapshot.has_answer_time()) {
    state.answered = TimeOf(snapshot.answer_time());
  }
  for (const event::v1::KnownCheckpoint& one : snapshot.checkpoints()) {
    state.checkpoints.push_back({.process = one.process(),
                                 .sequence = one.sequence(),
                                 .epoch = one.epoch(),
                                 .hash = one.hash()});
  }
  KnownHeads::Map& heads = state.heads.Change();
  for (const event::v1::KnownHead& one : snapshot.heads()) {
    const auto stream = store::StreamIdFromBytes(one.stream());
    if (!stream.ok()) continue;
    heads[*stream] = {.version = one.version(),
                      .hash = one.hash(),
                      .epoch = one.epoch(),
                      .told = one.told()};
  }
  return state;
}

std::string WordsOf(CheckpointFault fault) {
  const char* what = nullptr;
  switch (fault) {
    case CheckpointFault::kNone:
      return "";
    case CheckpointFault::kUnreadable:
      what = "it showed a checkpoint that cannot be read";
      break;
    case CheckpointFault::kTwoOfOneNumber:
      what = "it signed two different checkpoints of one number";
      break;
    case CheckpointFault::kDoesNotFollow:
      what = "a checkpoint of it does not go on from the one before";
      break;
    case CheckpointFault::kOtherEpoch:
      what = "its epoch changed without a restart";
      break;
    case CheckpointFault::kOtherHistory:
      what = "it signed two different histories of one record";
      break;
  }
  if (what == nullptr) what = "its checkpoints do not fit together";
  return absl::StrCat(
      what,
      ": its records may have been changed or cut. Ask who runs it to verify "
      "them against what this hub keeps; once it is explained, resume the "
      "peer");
}

std::string WordsOfLost(const PeerState& state) {
  std::vector<std::string> words;
  if (!state.lost.empty()) {
    words.push_back(absl::StrCat(
        "after a restore one of the two hubs knows ",
        Named("referrals", state.lost),
        " that the other has lost for good: agree with who runs it what "
        "becomes of them, then resume the peer"));
  }
  if (!state.lost_cases.empty()) {
    words.push_back(absl::StrCat(
        "after a restore ", Named("cases", state.lost_cases),
        " that moved could not be given back whole: both histories have gone "
        "on apart, or the record of the person is gone, or what members of "
        "this hub performed is, or the copy here is damaged. Agree with who "
        "runs it where each goes on, "
        "have members look at what they performed, then resume the peer"));
  }
  return absl::StrJoin(words, "; ");
}

}  // namespace careroute::exchange
