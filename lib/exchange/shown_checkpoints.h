// lib/exchange/shown_checkpoints.h: which checkpoint a hub is shown next.
//
// Manifests and receipts carry the newest one when there is a newer than this
// hub showed before. One that is lost with its batch is made up for by the
// next: the newest vouches for all before it.
//
//   std::optional<model::v1::SignedCheckpoint> next = shown.NextFor("east");
//   if (next.has_value()) *manifest.mutable_checkpoint() = *std::move(next);

#ifndef CAREROUTE_LIB_EXCHANGE_SHOWN_CHECKPOINTS_H_
#define CAREROUTE_LIB_EXCHANGE_SHOWN_CHECKPOINTS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/access.pb.h"
#include "lib/base/mutex.h"
#include "lib/engine/checkpoints.h"

namespace careroute::exchange {

// Thread-safe.
class ShownCheckpoints {
 public:
  // engine::Checkpoints::Newest of this process; null before there is one.
  using Newest =
      std::function<std::shared_ptr<const engine::ShownCheckpoint>()>;
  explicit ShownCheckpoints(Newest newest) : newest_(std::move(newest)) {}

  // The newest, once; none when the hub was given it before.
  [[nodiscard]] std::optional<model::v1::SignedCheckpoint> NextFor(
      absl::string_view hub);

 private:
  const Newest newest_;
  base::Mutex mutex_;
  // The number of the last one given to each hub.
  std::map<std::string, int64_t, std::less<>> shown_
      CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_SHOWN_CHECKPOINTS_H_
