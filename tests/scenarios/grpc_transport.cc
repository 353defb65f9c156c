#include "tests/scenarios/grpc_transport.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "careroute/testing/v1/clock_service.pb.h"
#include "google/protobuf/empty.pb.h"
#include "lib/base/clock.h"
#include "lib/base/real_clock.h"
#include "lib/base/status_macros.h"
#include "services/client/client.h"
#include "services/core/await.h"
#include "services/core/sandbox_clock.h"
#include "services/core/thread_pool.h"
#include "services/grpc/door.h"
#include "tests/scenarios/world.h"

namespace careroute::scenarios {
namespace {

// A hub answers other calls while one waits for the store.
constexpr int kThreads = 2;
// Nothing runs any more when a scenario is over.
constexpr absl::Duration kDrain = absl::Seconds(5);

class Grpc final : public Transport {
 public:
  explicit Grpc(const Opening& opening)
      : clock_(opening.start),
        pool_({.clock = clock_, .threads = kThreads}),
        world_(
            {.executor = pool_, .clock = clock_, .pathway = opening.pathway}),
        sandbox_({.engine = world_.engine(),
                  .clock = clock_,
                  .executor = pool_,
                  .io_executor = pool_,
                  .state = {.now = opening.start}}),
        // The only client is gone when the scenario is over.
        door_(world_.table(),
              {.address = "127.0.0.1:0", .farewell = absl::ZeroDuration()}) {
    sandbox_.AddMethods(world_.pipeline());
  }

  ~Grpc() override {
    door_.Stop(real_clock_.Now() + kDrain);
    sandbox_.Stop();
    world_.engine().Stop();
    pool_.Stop();
  }

  absl::Status Prepare() {
    CAREROUTE_RETURN_IF_ERROR(services::AwaitStatus(
        [this](base::DoneStatus done) { world_.Prepare(std::move(done)); }));
    CAREROUTE_RETURN_IF_ERROR(door_.Start());
    client_.emplace(services::Client::Options{
        .address = absl::StrCat("127.0.0.1:", door_.port()),
        .actor = FirstAdministrator()});
    return client_->WaitUntilServing(kDrain);
  }

  // Empty keeps the response's bytes as fields it does not know.
  absl::StatusOr<std::string> Call(
      const Target& target, const google::protobuf::Message& request) override {
    CAREROUTE_ASSIGN_OR_RETURN(
        const google::protobuf::Empty response,
        client_->As(target.actor)
            .Call<google::protobuf::Empty>(target.method, request));
    return response.SerializeAsString();
  }

  absl::Status MoveClock(absl::Time to) override {
    testing::v1::AdvanceClockRequest request;
    request.mutable_to_time()->set_seconds(absl::ToUnixSeconds(to));
    request.set_request_id(
        absl::StrFormat("c10c0000-0000-4000-8000-%012x", ++moves_));
    return client_
        ->Call<testing::v1::AdvanceClockResponse>(
            "careroute.testing.v1.ClockService.AdvanceClock", request)
        .status();
  }

 private:
  const base::RealClock real_clock_;
  base::VirtualClock clock_;
  services::ThreadPool pool_;
  World world_;
  services::SandboxClock sandbox_;
  services::GrpcDoor door_;
  std::optional<services::Client> client_;
  uint64_t moves_ = 0;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Transport>> StartGrpc(const Opening& opening) {
  auto transport = std::make_unique<Grpc>(opening);
  CAREROUTE_RETURN_IF_ERROR(transport->Prepare());
  return transport;
}

}  // namespace careroute::scenarios
