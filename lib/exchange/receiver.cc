#include "lib/exchange/receiver.h"

#include <atomic>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/hash.h"
#include "lib/base/status_macros.h"
#include "lib/exchange/internal/judge.h"
#include "lib/exchange/internal/times.h"
#include "lib/exchange/internal/told.h"

namespace careroute::exchange {
namespace {

using engine::Fate;
using engine::TakeResult;
using v1::Envelope;
using v1::EnvelopeVerdict;

EnvelopeVerdict VerdictOf(const absl::StatusOr<TakeResult>& result) {
  EnvelopeVerdict verdict;
  if (!result.ok()) {
    verdict.set_fate(v1::ENVELOPE_FATE_LATER);
    return verdict;
  }
  switch (result->fate) {
    case Fate::kTaken:
      verdict.set_fate(v1::ENVELOPE_FATE_TAKEN);
      break;
    case Fate::kGap:
      verdict.set_fate(v1::ENVELOPE_FATE_GAP);
      verdict.set_expected(result->expected);
      break;
    case Fate::kNotUnderstood:
      verdict.set_fate(v1::ENVELOPE_FATE_NOT_UNDERSTOOD);
      break;
    case Fate::kRefused:
      verdict.set_fate(v1::ENVELOPE_FATE_REFUSED);
      verdict.set_why(result->why);
      break;
  }
  return verdict;
}

}  // namespace

// One batch under way.
struct Receiver::Batch {
  std::string from;
  const Peer* peer = nullptr;
  v1::DeliverRequest request;
  base::Done<v1::DeliverResponse> done;
  v1::Manifest manifest;
  std::vector<internal::Judged> judged;  // by place in the batch
  // Written by the referral the envelope belongs to, and by nobody else.
  std::vector<EnvelopeVerdict> verdicts;
  // The places of each referral's envelopes, in order.
  std::vector<std::vector<int>> groups;
  std::atomic<size_t> groups_left{0};
};

Receiver::Receiver(Options options) : options_(std::move(options)) {}

bool Receiver::Enter(const std::string& peer) {
  const base::MutexLock lock(mutex_);
  int& count = under_way_[peer];
  if (count >= kBatchesAtOnceMax) return false;
  ++count;
  return true;
}

void Receiver::Leave(const std::string& peer) {
  const base::MutexLock lock(mutex_);
  --under_way_[peer];
}

void Receiver::Deliver(absl::string_view peer, v1::DeliverRequest request,
                       base::Done<v1::DeliverResponse> done) {
  auto batch = std::make_shared<Batch>();
  batch->from = std::string(peer);
  batch->request = std::move(request);
  for (const Peer& one : options_.peers) {
    if (one.hub_id == peer) batch->peer = &one;
  }
  absl::Status checked = Check(*batch);
  if (!checked.ok()) return std::move(done)(std::move(checked));
  if (options_.heard) options_.heard(batch->from);
  if (!Enter(batch->from)) {
    return std::move(done)(absl::ResourceExhaustedError(
        "other batches of this hub are under way; send it again later"));
  }
  const int64_t epoch = batch->manifest.epoch();
  if (!options_.epochs.BeginBatch(batch->from, epoch)) {
    Leave(batch->from);
    return std::move(done)(absl::FailedPreconditionError(
        "manifest: it is of a store that was replaced by a backup since"));
  }
  batch->done = [this, from = batch->from, epoch, done = std::move(done)](
                    absl::StatusOr<v1::DeliverResponse> answer) mutable {
    options_.epochs.EndBatch(from, epoch);
    Leave(from);
    std::move(done)(std::move(answer));
  };
  TakeAll(batch);
}

absl::Status Receiver::Check(Batch& batch) const {
  if (batch.peer == nullptr) {
    return absl::PermissionDeniedError(
        "this hub is no peer; add it to the peers of the configuration");
  }
  const v1::DeliverRequest& request = batch.request;
  if (request.manifest().size() > kManifestBytesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("manifest: it is larger than ", kManifestBytesMax,
                     " bytes; send fewer envelopes in a batch"));
  }
  // Who it is between is asked first: it costs less than a signature, and what
  // it says is believed only once the signature holds.
  v1::Manifest claimed;
  if (!claimed.ParseFromString(request.manifest())) {
    return absl::InvalidArgumentError(
        "manifest: the bytes are no such message; send it as signed");
  }
  if (claimed.from_hub() != batch.from || claimed.to_hub() != options_.hub_id) {
    return absl::PermissionDeniedError(
        "manifest: it is not from the calling hub to this one");
  }
  CAREROUTE_ASSIGN_OR_RETURN(batch.manifest,
                             OpenManifest({.bytes = request.manifest(),
                                           .signature = request.signature()},
                                          batch.peer->keys));
  return CheckEnvelopes(batch.manifest, request.envelopes());
}

