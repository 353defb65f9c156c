// services/grpc/internal/reactors.h: calls of the table as gRPC reactors.

#ifndef CAREROUTE_SERVICES_GRPC_INTERNAL_REACTORS_H_
#define CAREROUTE_SERVICES_GRPC_INTERNAL_REACTORS_H_

#include "grpcpp/grpcpp.h"
#include "lib/api/method_table.h"
#include "services/core/live_calls.h"
#include "services/grpc/internal/callers.h"

namespace careroute::services::internal {

// What every call of a door meets; borrowed, and outlives the calls.
struct DoorParts {
  // Once it drains, streams end and new calls are refused with UNAVAILABLE.
  LiveCalls& live;
  const Callers& callers;
};

// Both own themselves: gRPC tells them when they are done.
grpc::ServerUnaryReactor* StartUnary(const api::Method& method,
                                     grpc::CallbackServerContext& context,
                                     const grpc::ByteBuffer& request,
                                     grpc::ByteBuffer& response,
                                     const DoorParts& door);

grpc::ServerWriteReactor<grpc::ByteBuffer>* StartStream(
    const api::Method& method, grpc::CallbackServerContext& context,
    const grpc::ByteBuffer& request, const DoorParts& door);

}  // namespace careroute::services::internal

#endif  // CAREROUTE_SERVICES_GRPC_INTERNAL_REACTORS_H_
