#include "services/hub/hub_exchange.h"

#include <map>
#include <utility>
#include <vector>

#include "lib/base/check.h"
#include "lib/registry/public_key.h"
#include "services/core/await.h"
#include "services/exchange/exchange_methods.h"

namespace careroute::services {
namespace {

using config::v1::HubConfig;
using config::v1::PeerConfig;

std::map<std::string, std::string> AddressesOf(const HubConfig& config) {
  std::map<std::string, std::string> addresses;
  for (const PeerConfig& peer : config.peers()) {
    addresses[peer.hub_id()] = peer.address();
  }
  return addresses;
}

std::vector<exchange::Peer> ExchangePeersOf(const HubConfig& config) {
  std::vector<exchange::Peer> peers;
  for (const PeerConfig& from : config.peers()) {
    exchange::Peer peer{.hub_id = from.hub_id(), .address = from.address()};
    for (const std::string& text : from.signing_keys()) {
      absl::StatusOr<registry::PublicKey> key = registry::ParsePublicKey(text);
      CAREROUTE_CHECK(key.ok());  // CheckHubConfig has read it
      peer.keys.push_back({.algorithm = std::move(key->algorithm),
                           .id = key->id,
                           .public_key = std::move(key->bytes)});
    }
    peers.push_back(std::move(peer));
  }
  return peers;
}

}  // namespace

absl::Duration UndeliveredAfterOf(const HubConfig& config) {
  return config.undelivered_after_hours() > 0
             ? absl::Hours(config.undelivered_after_hours())
             : exchange::kUndeliveredAfter;
}

std::set<std::string> PeersOf(const HubConfig& config) {
  std::set<std::string> peers;
  for (const PeerConfig& peer : config.peers()) peers.insert(peer.hub_id());
  return peers;
}

HubExchange::HubExchange(const Options& options)
    : limits_(options.limits),
      signer_(options.keys),
      transport_({.hub_id = options.config.hub_id(),
                  .peers = AddressesOf(options.config),
                  .certificates = options.certificates,
                  .clock = options.clock}),
      exchange_({.store = options.store,
                 .engine = options.engine,
                 .clock = options.clock,
                 .random = options.random,
                 .executor = options.executor,
                 .signer = signer_,
                 .hub_id = options.config.hub_id(),
                 .peers = ExchangePeersOf(options.config),
                 .transport = transport_,
                 .undelivered_after = UndeliveredAfterOf(options.config)}) {}

void HubExchange::AddMethods(api::MethodTable& table) {
  AddExchangeMethods(
      table,
      {.deliver =
           [this](const std::string& peer, exchange::v1::DeliverRequest request,
                  base::Done<exchange::v1::DeliverResponse> done) {
             exchange_.Deliver(peer, std::move(request), std::move(done));
           },
       .compare =
           [this](const std::string& peer, exchange::v1::CompareRequest request,
                  base::Done<exchange::v1::CompareResponse> done) {
             exchange_.Compare(peer, std::move(request), std::move(done));
           },
       .limits = limits_});
}

absl::Status HubExchange::Start() {
  return AwaitStatus(
      [this](base::DoneStatus done) { exchange_.Start(std::move(done)); });
}

void HubExchange::Stop() {
  const absl::Status stopped = AwaitStatus([this](base::DoneStatus done) {
    exchange_.Stop(std::move(done));
    transport_.Stop();
  });
  CAREROUTE_CHECK(stopped.ok());  // it has no other answer
}

}  // namespace careroute::services
