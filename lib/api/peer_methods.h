// lib/api/peer_methods.h: PeerService.

#ifndef CAREROUTE_LIB_API_PEER_METHODS_H_
#define CAREROUTE_LIB_API_PEER_METHODS_H_

#include "lib/api/pipeline.h"

namespace careroute::api {

// Over the pipeline's desk. Without one there are no peers.
void AddPeerMethods(Pipeline& pipeline);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_PEER_METHODS_H_
