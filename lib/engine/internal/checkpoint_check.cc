#include "lib/engine/internal/checkpoint_check.h"

#include <utility>

#include "lib/base/hash.h"
#include "lib/base/uid.h"

namespace careroute::engine::internal {

CheckpointCheck::CheckpointCheck(const Options& options) : options_(options) {
  for (const model::v1::SignedCheckpoint& one : options_.witnesses) {
    model::v1::Checkpoint checkpoint;
    if (!checkpoint.ParseFromString(one.checkpoint())) continue;
    const auto process = base::UidFromBytes(checkpoint.process());
    if (!process.ok()) continue;
    held_[{.kind = store::StreamKind::kCheckpoint, .id = *process}]
         [checkpoint.sequence()] = {
             .hash = base::Sha256(one.SerializeAsString()),
             .epoch = checkpoint.epoch()};
  }
}

void CheckpointCheck::Find(int64_t version, DamageKind kind) {
  options_.found({.stream = stream_, .version = version, .kind = kind});
}

void CheckpointCheck::Start(const store::StreamId& stream) {
  stream_ = stream;
  version_ = 0;
  previous_.clear();
  here_.clear();
  const auto held = held_.find(stream);
  if (held == held_.end()) return;
  here_ = std::move(held->second);
  held_.erase(held);
}

void CheckpointCheck::CheckSignature(
    const model::v1::SignedCheckpoint& checkpoint, int64_t version) {
  if (options_.check == nullptr) return;
  const absl::Status verified =
      options_.check({.algorithm = checkpoint.algorithm(),
                      .key_id = checkpoint.key_id(),
                      .bytes = checkpoint.signature()},
                     checkpoint.checkpoint());
  if (verified.ok()) return;
  Find(version, absl::IsNotFound(verified) ? DamageKind::kUnknownKey
                                           : DamageKind::kForged);
}

void CheckpointCheck::Take(const store::StoredEvent& stored) {
  version_ = stored.version;
  std::string hash = base::Sha256(stored.bytes);
  const auto held = here_.find(stored.version);
  if (held != here_.end()) {
    if (held->second.hash != hash) {
      Find(stored.version, DamageKind::kOtherHistory);
    }
    here_.erase(held);
  }
  model::v1::SignedCheckpoint signed_checkpoint;
  model::v1::Checkpoint checkpoint;
  if (!signed_checkpoint.ParseFromString(stored.bytes) ||
      !checkpoint.ParseFromString(signed_checkpoint.checkpoint())) {
    previous_ = std::move(hash);
    return Find(stored.version, DamageKind::kUnreadable);
  }
  CheckSignature(signed_checkpoint, stored.version);
  if (checkpoint.previous() != previous_) {
    Find(stored.version, DamageKind::kUnlinked);
  }
  previous_ = std::move(hash);
}

void CheckpointCheck::NameLost(const HeldOfProcess& held, int64_t version,
                               DamageKind kind) {
  if (held.empty()) return;
  bool forgotten = true;
  for (const auto& [number, one] : held) {
    if (one.epoch >= options_.epoch) forgotten = false;
  }
  Find(version, forgotten ? DamageKind::kForgotten : kind);
}

void CheckpointCheck::Close() {
  NameLost(here_, version_ + 1, DamageKind::kCutOff);
  here_.clear();
}

void CheckpointCheck::Finish() {
  for (const auto& [stream, held] : held_) {
    stream_ = stream;
    NameLost(held, 0, DamageKind::kGone);
  }
  held_.clear();
}

}  // namespace careroute::engine::internal
