// Two hubs on one database are one store to whoever calls either.

#include <signal.h>

#include <memory>
#include <set>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/case_watch_messages.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/store/postgres/test_cluster.h"
#include "tests/hub/hub_bench.h"

namespace careroute::tests {
namespace {

using services::Client;
using ::testing::HasSubstr;

constexpr char kService[] = "careroute.api.v1.CaseService.";

absl::StatusOr<api::v1::ReportNeedResponse> Report(const Program& hub, int n) {
  return HubBench::Registrar(hub).Call<api::v1::ReportNeedResponse>(
      absl::StrCat(kService, "ReportNeed"), ReportOf(n));
}

// A hub hears of what another one imported a moment after it is durable.
void AwaitClinic(const Program& hub) {
  constexpr int kTries = 10000;
  const Client coordinator = HubBench::Coordinator(hub);
  for (int tries = 0; tries < kTries; ++tries) {
    if (coordinator
            .Call<api::v1::ListCasesResponse>(
                absl::StrCat(kService, "ListCases"),
                api::v1::ListCasesRequest())
            .ok()) {
      return;
    }
  }
  ADD_FAILURE() << "the other hub never heard of the clinic";
}

std::set<std::string> Listed(const Program& hub) {
  const auto reply =
      HubBench::Coordinator(hub).Call<api::v1::ListCasesResponse>(
          absl::StrCat(kService, "ListCases"), api::v1::ListCasesRequest());
  EXPECT_TRUE(reply.ok()) << reply.status();
  std::set<std::string> names;
  if (!reply.ok()) return names;
  for (const model::v1::CaseRow& row : reply->cases()) names.insert(row.name());
  return names;
}

class SharedDatabase : public testing::Test {
 protected:
  void Migrate() const {
    const Ran ran = bench_.Migrate({});
    ASSERT_EQ(ran.status, 0) << ran.log;
  }

  [[nodiscard]] Ran Generate(const std::string& cases) const {
    return RunProgram({"generate", "--config", bench_.File("hub.textproto"),
                       "--store", address_, "--cases", cases, "--seed", "42"});
  }