void Receiver::TakeAll(const BatchPtr& batch) {
  const engine::DirectoryPtr directory = options_.organisations.Current();
  const auto& envelopes = batch->request.envelopes();
  batch->verdicts.resize(static_cast<size_t>(envelopes.size()));
  std::map<std::pair<base::Uid, int>, size_t> places;
  for (int i = 0; i < envelopes.size(); ++i) {
    internal::Judged& judged =
        batch->judged.emplace_back(internal::Judge({.bytes = envelopes.Get(i),
                                                    .peer = batch->from,
                                                    .hub_id = options_.hub_id,
                                                    .directory = *directory}));
    if (!judged.refused.empty()) {
      EnvelopeVerdict& verdict = batch->verdicts[static_cast<size_t>(i)];
      verdict.set_fate(v1::ENVELOPE_FATE_REFUSED);
      verdict.set_why(judged.refused);
      continue;
    }
    if (options_.understands && !options_.understands(judged.envelope)) {
      judged.of_newer_release = true;
    }
    const auto [place, is_new] = places.try_emplace(
        {judged.referral, judged.envelope.side()}, batch->groups.size());
    if (is_new) batch->groups.emplace_back();
    batch->groups[place->second].push_back(i);
  }
  if (batch->groups.empty()) return Answer(batch);
  const size_t groups = batch->groups.size();
  batch->groups_left = groups;
  for (size_t group = 0; group < groups; ++group) TakeNext(batch, group, 0);
}

void Receiver::TakeNext(const BatchPtr& batch, size_t group, size_t next) {
  if (next == batch->groups[group].size()) {
    if (--batch->groups_left == 0) Answer(batch);
    return;
  }
  const int index = batch->groups[group][next];
  TakeOne(batch, index,
          [this, batch, group, next, index](absl::StatusOr<TakeResult> result) {
            batch->verdicts[static_cast<size_t>(index)] = VerdictOf(result);
            TakeNext(batch, group, next + 1);
          });
}

void Receiver::TakeOne(const BatchPtr& batch, int index,
                       base::Done<TakeResult> done) {
  internal::Judged& judged = batch->judged[static_cast<size_t>(index)];
  const Envelope& envelope = judged.envelope;
  const bool of_case = envelope.side() == v1::REFERRAL_SIDE_OFFER ||
                       envelope.side() == v1::REFERRAL_SIDE_ANSWER;
  if (of_case && !judged.of_newer_release) {
    return options_.hand_overs.Take(judged.referral, std::move(judged.envelope),
                                    std::move(done));
  }
  if (of_case || envelope.side() == v1::REFERRAL_SIDE_PERFORMANCE) {
    // A case keeps no bytes it does not understand: the other hub does, until
    // this one is of a release that does.
    if (judged.of_newer_release) {
      return std::move(done)(
          absl::UnavailableError("it takes a newer release of this hub"));
    }
    return options_.cases.Mirror(
        {.referral = judged.referral,
         .from_hub = batch->from,
         .sequence = envelope.sequence(),
         .entries =
             std::move(*judged.envelope.mutable_grew()->mutable_entries())},
        std::move(done));
  }
  options_.performed.Take(
      internal::Told({.envelope = std::move(judged.envelope),
                      .bytes = batch->request.envelopes(index),
                      .of_newer_release = judged.of_newer_release}),
      std::move(done));
}

void Receiver::Answer(const BatchPtr& batch) {
  v1::Receipt receipt;
  receipt.set_from_hub(options_.hub_id);
  receipt.set_to_hub(batch->from);
  receipt.set_manifest_hash(base::Sha256(batch->request.manifest()));
  *receipt.mutable_verdicts() = {batch->verdicts.begin(),
                                 batch->verdicts.end()};
  *receipt.mutable_receive_time() = internal::ToProto(options_.clock.Now());
  receipt.set_epoch(options_.epoch);
  if (auto news = options_.checkpoints.For(batch->from)) {
    *receipt.mutable_checkpoint() = *std::move(news);
  }
  SignedBytes answer = Sign(receipt, options_.signer);
  const ExchangedBatch exchanged{.manifest = batch->request.manifest(),
                                 .signature = batch->request.signature(),
                                 .receipt = answer.bytes,
                                 .receipt_signature = answer.signature};
  options_.streams.RecordReceived(
      batch->from, exchanged,
      [this, batch, answer = std::move(answer),
       told = receipt.checkpoint()](absl::Status recorded) mutable {
        if (!recorded.ok()) return std::move(batch->done)(std::move(recorded));
        options_.checkpoints.Told(batch->from, told);
        v1::DeliverResponse response;
        response.set_receipt(std::move(answer.bytes));
        *response.mutable_signature() = std::move(answer.signature);
        std::move(batch->done)(std::move(response));
      });
}

}  // namespace careroute::exchange
