#include "lib/exchange/checkpoint_news.h"

#include <utility>

namespace careroute::exchange {

std::optional<model::v1::SignedCheckpoint> CheckpointNews::For(
    const std::string& peer) {
  std::optional<model::v1::SignedCheckpoint> newest = checkpoints_.Newest();
  if (!newest.has_value() || newest->ByteSizeLong() > kCheckpointBytesMax) {
    return std::nullopt;
  }
  const base::MutexLock lock(mutex_);
  const auto told = told_.find(peer);
  const bool knows = told != told_.end() && told->second == newest->signature();
  return knows ? std::nullopt : std::move(newest);
}

void CheckpointNews::Told(const std::string& peer,
                          const model::v1::SignedCheckpoint& checkpoint) {
  if (checkpoint.signature().empty()) return;
  const base::MutexLock lock(mutex_);
  told_[peer] = checkpoint.signature();
}

}  // namespace careroute::exchange
