// services/hub/token_callers.h: the issuers of a hub's configuration at work.
//
//   TokenCallers tokens({.config = config, .engine = engine,
//                        .io_executor = io_pool, .clock = real_clock,
//                        .on_problem = to_log});
//   sources.push_back(&tokens.actor());

#ifndef CAREROUTE_SERVICES_HUB_TOKEN_CALLERS_H_
#define CAREROUTE_SERVICES_HUB_TOKEN_CALLERS_H_

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "careroute/config/v1/hub.pb.h"
#include "lib/api/token_actor.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/engine/engine.h"
#include "services/identity/issuer_keys.h"
#include "services/identity/token_judge.h"

namespace careroute::services {

// Thread-safe. Everything handed in must outlive it; destroy it only once the
// I/O executor has stopped.
class TokenCallers {
 public:
  struct Options {
    const config::v1::HubConfig& config;  // checked with CheckHubConfig
    engine::Engine& engine;
    // Reads keys, and tells when it is time again.
    base::Executor& io_executor;
    // The real one, also of a sandbox: issuers know no other.
    const base::Clock& clock;
    std::function<void(absl::string_view problem)> on_problem;
  };
  // Begins to read the keys; waits for nothing.
  explicit TokenCallers(const Options& options);

  [[nodiscard]] const api::TokenActor& actor() const { return *actor_; }

 private:
  std::vector<std::unique_ptr<IssuerKeys>> keys_;
  std::optional<TokenJudge> judge_;
  std::optional<api::TokenActor> actor_;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_TOKEN_CALLERS_H_
