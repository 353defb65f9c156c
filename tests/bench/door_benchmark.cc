// A call over gRPC on loopback, one client and one at a time: a case read by
// its coordinator, beside a server that answers the same bytes at once.

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "benchmark/benchmark.h"
#include "careroute/api/v1/case_service.pb.h"
#include "lib/api/development_actor.h"
#include "lib/api/method_table.h"
#include "lib/api/methods.h"
#include "lib/api/pipeline.h"
#include "lib/base/check.h"
#include "lib/casework/testing/case_stage.h"
#include "services/client/client.h"
#include "services/grpc/door.h"
#include "tests/bench/echo_server.h"
#include "tests/bench/hub_world.h"

namespace careroute::bench {
namespace {

using api::v1::GetCaseRequest;
using api::v1::GetCaseResponse;
using benchmark::State;
using services::Client;

constexpr char kGetCase[] = "careroute.api.v1.CaseService.GetCase";

Client ClientOf(int port) {
  return Client({.address = absl::StrCat("127.0.0.1:", port),
                 .actor = casework::testing::CaseStage::Coordinator()});
}

// A hub in memory with one case behind a gRPC door.
class ServedHub {
 public:
  ServedHub()
      : actors_({.engine = world_.engine()}),
        pipeline_(
            {.engine = world_.engine(), .actors = actors_, .table = table_}),
        door_(table_, {.address = "127.0.0.1:0"}) {
    api::AddAllMethods(pipeline_);
    CAREROUTE_CHECK(door_.Start().ok());
  }
  ~ServedHub() { door_.Stop(base::RealClock().Now() + absl::Seconds(1)); }

  [[nodiscard]] int port() const { return door_.port(); }
  [[nodiscard]] GetCaseRequest Request() const {
    GetCaseRequest request;
    request.set_name(absl::StrCat("cases/", world_.uid(0).Hex()));
    return request;
  }

 private:
  HubWorld world_{{.cases = 1}};
  api::DevelopmentActor actors_;
  api::MethodTable table_;
  api::Pipeline pipeline_;
  services::GrpcDoor door_;
};

GetCaseResponse Call(const Client& client, const GetCaseRequest& request) {
  const auto reply = client.Call<GetCaseResponse>(kGetCase, request);
  if (!reply.ok()) {
    std::fprintf(stderr, "%s\n", reply.status().ToString().c_str());
  }
  CAREROUTE_CHECK(reply.ok());
  return *reply;
}

void Measure(State& run, const Client& client, const GetCaseRequest& request) {
  Call(client, request);  // connects
  for (auto _ : run) {
    benchmark::DoNotOptimize(Call(client, request).ByteSizeLong());
  }
  run.SetItemsProcessed(run.iterations());
}

void GetCase(State& run) {
  const ServedHub hub;
  Measure(run, ClientOf(hub.port()), hub.Request());
}
BENCHMARK(GetCase)->Name("door/get_case")->UseRealTime();

void Echo(State& run) {
  const ServedHub hub;
  const GetCaseRequest request = hub.Request();
  const GetCaseResponse reply = Call(ClientOf(hub.port()), request);
  const EchoServer echo(reply.SerializeAsString());
  Measure(run, ClientOf(echo.port()), request);
}
BENCHMARK(Echo)->Name("floor/echo")->UseRealTime();

}  // namespace
}  // namespace careroute::bench
