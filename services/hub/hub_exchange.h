// services/hub/hub_exchange.h: a hub's exchange with its peers, put together.
//
//   HubExchange exchange({.config = config, .store = *store, ...});
//   exchange.AddMethods(table);
//   CAREROUTE_RETURN_IF_ERROR(exchange.Start());
//   ...
//   exchange.Stop();                 // once the doors are shut

#ifndef CAREROUTE_SERVICES_HUB_HUB_EXCHANGE_H_
#define CAREROUTE_SERVICES_HUB_HUB_EXCHANGE_H_

#include <set>
#include <string>

#include "absl/status/status.h"
#include "careroute/config/v1/hub.pb.h"
#include "lib/api/method_table.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/random.h"
#include "lib/engine/engine.h"
#include "lib/exchange/exchange.h"
#include "lib/registry/key_ring.h"
#include "lib/registry/signer.h"
#include "lib/store/store.h"
#include "services/exchange/grpc_transport.h"
#include "services/tls/hub_certificates.h"

namespace careroute::services {

// Ids of the peers, for the door.
[[nodiscard]] std::set<std::string> PeersOf(
    const config::v1::HubConfig& config);

// How long a referral without a deadline may be on its way before its
// coordinator is told.
[[nodiscard]] absl::Duration UndeliveredAfterOf(
    const config::v1::HubConfig& config);

// Thread-safe but for Start and Stop. Everything handed in must outlive it;
// destroy it only once the executor has stopped.
class HubExchange {
 public:
  struct Options {
    const config::v1::HubConfig& config;  // checked with CheckHubConfig
    store::Store& store;
    engine::Engine& engine;
    const base::Clock& clock;
    base::Random& random;
    base::Executor& executor;
    const registry::KeyRing& keys;
    // Null = plain text, in development mode.
    const HubCertificates* certificates = nullptr;
  };
  explicit HubExchange(const Options& options);

  // ExchangeService.
  void AddMethods(api::MethodTable& table);
  // Begins to send. Blocks until what an older release kept is taken.
  [[nodiscard]] absl::Status Start();
  // Sends what the commit left for the peers. Does not wait.
  void Wake(const store::Commit& commit) { exchange_.Wake(commit); }
  // Cuts what is being sent: it is sent again after the next start, and has no
  // second effect. Blocks until it is cut.
  void Stop();

  // The peers, for administrators.
  [[nodiscard]] exchange::StoredPeerDesk& desk() { return exchange_.desk(); }

 private:
  const registry::Signer signer_;
  GrpcTransport transport_;
  exchange::Exchange exchange_;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_HUB_EXCHANGE_H_
