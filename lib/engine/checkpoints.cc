#include "lib/engine/checkpoints.h"

#include <memory>
#include <utility>

#include "careroute/model/v1/access.pb.h"
#include "lib/base/hash.h"
#include "lib/engine/internal/times.h"
#include "lib/store/chain.h"

namespace careroute::engine {

Checkpoints::Checkpoints(const Options& options)
    : store_(options.store),
      clock_(options.clock),
      signer_(options.signer),
      process_(options.process),
      chain_head_(store::ChainStart()) {}

void Checkpoints::Observe(const store::StreamHead& head) {
  if (head.stream.kind == store::StreamKind::kCheckpoint) return;
  base::MutexLock lock(mutex_);
  store::StreamHead& known = observed_[head.stream];
  if (known.version <= head.version) known = head;
}

Checkpoints::Heads Checkpoints::TakeObserved() {
  base::MutexLock lock(mutex_);
  Heads taken;
  if (observed_.size() <= kHeadsPerCheckpointMax) {
    taken.swap(observed_);
    return taken;
  }
  while (taken.size() < kHeadsPerCheckpointMax) {
    taken.insert(observed_.extract(observed_.begin()));
  }
  return taken;
}

void Checkpoints::GiveBack(Heads heads) {
  base::MutexLock lock(mutex_);
  // What was observed meanwhile is newer and stays.
  observed_.merge(heads);
}

model::v1::SignedCheckpoint Checkpoints::MakeSigned(const Heads& heads) const {
  model::v1::Checkpoint checkpoint;
  checkpoint.set_process(process_.Bytes());
  checkpoint.set_sequence(version_ + 1);
  *checkpoint.mutable_checkpoint_time() = internal::ToProto(clock_.Now());
  checkpoint.set_previous(previous_);
  checkpoint.set_epoch(store_.info().epoch);
  for (const auto& [stream, head] : heads) {
    model::v1::WitnessedHead& witnessed = *checkpoint.add_heads();
    witnessed.set_stream(stream.Bytes());
    witnessed.set_version(head.version);
    witnessed.set_hash(head.hash);
  }
  model::v1::SignedCheckpoint signed_checkpoint;
  signed_checkpoint.set_checkpoint(checkpoint.SerializeAsString());
  const registry::Signature signature =
      signer_.Sign(signed_checkpoint.checkpoint());
  signed_checkpoint.set_algorithm(signature.algorithm);
  signed_checkpoint.set_key_id(signature.key_id);
  signed_checkpoint.set_signature(signature.bytes);
  return signed_checkpoint;
}

void Checkpoints::Sign(base::DoneStatus done) {
  {
    base::MutexLock lock(mutex_);
    if (signing_) {
      waiting_.push_back(std::move(done));
      return;
    }
    signing_ = true;
  }
  SignObserved(std::move(done));
}

void Checkpoints::Finish(base::DoneStatus done, absl::Status status) {
  std::vector<base::DoneStatus> waiting;
  {
    base::MutexLock lock(mutex_);
    waiting.swap(waiting_);
    signing_ = !waiting.empty();
  }
  std::move(done)(std::move(status));
  if (waiting.empty()) return;
  // One more for all who came meanwhile.
  SignObserved([waiting = std::move(waiting)](absl::Status later) mutable {
    for (base::DoneStatus& one : waiting) std::move(one)(later);
  });
}

// After a failed write: if it was written after all, the next one follows it.
void Checkpoints::Resolve(base::DoneStatus done) {
  store_.ReadHead({.kind = store::StreamKind::kCheckpoint, .id = process_},
                  [this, done = std::move(done)](
                      absl::StatusOr<store::StreamHead> head) mutable {
                    if (!head.ok()) {
                      return Finish(std::move(done), head.status());
                    }
                    Attempt attempt = *std::move(unresolved_);
                    unresolved_.reset();
                    if (head->hash == attempt.chain_hash) {
                      Follow(head->version, std::move(attempt));
                    } else {
                      GiveBack(std::move(attempt.heads));
                    }
                    SignObserved(std::move(done));
                  });
}

void Checkpoints::SignObserved(base::DoneStatus done) {
  if (unresolved_.has_value()) return Resolve(std::move(done));
  Heads heads = TakeObserved();
  if (heads.empty() && !owes_shown_) {
    return Finish(std::move(done), absl::OkStatus());
  }
  Write(std::move(heads), std::move(done));
}

void Checkpoints::Write(Heads heads, base::DoneStatus done) {
  const model::v1::SignedCheckpoint made = MakeSigned(heads);
  std::string bytes = made.SerializeAsString();
  Attempt attempt{.chain_hash = store::ChainHash(
                      {.previous = chain_head_, .stored = bytes}),
                  .own_hash = base::Sha256(bytes)};
  if (heads.size() <= kHeadsShownMax) {
    attempt.shown = std::make_shared<const ShownCheckpoint>(
        ShownCheckpoint{.sequence = version_ + 1, .checkpoint = made});
  }
  store::AppendRequest request{
      .stream = {.kind = store::StreamKind::kCheckpoint, .id = process_},
      .expected_version = version_,
      .recorded_time = clock_.Now()};
  request.events.push_back(
      {.bytes = std::move(bytes), .chain_hash = attempt.chain_hash});
  attempt.heads = std::move(heads);
  store_.Append(std::move(request),
                [this, attempt = std::move(attempt), done = std::move(done)](
                    absl::StatusOr<store::AppendResult> result) mutable {
                  if (!result.ok()) {
                    unresolved_ = std::move(attempt);
                    return Finish(std::move(done), result.status());
                  }
                  Follow(result->version, std::move(attempt));
                  if (owes_shown_) return Write({}, std::move(done));
                  Finish(std::move(done), absl::OkStatus());
                });
}

void Checkpoints::Follow(int64_t version, Attempt written) {
  version_ = version;
  chain_head_ = std::move(written.chain_hash);
  previous_ = std::move(written.own_hash);
  owes_shown_ = written.shown == nullptr;
  if (owes_shown_) return;
  base::MutexLock lock(mutex_);
  newest_ = std::move(written.shown);
}

std::shared_ptr<const ShownCheckpoint> Checkpoints::Newest() const {
  base::MutexLock lock(mutex_);
  return newest_;
}

}  // namespace careroute::engine
