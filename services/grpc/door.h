// services/grpc/door.h: the gRPC door.
//
// Builds its services from descriptors and the method table: it passes bytes
// and knows no service. Deadlines, cancellation, rich error details, health
// and reflection work for every method.
//
// With certificates the door speaks TLS, and each call says whose certificate
// it came with. Without, it speaks plain text, and whoever reaches it may be
// anybody.
//
//   GrpcDoor door(table, {.address = "127.0.0.1:7400"});
//   CAREROUTE_RETURN_IF_ERROR(door.Start());
//   ...
//   door.Stop(clock.Now() + absl::Seconds(10));

#ifndef CAREROUTE_SERVICES_GRPC_DOOR_H_
#define CAREROUTE_SERVICES_GRPC_DOOR_H_

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/service_type.h"
#include "lib/api/method_table.h"
#include "services/core/live_calls.h"
#include "services/tls/hub_certificates.h"

namespace careroute::services {

namespace internal {
class Callers;
}  // namespace internal

// A client that proves who it is connects anew after this long, so that both
// sides judge the other's certificate again. Streams that run are not cut.
inline constexpr absl::Duration kConnectionAgeMax = absl::Hours(1);

// How often a client may ask whether a silent connection still stands.
inline constexpr absl::Duration kPingIntervalMin = absl::Seconds(10);

// How long a hub's door that stops still answers, so that a call on its way
// hears why it does not begin, and an answer just written leaves the machine.
inline constexpr absl::Duration kFarewell = absl::Milliseconds(200);

class GrpcDoor {
 public:
  struct Options {
    // Host and port; port 0 lets the system choose.
    std::string address;
    // True: refuse to bind anything but a loopback address.
    bool loopback_only = true;
    // Null = plain text. Must outlive the door.
    const HubCertificates* certificates = nullptr;
    // Of what is asked of clients where there are certificates.
    HubCertificates::Clients clients = HubCertificates::Clients::kMustPresent;
    // Ids of the hubs that may call as themselves.
    std::set<std::string> peers;
    // How long the door still answers when it stops.
    absl::Duration farewell = kFarewell;
  };
  // `table` must outlive the door.
  GrpcDoor(const api::MethodTable& table, Options options);
  ~GrpcDoor();

  // INVALID_ARGUMENT for an address that is not loopback where it must be;
  // UNAVAILABLE when it cannot be bound.
  [[nodiscard]] absl::Status Start();

  // The port in use once started.
  [[nodiscard]] int port() const { return port_; }

  // Refuses new calls with UNAVAILABLE, ends every stream with it, lets the
  // other running calls end until `deadline`, cuts the rest. Blocks; with
  // nothing running for the farewell, however many clients stay connected.
  void Stop(absl::Time deadline);

 private:
  const api::MethodTable& table_;
  const Options options_;
  std::unique_ptr<LiveCalls> live_;
  std::unique_ptr<internal::Callers> callers_;
  std::vector<std::unique_ptr<grpc::Service>> services_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_GRPC_DOOR_H_
