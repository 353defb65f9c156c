// Who may merge two records, and who sees what of them afterwards.

#include "lib/api/registry_methods.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/registry_service.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/api/testing/case_bench.h"
#include "lib/api/testing/registry_calls.h"

namespace careroute::api {
namespace {

using engine::testing::EngineBench;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto kRegistrar = model::v1::ACTOR_ROLE_REGISTRAR;
constexpr auto kAdministrator = model::v1::ACTOR_ROLE_ADMINISTRATOR;
constexpr char kPolicy[] = "2748123456789012";

// A child the clinic knows twice, by the insurance number and by the policy;
// the office has a case of the second record as well.
class RegistryMethodsTest : public ::testing::Test {
 protected:
  RegistryMethodsTest() {
    made_.Publish(EngineBench::Route("other-route"));
    made_.Publish(EngineBench::Route("third-route"));
    keep_ = Report(made_.ReportOf({}));
    merged_ = Report(ByPolicy("other-route", "clinic"));
    Report(ByPolicy("third-route", "office"));
    bench_.SpeakFor("clinic", kRegistrar);
  }

  engine::Report ByPolicy(const std::string& pathway, const std::string& by) {
    engine::Report report = made_.ReportOf({.pathway = pathway, .by = by});
    report.person.mutable_identity()->clear_snils();
    report.person.mutable_identity()->set_policy_number(kPolicy);
    return report;
  }

  // Answers the person.
  std::string Report(engine::Report report) {
    const absl::StatusOr<engine::ReportTaken> taken =
        made_.Take(std::move(report));
    EXPECT_TRUE(taken.ok() && !taken->refusal.has_value());
    const auto uid = engine::ParseName("reports/", taken->report);
    return engine::PersonNameOf(made_.Read(*uid).person->uid);
  }

  v1::MergePersonsRequest Merging() {
    v1::MergePersonsRequest request;
    request.set_keep(keep_);
    request.set_request_id(registry_.RequestId());
    request.mutable_command()->set_merged(merged_);
    request.mutable_command()->set_reason(
        model::v1::MERGE_REASON_SAME_IDENTIFIER);
    return request;
  }
  model::v1::Person Merge() {
    return bench_
        .Ask<v1::MergePersonsResponse>("RegistryService.MergePersons",
                                       Merging())
        .person();
  }
  v1::UnmergePersonsRequest Unmerging() {
    v1::UnmergePersonsRequest request;
    request.set_keep(keep_);
    request.set_request_id(registry_.RequestId());
    request.mutable_command()->set_merged(merged_);
    request.mutable_command()->set_reason("близнецы");
    return request;
  }

