// services/grpc/internal/table_service.h: one proto service, served from the
// method table.

#ifndef CAREROUTE_SERVICES_GRPC_INTERNAL_TABLE_SERVICE_H_
#define CAREROUTE_SERVICES_GRPC_INTERNAL_TABLE_SERVICE_H_

#include <memory>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/service_type.h"
#include "lib/api/method_table.h"
#include "services/grpc/internal/reactors.h"

namespace careroute::services::internal {

// Methods the table does not serve answer UNIMPLEMENTED. The table, the
// descriptor and the door's parts must outlive it.
class TableService final : public grpc::Service {
 public:
  TableService(const google::protobuf::ServiceDescriptor& service,
               const api::MethodTable& table, const DoorParts& door);

 private:
  // gRPC keeps pointers to the names.
  std::vector<std::unique_ptr<std::string>> names_;
};

}  // namespace careroute::services::internal

#endif  // CAREROUTE_SERVICES_GRPC_INTERNAL_TABLE_SERVICE_H_
