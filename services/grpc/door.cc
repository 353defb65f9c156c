#include "services/grpc/door.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "lib/base/loopback.h"
#include "lib/base/real_clock.h"
#include "services/core/live_calls.h"
#include "services/grpc/internal/callers.h"
#include "services/grpc/internal/table_service.h"

namespace careroute::services {

GrpcDoor::GrpcDoor(const api::MethodTable& table, Options options)
    : table_(table),
      options_(std::move(options)),
      live_(std::make_unique<LiveCalls>()),
      callers_(std::make_unique<internal::Callers>(internal::Callers::Options{
          .check = options_.certificates == nullptr
                       ? nullptr
                       : &options_.certificates->check(),
          .peers = options_.peers})) {}

GrpcDoor::~GrpcDoor() {
  live_->Drain();
  if (server_ != nullptr) server_->Shutdown();
}

absl::Status GrpcDoor::Start() {
  if (options_.loopback_only && !base::IsLoopback(options_.address)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "grpc_address ", options_.address,
        " can be reached from other machines; development mode binds only "
        "127.0.0.1, [::1] or localhost"));
  }
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(api::kRequestBytesMax);
  builder.AddListeningPort(
      options_.address,
      options_.certificates == nullptr
          ? grpc::InsecureServerCredentials()
          : options_.certificates->ForDoor(options_.clients),
      &port_);
  if (options_.certificates != nullptr) {
    builder.AddChannelArgument(
        GRPC_ARG_MAX_CONNECTION_AGE_MS,
        static_cast<int>(absl::ToInt64Milliseconds(kConnectionAgeMax)));
  }
  builder.AddChannelArgument(
      GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
      static_cast<int>(absl::ToInt64Milliseconds(kPingIntervalMin)));
  // One owner of an address: a second hub must fail, not share the port.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  for (const google::protobuf::ServiceDescriptor* service : table_.services()) {
    services_.push_back(std::make_unique<internal::TableService>(
        *service, table_,
        internal::DoorParts{.live = *live_, .callers = *callers_}));
    builder.RegisterService(services_.back().get());
  }
  server_ = builder.BuildAndStart();
  if (server_ == nullptr || port_ == 0) {
    return absl::UnavailableError(
        absl::StrCat("grpc_address ", options_.address,
                     " cannot be bound; is another hub running there?"));
  }
  return absl::OkStatus();
}

void GrpcDoor::Stop(absl::Time deadline) {
  live_->Drain();
  if (server_ == nullptr) return;
  // Who asks whether the hub serves hears first.
  server_->GetHealthCheckService()->SetServingStatus(false);
  const base::RealClock clock;
  live_->WaitUntilIdle({.clock = clock,
                        .earliest = clock.Now() + options_.farewell,
                        .deadline = deadline});
  // Nothing runs that is to be waited for: gRPC would wait for connections.
  server_->Shutdown(absl::ToChronoTime(clock.Now()));
}

}  // namespace careroute::services