  CaseBench bench_;
  EngineBench& made_ = bench_.made();
  RegistryCalls registry_{bench_};
  std::string keep_;
  std::string merged_;
};

TEST_F(RegistryMethodsTest, AMergedRecordShowsTheKeptPersonUnderItsName) {
  ASSERT_NE(keep_, merged_);
  ASSERT_THAT(registry_.Candidates(keep_), SizeIs(1));
  EXPECT_EQ(Merge().name(), keep_);
  const model::v1::Person merged = registry_.Get(merged_);
  EXPECT_EQ(merged.name(), merged_);
  EXPECT_EQ(merged.state(), model::v1::PERSON_STATE_MERGED);
  EXPECT_EQ(merged.merged_into(), keep_);
  EXPECT_EQ(merged.identity().snils(), "00000000101");
  EXPECT_THAT(registry_.FindByPolicy(kPolicy), ElementsAre(keep_));
  EXPECT_THAT(registry_.Candidates(keep_), IsEmpty());
  EXPECT_THAT(registry_.Candidates(merged_), IsEmpty());
}

TEST_F(RegistryMethodsTest, AMergeIsTakenBack) {
  Merge();
  bench_.Ask<v1::UnmergePersonsResponse>("RegistryService.UnmergePersons",
                                         Unmerging());
  EXPECT_EQ(registry_.Get(merged_).identity().policy_number(), kPolicy);
  EXPECT_THAT(registry_.FindByPolicy(kPolicy), ElementsAre(merged_));
  EXPECT_EQ(
      bench_.AskRefused("RegistryService.UnmergePersons", Unmerging()).reason(),
      model::v1::ERROR_REASON_WRONG_STATE);
}

TEST_F(RegistryMethodsTest, OnlyWhoTakesPartOnBothSidesMayMerge) {
  bench_.SpeakFor("office", kRegistrar);
  EXPECT_EQ(
      bench_.AskRefused("RegistryService.MergePersons", Merging()).reason(),
      model::v1::ERROR_REASON_NOT_FOUND);
  v1::MergePersonsRequest turned = Merging();
  turned.set_keep(merged_);
  turned.mutable_command()->set_merged(keep_);
  EXPECT_EQ(bench_.AskRefused("RegistryService.MergePersons", turned).reason(),
            model::v1::ERROR_REASON_NOT_FOUND);
  for (const auto role :
       {model::v1::ACTOR_ROLE_COORDINATOR, model::v1::ACTOR_ROLE_PERFORMER}) {
    bench_.SpeakFor("clinic", role);
    EXPECT_EQ(
        bench_.AskRefused("RegistryService.MergePersons", Merging()).reason(),
        model::v1::ERROR_REASON_ROLE_NOT_ALLOWED);
  }
}

TEST_F(RegistryMethodsTest, AnAdministratorMergesAndReadsNothing) {
  bench_.SpeakFor("clinic", kAdministrator);
  const model::v1::Person answer = Merge();
  EXPECT_EQ(answer.name(), keep_);
  EXPECT_EQ(answer.identity().ShortDebugString(), "");
}

TEST_F(RegistryMethodsTest, WhoTakesPartInACaseOfOneTakesPartInThePerson) {
  bench_.SpeakFor("office", kRegistrar);
  EXPECT_EQ(registry_.GetRefused(keep_), model::v1::ERROR_REASON_NOT_FOUND);
  bench_.SpeakFor("clinic", kRegistrar);
  Merge();
  bench_.SpeakFor("office", kRegistrar);
  EXPECT_EQ(registry_.Get(keep_).identity().snils(), "00000000101");
  EXPECT_THAT(registry_.FindByPolicy(kPolicy), ElementsAre(keep_));
}

TEST_F(RegistryMethodsTest, SaysWhatSpeaksAgainstAMerge) {
  v1::MergePersonsRequest request = Merging();
  request.mutable_command()->set_reason(model::v1::MERGE_REASON_OTHER);
  Report(ByPolicy("test-route", "office"));
  const model::v1::Refusal refusal =
      bench_.AskRefused("RegistryService.MergePersons", request);
  EXPECT_EQ(refusal.reason(), model::v1::ERROR_REASON_WRONG_STATE);
  ASSERT_THAT(refusal.problems(), SizeIs(2));
  EXPECT_EQ(refusal.problems(0).path(), "note");
  EXPECT_EQ(refusal.problems(1).reason(), "BOTH_OPEN");
  EXPECT_THAT(refusal.problems(1).message(),
              ::testing::HasSubstr("a case you take no part in"));
}

TEST_F(RegistryMethodsTest, ErasingAPersonErasesEveryRecord) {
  Merge();
  bench_.SpeakFor("clinic", kAdministrator);
  v1::ErasePersonRequest erase;
  erase.set_name(keep_);
  erase.set_request_id(registry_.RequestId());
  erase.mutable_command()->set_reason("по просьбе семьи");
  EXPECT_EQ(
      bench_.Ask<v1::ErasePersonResponse>("RegistryService.ErasePerson", erase)
          .person()
          .state(),
      model::v1::PERSON_STATE_ERASED);
  for (const std::string& name : {keep_, merged_}) {
    const auto uid = engine::ParseName("persons/", name);
    const engine::OpenPersonPtr person = made_.Person(*uid);
    EXPECT_TRUE(person->erased) << name;
    EXPECT_EQ(person->key, nullptr);
    EXPECT_EQ(person->person.state(), model::v1::PERSON_STATE_ERASED);
  }
  for (const base::Uid& uid : made_.AllCases()) {
    EXPECT_TRUE(made_.Read(uid).state->erased);
  }
  bench_.SpeakFor("clinic", kRegistrar);
  EXPECT_THAT(registry_.FindByPolicy(kPolicy), IsEmpty());
}

TEST_F(RegistryMethodsTest, ErasingAMergedRecordLeavesThePerson) {
  Merge();
  bench_.SpeakFor("clinic", kAdministrator);
  v1::ErasePersonRequest erase;
  erase.set_name(merged_);
  erase.set_request_id(registry_.RequestId());
  erase.mutable_command()->set_reason("ошибочная запись");
  bench_.Ask<v1::ErasePersonResponse>("RegistryService.ErasePerson", erase);
  bench_.SpeakFor("clinic", kRegistrar);
  EXPECT_EQ(registry_.Get(keep_).identity().snils(), "00000000101");
  EXPECT_THAT(registry_.FindByPolicy(kPolicy), IsEmpty());
}

}  // namespace
}  // namespace careroute::api
