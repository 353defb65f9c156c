#include "services/hub/token_callers.h"

#include <utility>

#include "services/identity/fetch_url.h"

namespace careroute::services {

TokenCallers::TokenCallers(const Options& options) {
  TokenJudge::Options judge{.clock = options.clock};
  for (const config::v1::IssuerConfig& issuer : options.config.issuers()) {
    keys_.push_back(std::make_unique<IssuerKeys>(
        IssuerKeys::Options{.source = issuer.keys(),
                            .io_executor = options.io_executor,
                            .clock = options.clock,
                            .fetch = FetchHttps,
                            .on_problem = options.on_problem}));
    judge.issuers.push_back({.issuer = issuer.issuer(),
                             .audience = issuer.audience(),
                             .keys = *keys_.back()});
  }
  judge_.emplace(std::move(judge));
  actor_.emplace(
      api::TokenActor::Options{.engine = options.engine, .check = *judge_});
}

}  // namespace careroute::services
