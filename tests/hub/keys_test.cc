// The hub's own keys made anew between two runs: what they locked still opens.

#include <signal.h>

#include <memory>
#include <string>
#include <vector>

#include "careroute/api/v1/case_read_messages.pb.h"
#include "careroute/api/v1/registry_service.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/hub/hub_bench.h"

namespace careroute::tests {
namespace {

using ::testing::HasSubstr;

constexpr char kReport[] = "careroute.api.v1.CaseService.ReportNeed";
constexpr char kFind[] = "careroute.api.v1.RegistryService.FindPersons";
constexpr char kGet[] = "careroute.api.v1.RegistryService.GetPerson";

// As its coordinator finds the person of ReportOf(1); empty = not at all.
std::string FindThePerson(const Program& hub) {
  api::v1::FindPersonsRequest find;
  *find.mutable_identity() = ReportOf(1).person().identity();
  const auto found =
      HubBench::Coordinator(hub).Call<api::v1::FindPersonsResponse>(kFind,
                                                                    find);
  EXPECT_TRUE(found.ok()) << found.status();
  return found.ok() && found->persons_size() == 1 ? found->persons(0).name()
                                                  : "";
}

Ran Keys(const HubBench& bench, const std::string& what) {
  return RunProgram({"keys", what, "--config", bench.File("hub.textproto")});
}

TEST(HubKeys, WhatOldKeysLockedOpensAfterARotation) {
  const HubBench bench(HubBench::Catalogue::kDemoRegion);
  std::string person;
  {
    const std::unique_ptr<Program> hub = bench.Start();
    HubBench::ImportClinic(*hub);
    const auto made =
        HubBench::Registrar(*hub).Call<api::v1::ReportNeedResponse>(
            kReport, ReportOf(1));
    ASSERT_TRUE(made.ok()) << made.status();
    person = FindThePerson(*hub);
    ASSERT_NE(person, "");
    const Ran refused = Keys(bench, "rotate");
    EXPECT_NE(refused.status, 0);
    EXPECT_THAT(refused.log, HasSubstr("already has an owner"));
    hub->Signal(SIGTERM);
    EXPECT_EQ(hub->Wait(), 0) << hub->log();
  }
  const Ran rotated = Keys(bench, "rotate");
  EXPECT_EQ(rotated.status, 0) << rotated.log;
  EXPECT_THAT(rotated.log, HasSubstr("ed25519:"));
  EXPECT_THAT(rotated.log, HasSubstr("locked anew: "));
  const Ran shown = Keys(bench, "show");
  EXPECT_EQ(shown.status, 0) << shown.log;
  EXPECT_THAT(shown.log, HasSubstr("old"));

  const std::unique_ptr<Program> hub = bench.Start();
  EXPECT_EQ(FindThePerson(*hub), person);
  api::v1::GetPersonRequest request;
  request.set_name(person);
  const auto read =
      HubBench::Coordinator(*hub).Call<api::v1::GetPersonResponse>(kGet,
                                                                   request);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->person().identity().family_name(), kFamilyName);
  const Ran fsck = bench.Fsck();
  EXPECT_EQ(fsck.status, 0) << fsck.log;
}

TEST(HubKeys, AreOfNoUseWhereNoneAreMade) {
  const Ran ran = RunProgram(
      {"keys", "rotate", "--resume", "--use", "wrapping", "--key-ring", "k"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.log, HasSubstr("--resume"));
  EXPECT_THAT(ran.log, HasSubstr("--use"));
}

TEST(HubKeys, AreNotShownWithoutAFile) {
  const Ran ran = RunProgram({"keys", "show"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.log, HasSubstr("key_ring"));
}

}  // namespace
}  // namespace careroute::tests
