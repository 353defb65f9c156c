// What a hub does not start with, and whether it says what is wrong and how to
// mend it.

#include <signal.h>

#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/hub/hub_bench.h"

namespace careroute::tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr int kUsage = 2;

void WriteFile(const std::string& path, const std::string& text) {
  std::ofstream stream(path, std::ios::binary);
  stream << text;
}

// Runs what must not serve.
Ran Refused(const std::vector<std::string>& arguments) {
  Program program(arguments);
  if (program.WaitFor("serves gRPC")) {
    ADD_FAILURE() << "it serves: " << program.log();
    return {.log = program.log()};
  }
  const int status = program.Wait();
  EXPECT_GT(status, 0) << "it ended well or crashed: " << program.log();
  return {.status = status, .log = program.log()};
}

std::vector<std::string> With(std::vector<std::string> arguments,
                              const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

std::vector<std::string> Sandbox(const HubBench& bench,
                                 const std::string& file) {
  return {"sandbox",
          "--store",
          absl::StrCat("sqlite:", bench.File(file)),
          "--grpc-address",
          "127.0.0.1:0",
          "--key-ring",
          bench.File("hub.keys"),
          "--start",
          "2025-03-03T09:00:00+10:00"};
}

TEST(HubStart, ASecondProcessIsToldWhoHoldsTheStore) {
  const HubBench bench;
  const std::unique_ptr<Program> hub = bench.Start();
  const Ran second = Refused(bench.HubArguments());
  EXPECT_THAT(second.log, AllOf(HasSubstr("already has an owner: process"),
                                HasSubstr("end it first")));
  // The first does not notice.
  HubBench::ImportClinic(*hub);
}

TEST(HubStart, TheStoreIsFreeAgainAfterItsOwnerWasKilled) {
  const HubBench bench;
  {
    const std::unique_ptr<Program> hub = bench.Start();
    hub->Signal(SIGKILL);
    hub->Wait();
  }
  HubBench::ImportClinic(*bench.Start());
}

TEST(HubStart, ASandboxsStoreIsNoHubsAndTheOtherWayRound) {
  const HubBench bench;
  EXPECT_NE(bench.Start()->port(), 0);  // a store; its hub is gone again
  const Ran sandbox = Refused(Sandbox(bench, "hub.db"));
  EXPECT_THAT(sandbox.log, HasSubstr("clock"));

  {
    Program played(Sandbox(bench, "sandbox.db"));
    ASSERT_TRUE(played.WaitFor("serves gRPC")) << played.log();
    EXPECT_THAT(played.log(), HasSubstr("on a virtual clock"));
  }
  const Ran hub = Refused(
      With(bench.HubArguments(),
           {"--store", absl::StrCat("sqlite:", bench.File("sandbox.db"))}));
  EXPECT_THAT(hub.log, HasSubstr("clock"));
}

TEST(HubStart, BindsNoAddressThatOthersCanReach) {
  const HubBench bench;
  for (const char* address :
       {"0.0.0.0:0", "[::]:0", "192.0.2.1:0", "127.0.0.1.example.org:0",
        "127.example.org:0", "localhost.example.org:0", "unix:/tmp/hub", ":0",
        "*:0"}) {
    SCOPED_TRACE(address);
    const Ran ran =
        Refused(With(bench.HubArguments(), {"--grpc-address", address}));
    EXPECT_EQ(ran.status, kUsage);
    EXPECT_THAT(ran.log,
                AllOf(HasSubstr("grpc_address"), HasSubstr("bind 127.0.0.1")));
  }
}

TEST(HubStart, BindsEveryLoopbackAddress) {
  const HubBench bench;
  for (const char* address : {"127.0.0.1:0", "127.0.0.2:0", "localhost:0"}) {
    SCOPED_TRACE(address);
    Program hub(With(bench.HubArguments(), {"--grpc-address", address}));
    EXPECT_TRUE(hub.WaitFor("serves gRPC")) << hub.log();
  }
}

TEST(HubStart, AnAddressInUseIsNamed) {
  const HubBench bench;
  const HubBench other;
  const std::unique_ptr<Program> hub = bench.Start();
  const std::string address = absl::StrCat("127.0.0.1:", hub->port());
  const Ran second =
      Refused(With(other.HubArguments(), {"--grpc-address", address}));
  EXPECT_THAT(second.log, HasSubstr(address));
}

TEST(HubStart, AMissingConfigurationSaysHowToMakeOne) {
  const HubBench bench;
  const Ran ran = Refused({"hub", "--config", bench.File("nowhere.textproto")});
  EXPECT_EQ(ran.status, kUsage);
  EXPECT_THAT(ran.log, AllOf(HasSubstr("nowhere.textproto"),
                             HasSubstr("careroute init")));
}

TEST(HubStart, WithoutConfigurationEveryMissingFieldIsNamed) {
  const Ran ran = Refused({"hub"});
  EXPECT_EQ(ran.status, kUsage);
  EXPECT_THAT(ran.log,
              AllOf(HasSubstr("hub_id"), HasSubstr("store"),
                    HasSubstr("grpc_address"), HasSubstr("development")));
}

TEST(HubStart, AGarbledConfigurationIsNamedByFileLineAndMend) {
  const HubBench bench;
  const std::string path = bench.File("garbled.textproto");
  WriteFile(path, "hub_id: \"hub\"\nstore: \"sqlite:hub.db\"\nportt: 7400\n");
  const Ran ran = Refused({"hub", "--config", path});
  EXPECT_EQ(ran.status, kUsage);
  EXPECT_THAT(ran.log, AllOf(HasSubstr("garbled.textproto:3"),
                             HasSubstr("portt"), HasSubstr("HubConfig")));
}

TEST(HubStart, RubbishForAConfigurationIsRefused) {
  const HubBench bench;
  const std::string path = bench.File("rubbish.textproto");
  std::string rubbish;
  for (int i = 0; i < 4096; ++i) {
    rubbish.push_back(static_cast<char>(i * 37 % 256));
  }
  for (const std::string& text :
       {rubbish, std::string(100000, 'x'), std::string("\0\0\0", 3)}) {
    WriteFile(path, text);
    const Ran ran = Refused({"hub", "--config", path});
    EXPECT_EQ(ran.status, kUsage);
    EXPECT_THAT(ran.log, HasSubstr("rubbish.textproto"));
    EXPECT_LT(ran.log.size(), 10000U);
  }
}

TEST(HubStart, AllWrongFieldsAreNamedAtOnce) {
  const HubBench bench;
  const Ran ran = Refused(
      With(bench.HubArguments(),
           {"--hub-id", "No Id!", "--store", "oracle:x", "--threads", "1000000",
            "--cached-cases", "-1", "--development", "false"}));
  EXPECT_EQ(ran.status, kUsage);
  EXPECT_THAT(ran.log, AllOf(HasSubstr("hub_id"), HasSubstr("write sqlite:"),
                             HasSubstr("threads"), HasSubstr("cached_cases"),
                             HasSubstr("development")));
}

TEST(HubStart, AMissingKeyRingIsNamed) {
  const HubBench bench;
  const Ran ran = Refused(
      With(bench.HubArguments(), {"--key-ring", bench.File("lost.keys")}));
  EXPECT_THAT(ran.log, HasSubstr("lost.keys"));
}

TEST(HubStart, AnotherHubsKeyRingIsRefused) {
  const HubBench bench;
  const HubBench other;
  HubBench::ImportClinic(*bench.Start());
  const Ran ran = Refused(
      With(bench.HubArguments(), {"--key-ring", other.File("hub.keys")}));
  EXPECT_THAT(ran.log, HasSubstr("key"));
}

TEST(HubStart, AFileThatIsNoStoreIsLeftAsItIs) {
  const HubBench bench;
  const std::string path = bench.File("letter.db");
  WriteFile(path, "Dear hub, this is a letter and no database at all.\n");
  const Ran ran = Refused(
      With(bench.HubArguments(), {"--store", absl::StrCat("sqlite:", path)}));
  EXPECT_THAT(ran.log, HasSubstr("letter.db"));
  std::ifstream stream(path);
  std::string line;
  std::getline(stream, line);
  EXPECT_THAT(line, HasSubstr("Dear hub"));
}

TEST(HubStart, ACatalogueWithoutCalendarsIsNamed) {
  const HubBench bench;
  const Ran ran =
      Refused(With(bench.HubArguments(), {"--catalogue", bench.File("empty")}));
  EXPECT_THAT(ran.log, AllOf(HasSubstr("catalogue"), HasSubstr("calendars")));
}

}  // namespace
}  // namespace careroute::tests
