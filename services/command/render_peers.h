// services/command/render_peers.h: other hubs, and what waits for them, a line
// each.

#ifndef CAREROUTE_SERVICES_COMMAND_RENDER_PEERS_H_
#define CAREROUTE_SERVICES_COMMAND_RENDER_PEERS_H_

#include <string>

#include "careroute/api/v1/peer_service.pb.h"
#include "services/command/screen.h"
#include "services/command/wall.h"

namespace careroute::services {

// Those with a problem or something stuck stand out; "1000+" where counting
// stopped.
[[nodiscard]] std::string RenderPeers(const api::v1::ListPeersResponse& all,
                                      const Wall& wall, const Screen& screen);

// With a next_page_token it says that more waits.
[[nodiscard]] std::string RenderWaiting(
    const api::v1::ListWaitingEnvelopesResponse& page, const Wall& wall,
    const Screen& screen);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_RENDER_PEERS_H_