  store::TestCluster cluster_{store::Fsync::kOn};
  const std::string address_ = cluster_.NewAddress();
  const HubBench bench_{HubBench::Catalogue::kDemoRegion, address_};
};

TEST_F(SharedDatabase, AHubWaitsForTheTablesToBeMade) {
  Program early(bench_.HubArguments());
  EXPECT_NE(early.Wait(), 0);
  EXPECT_THAT(early.log(), HasSubstr("careroute migrate"));
  const Ran plan = bench_.Migrate({"--dry-run"});
  EXPECT_EQ(plan.status, 0) << plan.log;
  EXPECT_THAT(plan.log, HasSubstr("CREATE TABLE events"));
  Program still(bench_.HubArguments());
  EXPECT_NE(still.Wait(), 0) << "a dry run makes nothing";
  Migrate();
  const std::unique_ptr<Program> hub = bench_.Start();
  EXPECT_THAT(bench_.Migrate({}).log, HasSubstr("nothing to do"));
}

TEST_F(SharedDatabase, ARequestHasOneEffectWhicheverHubIsAsked) {
  constexpr int kReports = 20;
  Migrate();
  const std::unique_ptr<Program> one = bench_.Start();
  HubBench::ImportClinic(*one);
  const std::unique_ptr<Program> other = bench_.Start();
  for (int n = 0; n < kReports; ++n) {
    absl::StatusOr<api::v1::ReportNeedResponse> at_one;
    std::thread beside([&] { at_one = Report(*one, n); });
    const auto at_other = Report(*other, n);
    beside.join();
    ASSERT_TRUE(at_one.ok()) << at_one.status();
    ASSERT_TRUE(at_other.ok()) << at_other.status();
    EXPECT_EQ(at_one->SerializeAsString(), at_other->SerializeAsString());
  }
  EXPECT_EQ(Listed(*one).size(), size_t{kReports});
  EXPECT_EQ(Listed(*one), Listed(*other));
  one->Signal(SIGTERM);
  EXPECT_EQ(one->Wait(), 0) << one->log();
  other->Signal(SIGTERM);
  EXPECT_EQ(other->Wait(), 0) << other->log();
  const Ran fsck = bench_.Fsck();
  EXPECT_EQ(fsck.status, 0) << fsck.log;
}

TEST_F(SharedDatabase, IsFilledOnceItsTablesAreMade) {
  const Ran early = Generate("20");
  EXPECT_NE(early.status, 0);
  EXPECT_THAT(early.log, HasSubstr("careroute migrate"));
  Migrate();
  const Ran first = Generate("20");
  EXPECT_EQ(first.status, 0) << first.log;
  EXPECT_THAT(first.log, HasSubstr("refused: 0"));
  const Ran found = bench_.Fsck();
  EXPECT_EQ(found.status, 0) << found.log;
  EXPECT_THAT(found.log, HasSubstr("20 cases ("));

  EXPECT_EQ(Generate("20").status, 0);
  EXPECT_EQ(bench_.Fsck().log, found.log);
  EXPECT_EQ(Generate("25").status, 0);
  EXPECT_THAT(bench_.Fsck().log, HasSubstr("25 cases ("));
}

TEST_F(SharedDatabase, IsNotFilledBesideThePeopleOfARegion) {
  Migrate();
  const std::unique_ptr<Program> hub = bench_.Start();
  HubBench::ImportClinic(*hub);
  const auto reply = Report(*hub, 0);
  ASSERT_TRUE(reply.ok()) << reply.status();
  const Ran refused = Generate("1");
  EXPECT_NE(refused.status, 0);
  EXPECT_THAT(refused.log, HasSubstr("could not be taken out again"));
  EXPECT_EQ(Listed(*hub).size(), 1u);
}

TEST_F(SharedDatabase, AWatchAtOneHubSeesWhatTheOtherWrites) {
  Migrate();
  const std::unique_ptr<Program> one = bench_.Start();
  const std::unique_ptr<Program> other = bench_.Start();
  HubBench::ImportClinic(*one);
  AwaitClinic(*other);
  std::set<std::string> seen;
  std::thread watcher([&] {
    const absl::Status status =
        HubBench::Coordinator(*other).Watch<api::v1::WatchCasesResponse>(
            absl::StrCat(kService, "WatchCases"), api::v1::WatchCasesRequest(),
            [&seen](const api::v1::WatchCasesResponse& message) {
              seen.insert(message.case_().name());
              return seen.size() < 3;
            });
    EXPECT_TRUE(status.ok()) << status;
  });
  for (int n = 0; n < 3; ++n) {
    const auto reply = Report(*one, n);
    EXPECT_TRUE(reply.ok()) << reply.status();
  }
  watcher.join();
  EXPECT_EQ(seen, Listed(*one));
}

TEST_F(SharedDatabase, TheOtherHubGoesOnWhenOneIsKilled) {
  Migrate();
  const std::unique_ptr<Program> one = bench_.Start();
  HubBench::ImportClinic(*one);
  const std::unique_ptr<Program> other = bench_.Start();
  const auto before = Report(*one, 0);
  ASSERT_TRUE(before.ok()) << before.status();
  one->Signal(SIGKILL);
  EXPECT_EQ(one->Wait(), -SIGKILL);
  const auto repeated = Report(*other, 0);
  ASSERT_TRUE(repeated.ok()) << repeated.status();
  EXPECT_EQ(repeated->SerializeAsString(), before->SerializeAsString());
  EXPECT_TRUE(Report(*other, 1).ok());
  EXPECT_EQ(Listed(*other).size(), 2u);
}

}  // namespace
}  // namespace careroute::tests
