// tests/bench/target.h: where a measured call goes.
//
// The same calls go to the method table in process, or over gRPC to a hub or
// to a server that does nothing.
//
//   const GrpcTarget target(port);
//   target.Send(script.Next(0), [](absl::StatusOr<std::string> reply) {...});

#ifndef CAREROUTE_TESTS_BENCH_TARGET_H_
#define CAREROUTE_TESTS_BENCH_TARGET_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "careroute/model/v1/actor.pb.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "lib/api/method_table.h"
#include "lib/base/callback.h"

namespace careroute::bench {

struct OneCall {
  std::string method;   // "careroute.api.v1.CaseService.GetCase"
  std::string request;  // serialised
  model::v1::Actor actor;
};

// How a door is told who calls.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> MetadataOf(
    const model::v1::Actor& actor);

// Thread-safe.
class Target {
 public:
  virtual ~Target() = default;
  // Completes with the serialised response, on any thread.
  virtual void Send(OneCall call, base::Done<std::string> done) const = 0;
};

// The table must outlive it.
class TableTarget final : public Target {
 public:
  explicit TableTarget(const api::MethodTable& table) : table_(table) {}
  void Send(OneCall call, base::Done<std::string> done) const override;

 private:
  const api::MethodTable& table_;
};

// One connection to a port of this machine. Its calls must have completed when
// it is destroyed.
class GrpcTarget final : public Target {
 public:
  // Without credentials in plain text.
  explicit GrpcTarget(int port,
                      const std::shared_ptr<grpc::ChannelCredentials>&
                          credentials = grpc::InsecureChannelCredentials());
  void Send(OneCall call, base::Done<std::string> done) const override;

 private:
  // Its calls change nothing of it, but are not const.
  mutable grpc::GenericStub stub_;
};

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_TARGET_H_
