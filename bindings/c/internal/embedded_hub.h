// bindings/c/internal/embedded_hub.h: a hub with threads of its own.
//
//   absl::StatusOr<std::shared_ptr<Hub>> hub = EmbeddedHub::Open(bytes);

#ifndef CAREROUTE_BINDINGS_C_INTERNAL_EMBEDDED_HUB_H_
#define CAREROUTE_BINDINGS_C_INTERNAL_EMBEDDED_HUB_H_

#include <cstdint>
#include <memory>
#include <string>

#include "bindings/c/internal/deadlines.h"
#include "bindings/c/internal/hub.h"
#include "bindings/c/internal/pending_call.h"
#include "bindings/c/internal/poster.h"
#include "bindings/c/internal/watch_list.h"
#include "bindings/c/internal/watch_sink.h"
#include "lib/api/development_actor.h"
#include "lib/base/real_clock.h"
#include "services/core/hub_core.h"
#include "services/core/live_calls.h"

namespace careroute::bindings {

// Thread-safe. Closed before it is destroyed.
class EmbeddedHub final : public Hub {
 public:
  // `config` is a serialised EmbeddedConfig. Blocks.
  [[nodiscard]] static absl::StatusOr<std::shared_ptr<Hub>> Open(
      const std::string& config);
  ~EmbeddedHub() override;

  [[nodiscard]] absl::StatusOr<std::string> Call(Request request) override;
  [[nodiscard]] absl::StatusOr<uint64_t> Start(Request request,
                                               Answer answer) override;
  void CancelCall(uint64_t call) override;
  [[nodiscard]] absl::StatusOr<std::shared_ptr<Watch>> OpenWatch(
      Request request) override;
  [[nodiscard]] absl::StatusOr<absl::Time> Now() override;
  [[nodiscard]] absl::Status Advance(absl::Duration by) override;
  [[nodiscard]] absl::StatusOr<std::string> Methods() override;
  [[nodiscard]] absl::Status Close(absl::Duration drain) override;

 private:
  // A thread that is inside one of the functions: the core stays for it.
  class Visit;

  explicit EmbeddedHub(std::unique_ptr<services::HubCore> core);

  // Hands a call that has begun in live_ to its method.
  void Run(const api::Method& method, const PendingCallPtr& pending,
           std::string body);
  [[nodiscard]] absl::StatusOr<std::string> WaitFor(
      const PendingCallPtr& pending, absl::Duration timeout);
  // On a thread of the hub. Within a visit.
  void AbandonThere(const PendingCallPtr& pending, absl::Status why);
  [[nodiscard]] std::shared_ptr<WatchSink> MakeSink(const Request& request);

  const base::RealClock real_clock_;
  services::LiveCalls visits_;  // threads inside
  services::LiveCalls live_;    // calls and watches whose method goes on
  PendingCalls calls_;
  const WatchListPtr watches_ = std::make_shared<WatchList>();
  std::unique_ptr<Deadlines> deadlines_;
  std::unique_ptr<api::DevelopmentActor> actors_;
  std::unique_ptr<services::HubCore> core_;
  std::shared_ptr<Poster> poster_;
};

}  // namespace careroute::bindings

#endif  // CAREROUTE_BINDINGS_C_INTERNAL_EMBEDDED_HUB_H_
