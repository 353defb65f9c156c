// `careroute generate`: a store is filled while nobody serves it, and then
// served like any other.

#include <memory>
#include <string>
#include <vector>

#include "careroute/api/v1/case_read_messages.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/hub/hub_bench.h"

namespace careroute::tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kUsage = 2;

Ran Generate(const HubBench& bench, const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {"generate", "--config",
                                        bench.File("hub.textproto")};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return RunProgram(arguments);
}

// The last line: what there is, and that it is well.
std::string FoundBy(const HubBench& bench) {
  const Ran fsck = bench.Fsck();
  EXPECT_EQ(fsck.status, kDone) << fsck.log;
  return fsck.log;
}

TEST(Generate, FillsAStoreThatIsWellAndAddsNothingTheSecondTime) {
  const HubBench bench;
  const Ran first = Generate(bench, {"--cases", "200", "--seed", "42"});
  ASSERT_EQ(first.status, kDone) << first.log;
  EXPECT_THAT(first.log, AllOf(HasSubstr("seed 42\n"), HasSubstr("cases: 200"),
                               HasSubstr("refused: 0")));
  const std::string found = FoundBy(bench);
  EXPECT_THAT(found, AllOf(HasSubstr("200 cases ("), HasSubstr("all is well")));

  const Ran second = Generate(bench, {"--cases", "200", "--seed", "42"});
  EXPECT_EQ(second.status, kDone) << second.log;
  EXPECT_EQ(FoundBy(bench), found);

  const Ran more = Generate(bench, {"--cases", "230", "--seed", "42"});
  EXPECT_EQ(more.status, kDone) << more.log;
  EXPECT_THAT(FoundBy(bench), HasSubstr("230 cases ("));
}

TEST(Generate, LeavesAStoreThatAHubServes) {
  const HubBench bench;
  ASSERT_EQ(Generate(bench, {"--cases", "20"}).status, kDone);
  const std::unique_ptr<Program> hub = bench.Start();
  HubBench::ImportClinic(*hub);
  api::v1::ListCasesRequest request;
  const auto reply =
      HubBench::Coordinator(*hub).Call<api::v1::ListCasesResponse>(
          "careroute.api.v1.CaseService.ListCases", request);
  ASSERT_TRUE(reply.ok()) << reply.status();
  // The clinic takes part in none of them.
  EXPECT_EQ(reply->cases_size(), 0);
}

TEST(Generate, LeavesTheStoreOfARunningHubAlone) {
  const HubBench bench;
  const std::unique_ptr<Program> hub = bench.Start();
  const Ran refused = Generate(bench, {"--cases", "1"});
  EXPECT_EQ(refused.status, kFailed);
  EXPECT_THAT(refused.log, HasSubstr("already has an owner: process"));
}

TEST(Generate, SaysWhatIsWrongWithItsFlags) {
  const HubBench bench;
  EXPECT_EQ(Generate(bench, {"--cases", "0"}).status, kUsage);
  EXPECT_EQ(Generate(bench, {"--cases", "1000001"}).status, kUsage);
  EXPECT_EQ(Generate(bench, {"--seed", "-1"}).status, kUsage);
  const Ran shape = Generate(bench, {"--shape", bench.File("hub.textproto")});
  EXPECT_EQ(shape.status, kUsage);
  EXPECT_THAT(shape.log,
              AllOf(HasSubstr("is no JSON"), Not(HasSubstr("seed"))));
  const Ran memory = Generate(bench, {"--store", "memory:"});
  EXPECT_EQ(memory.status, kUsage);
  EXPECT_THAT(memory.log, HasSubstr("store: names nothing to fill"));
}

}  // namespace
}  // namespace careroute::tests
