#include "lib/exchange/checkpoint_news.h"

#include <memory>

namespace careroute::exchange {

std::optional<model::v1::SignedCheckpoint> CheckpointNews::For(
    const std::string& peer) {
  const std::shared_ptr<const engine::ShownCheckpoint> newest =
      checkpoints_.Newest();
  if (newest == nullptr) return std::nullopt;
  const base::MutexLock lock(mutex_);
  const auto told = told_.find(peer);
  if (told != told_.end() &&
      told->second == newest->checkpoint.signature()) {
    return std::nullopt;
  }
  return newest->checkpoint;
}

void CheckpointNews::Told(const std::string& peer,
                          const model::v1::SignedCheckpoint& checkpoint) {
  if (checkpoint.signature().empty()) return;
  const base::MutexLock lock(mutex_);
  told_[peer] = checkpoint.signature();
}

}  // namespace careroute::exchange
