#include "lib/exchange/shown_checkpoints.h"

namespace careroute::exchange {

std::optional<model::v1::SignedCheckpoint> ShownCheckpoints::NextFor(
    absl::string_view hub) {
  const std::shared_ptr<const engine::ShownCheckpoint> newest = newest_();
  if (newest == nullptr) return std::nullopt;
  const base::MutexLock lock(mutex_);
  int64_t& shown = shown_[std::string(hub)];
  if (shown >= newest->sequence) return std::nullopt;
  shown = newest->sequence;
  return newest->checkpoint;
}

}  // namespace careroute::exchange
