#include "services/grpc/internal/table_service.h"

#include "absl/strings/str_cat.h"
#include "grpcpp/impl/codegen/server_callback_handlers.h"
#include "grpcpp/impl/rpc_service_method.h"

namespace careroute::services::internal {
namespace {

using google::protobuf::MethodDescriptor;
using grpc::ByteBuffer;
using grpc::CallbackServerContext;

grpc::internal::MethodHandler* UnaryMethod(const api::Method& method,
                                           DoorParts door) {
  return new grpc::internal::CallbackUnaryHandler<ByteBuffer, ByteBuffer>(
      [&method, door](CallbackServerContext* context, const ByteBuffer* request,
                      ByteBuffer* response) {
        return StartUnary(method, *context, *request, *response, door);
      });
}

grpc::internal::MethodHandler* StreamMethod(const api::Method& method,
                                            DoorParts door) {
  return new grpc::internal::CallbackServerStreamingHandler<ByteBuffer,
                                                            ByteBuffer>(
      [&method, door](CallbackServerContext* context,
                      const ByteBuffer* request) {
        return StartStream(method, *context, *request, door);
      });
}

}  // namespace

TableService::TableService(const google::protobuf::ServiceDescriptor& service,
                           const api::MethodTable& table,
                           const DoorParts& door) {
  int index = 0;
  for (int i = 0; i < service.method_count(); ++i) {
    const MethodDescriptor& descriptor = *service.method(i);
    const api::Method* method = table.Find(descriptor.full_name());
    if (method == nullptr) continue;
    names_.push_back(std::make_unique<std::string>(
        absl::StrCat("/", service.full_name(), "/", descriptor.name())));
    const bool streams = descriptor.server_streaming();
    AddMethod(new grpc::internal::RpcServiceMethod(
        names_.back()->c_str(),
        streams ? grpc::internal::RpcMethod::SERVER_STREAMING
                : grpc::internal::RpcMethod::NORMAL_RPC,
        nullptr));
    MarkMethodRawCallback(index++, streams ? StreamMethod(*method, door)
                                           : UnaryMethod(*method, door));
  }
}

}  // namespace careroute::services::internal
