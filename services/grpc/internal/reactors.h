// services/grpc/internal/reactors.h: calls of the table as gRPC reactors.

#ifndef CAREROUTE_SERVICES_GRPC_INTERNAL_REACTORS_H_
#define CAREROUTE_SERVICES_GRPC_INTERNAL_REACTORS_H_

#include "grpcpp/grpcpp.h"
#include "lib/api/method_table.h"
#include "services/grpc/internal/live_streams.h"

namespace careroute::services::internal {

// Both own themselves: gRPC tells them when they are done. A stream ends with
// UNAVAILABLE when `live`, which must outlive it, is told to end all.
grpc::ServerUnaryReactor* StartUnary(const api::Method& method,
                                     grpc::CallbackServerContext& context,
                                     const grpc::ByteBuffer& request,
                                     grpc::ByteBuffer& response);

grpc::ServerWriteReactor<grpc::ByteBuffer>* StartStream(
    const api::Method& method, grpc::CallbackServerContext& context,
    const grpc::ByteBuffer& request, LiveStreams& live);

}  // namespace careroute::services::internal

#endif  // CAREROUTE_SERVICES_GRPC_INTERNAL_REACTORS_H_
