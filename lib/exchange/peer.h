// lib/exchange/peer.h: another hub, as it is configured here.

#ifndef CAREROUTE_LIB_EXCHANGE_PEER_H_
#define CAREROUTE_LIB_EXCHANGE_PEER_H_

#include <string>
#include <vector>

#include "lib/exchange/manifest.h"

namespace careroute::exchange {

struct Peer {
  std::string hub_id;
  std::string address;        // where it takes envelopes; for people to see
  std::vector<PeerKey> keys;  // any of them may have signed

  friend bool operator==(const Peer&, const Peer&) = default;
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_PEER_H_
