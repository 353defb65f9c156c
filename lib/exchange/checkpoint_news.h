// lib/exchange/checkpoint_news.h: how far this hub's records are, told to each
// peer once.
//
// A peer that keeps a checkpoint can show later that a record was cut. It goes
// with whatever is signed for the peer next, a manifest or a receipt.
//
//   if (auto news = checkpoints.For("east")) *manifest.mutable_checkpoint() =
//       *std::move(news);
//   ... once the other hub has it ...
//   checkpoints.Told("east", manifest.checkpoint());

#ifndef CAREROUTE_LIB_EXCHANGE_CHECKPOINT_NEWS_H_
#define CAREROUTE_LIB_EXCHANGE_CHECKPOINT_NEWS_H_

#include <map>
#include <optional>
#include <string>

#include "careroute/model/v1/access.pb.h"
#include "lib/base/mutex.h"
#include "lib/engine/checkpoints.h"

namespace careroute::exchange {

// Thread-safe. `checkpoints` must outlive it.
class CheckpointNews {
 public:
  explicit CheckpointNews(const engine::Checkpoints& checkpoints)
      : checkpoints_(checkpoints) {}

  // The newest checkpoint; none when the peer was told of it.
  [[nodiscard]] std::optional<model::v1::SignedCheckpoint> For(
      const std::string& peer);
  // An empty one changes nothing.
  void Told(const std::string& peer,
            const model::v1::SignedCheckpoint& checkpoint);

 private:
  const engine::Checkpoints& checkpoints_;
  base::Mutex mutex_;
  // By peer, the signature of the checkpoint told last.
  std::map<std::string, std::string> told_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_CHECKPOINT_NEWS_H_
