// The same file under `careroute hub` and inside another program: they agree on
// what is in it, and never have it at once.

#include <signal.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/registry_service.pb.h"
#include "careroute/careroute.h"
#include "careroute/config/v1/embedded.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/hub/hub_bench.h"

namespace careroute::tests {
namespace {

using ::testing::HasSubstr;

constexpr char kRegister[] = "careroute.api.v1.RegistryService.RegisterPerson";

careroute_bytes ViewOf(const std::string& bytes) {
  return {.data = bytes.data(), .size = bytes.size()};
}

careroute_code Open(const HubBench& bench, careroute_hub** hub,
                    careroute_result* result) {
  config::v1::EmbeddedConfig config;
  config.mutable_hub()->set_catalogue(CAREROUTE_CATALOGUE);
  config.mutable_hub()->set_store(
      absl::StrCat("sqlite:", bench.File("hub.db")));
  config.mutable_hub()->set_key_ring(bench.File("hub.keys"));
  return careroute_hub_open(ViewOf(config.SerializeAsString()), hub, result);
}

// By the clinic's registrar, a system.
api::v1::RegisterPersonResponse Register(careroute_hub* hub, int n) {
  const std::string body = RegistrationOf(n).SerializeAsString();
  const careroute_pair actor[] = {
      {CAREROUTE_TEXT("careroute-organisation"),
       CAREROUTE_TEXT("organisations/clinic")},
      {CAREROUTE_TEXT("careroute-member"),
       CAREROUTE_TEXT("organisations/clinic/members/system")},
      {CAREROUTE_TEXT("careroute-role"), CAREROUTE_TEXT("registrar")},
      {CAREROUTE_TEXT("careroute-purpose"), CAREROUTE_TEXT("care")}};
  const careroute_request request = {.method = CAREROUTE_TEXT(kRegister),
                                     .body = ViewOf(body),
                                     .metadata = actor,
                                     .metadata_count = 4};
  careroute_result result;
  careroute_call(hub, &request, &result);
  api::v1::RegisterPersonResponse response;
  EXPECT_EQ(result.code, CAREROUTE_OK);
  EXPECT_TRUE(response.ParseFromArray(result.response.data,
                                      static_cast<int>(result.response.size)));
  careroute_result_free(&result);
  return response;
}

void Stop(Program& hub) {
  hub.Signal(SIGTERM);
  EXPECT_EQ(hub.Wait(), 0) << hub.log();
}

TEST(Embedded, AHubInAProgramAndTheServerAgreeOnOneFile) {
  const HubBench bench;
  std::unique_ptr<Program> server = bench.Start();
  HubBench::ImportClinic(*server);
  Stop(*server);
  careroute_hub* hub = nullptr;
  ASSERT_EQ(Open(bench, &hub, nullptr), CAREROUTE_OK);
  const api::v1::RegisterPersonResponse inside = Register(hub, 1);
  ASSERT_EQ(careroute_hub_close(hub, nullptr), CAREROUTE_OK);
  server = bench.Start();
  // The same request: one effect, one answer, whoever is asked again.
  const auto outside =
      HubBench::Registrar(*server).Call<api::v1::RegisterPersonResponse>(
          kRegister, RegistrationOf(1));
  ASSERT_TRUE(outside.ok()) << outside.status();
  EXPECT_EQ(outside->SerializeAsString(), inside.SerializeAsString());
  Stop(*server);
  EXPECT_EQ(bench.Fsck().status, 0);
}

TEST(Embedded, AFileThatAServerHasIsRefusedAndTheOtherWayRound) {
  const HubBench bench;
  std::unique_ptr<Program> server = bench.Start();
  careroute_hub* hub = nullptr;
  careroute_result result;
  EXPECT_EQ(Open(bench, &hub, &result), CAREROUTE_FAILED_PRECONDITION);
  EXPECT_THAT(std::string(static_cast<const char*>(result.message.data),
                          result.message.size),
              HasSubstr(absl::StrCat(server->id())));
  careroute_result_free(&result);
  Stop(*server);
  ASSERT_EQ(Open(bench, &hub, nullptr), CAREROUTE_OK);
  Program second(bench.HubArguments());
  EXPECT_FALSE(second.WaitFor("serves gRPC")) << second.log();
  EXPECT_GT(second.Wait(), 0) << second.log();
  EXPECT_EQ(careroute_hub_close(hub, nullptr), CAREROUTE_OK);
}

}  // namespace
}  // namespace careroute::tests
