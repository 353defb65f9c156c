// After an adoption no method leads from one history of the child to the other.

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/case_service.pb.h"
#include "careroute/api/v1/registry_service.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/api/testing/case_bench.h"
#include "lib/api/testing/registry_calls.h"

namespace careroute::api {
namespace {

using engine::testing::EngineBench;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto kRegistrar = model::v1::ACTOR_ROLE_REGISTRAR;
constexpr char kSnils[] = "00000000101";

// A mother with a case and a child with a case at the clinic; after the
// adoption the office has the child under another name.
class AdoptionTest : public ::testing::Test {
 protected:
  AdoptionTest() {
    made_.Publish(EngineBench::Route("mothers-route"));
    engine::Report mother =
        made_.ReportOf({.pathway = "mothers-route", .snils = "00000000202"});
    mother.person.mutable_identity()->set_given_name("Мария");
    mothers_case_ = Take(std::move(mother));
    mother_ = PersonOf(mothers_case_);
    childs_case_ = Take(ReportOfChild({}));
    child_ = PersonOf(childs_case_);
    bench_.SpeakFor("clinic", kRegistrar);
  }

  // As the child was called before.
  engine::Report ReportOfChild(const engine::testing::Need& need) {
    engine::Report report = made_.ReportOf(need);
    report.person.mutable_identity()->set_family_name("Ясень");
    report.person.mutable_identity()->set_given_name("Анна");
    AddParent(mother_, report);
    return report;
  }
  static void AddParent(const std::string& parent, engine::Report& report) {
    model::v1::Representative& one = *report.person.add_representatives();
    one.set_person(parent);
    one.set_basis(model::v1::REPRESENTATIVE_BASIS_PARENT);
    one.set_from(report.person.identity().birth_date());
    one.mutable_document()->set_kind("birth-certificate");
  }
  base::Uid Take(engine::Report report) {
    const absl::StatusOr<engine::ReportTaken> taken =
        made_.Take(std::move(report));
    EXPECT_TRUE(taken.ok() && !taken->refusal.has_value());
    return *engine::ParseName("reports/", taken->report);
  }
  std::string PersonOf(const base::Uid& uid) {
    return engine::PersonNameOf(made_.Read(uid).person->uid);
  }
  v1::RecordAdoptionRequest Adoption(const std::string& person) {
    v1::RecordAdoptionRequest request;
    request.set_name(person);
    request.set_request_id(registry_.RequestId());
    request.mutable_command()->set_from("2026-02-20");
    request.mutable_command()->mutable_document()->set_kind("court-decision");
    request.mutable_command()->mutable_document()->set_number("2-77/2026");
    return request;
  }
  void CloseChildsCase() {
    made_.Do(childs_case_, "close_case { ending: 'declined' note: 'суд' }");
  }
  model::v1::Person Adopt() {
    CloseChildsCase();
    return bench_
        .Ask<v1::RecordAdoptionResponse>("RegistryService.RecordAdoption",
                                         Adoption(child_))
        .person();
  }
  // The child anew, at the office: another name, the same number.
  std::string ReportAnew() {
    engine::Report child = made_.ReportOf({.by = "office", .snils = kSnils});
    child.person.mutable_identity()->set_family_name("Клён");
    child.person.mutable_identity()->set_given_name("Вера");
    return PersonOf(Take(std::move(child)));
  }

  std::vector<std::string> FindByNumber() {
    model::v1::Identity identity;
    identity.set_snils(kSnils);
    return registry_.Find(identity);
  }
  static v1::GetRouteRequest RouteOf(const base::Uid& uid) {
    v1::GetRouteRequest request;
    request.set_name(absl::StrCat("cases/", uid.Hex()));
    return request;
  }

  CaseBench bench_;
  EngineBench& made_ = bench_.made();
  RegistryCalls registry_{bench_};
  base::Uid mothers_case_;
  base::Uid childs_case_;
  std::string mother_;
  std::string child_;
};

TEST_F(AdoptionTest, WaitsForEveryOpenCaseAndNamesThoseTheCallerMayHearOf) {
  made_.Publish(EngineBench::Route("third-route"));
  Take(ReportOfChild({.pathway = "third-route", .by = "office"}));
  const model::v1::Refusal refusal =
      bench_.AskRefused("RegistryService.RecordAdoption", Adoption(child_));
  EXPECT_EQ(refusal.reason(), model::v1::ERROR_REASON_WRONG_STATE);
  ASSERT_THAT(refusal.problems(), SizeIs(2));
  const std::string said = refusal.DebugString();
  EXPECT_THAT(said, HasSubstr(childs_case_.Hex()));
  EXPECT_THAT(said, HasSubstr("third-route: one you take no part in"));
}

TEST_F(AdoptionTest, WhoTookPartReadsThePastAndNothingAfterIt) {
  EXPECT_EQ(Adopt().state(), model::v1::PERSON_STATE_ADOPTED);
  const std::string anew = ReportAnew();
  ASSERT_NE(anew, child_);
  const model::v1::Person past = registry_.Get(child_);
  EXPECT_EQ(past.identity().family_name(), "Ясень");
  EXPECT_EQ(past.representatives(0).to(), "2026-02-19");
  EXPECT_THAT(past.DebugString(), ::testing::Not(HasSubstr(anew)));
  EXPECT_EQ(registry_.GetRefused(anew), model::v1::ERROR_REASON_NOT_FOUND);
}

TEST_F(AdoptionTest, NeitherNameNorNumberFindsTheOtherHistory) {
  Adopt();
  const std::string anew = ReportAnew();
  model::v1::Identity former;
  former.set_family_name("Ясень");
  former.set_given_name("Анна");
  former.set_birth_date(registry_.Get(child_).identity().birth_date());
  EXPECT_THAT(registry_.Find(former), IsEmpty());
  EXPECT_THAT(FindByNumber(), IsEmpty());
  EXPECT_THAT(registry_.Candidates(child_), IsEmpty());

  bench_.SpeakFor("office", kRegistrar);
  EXPECT_THAT(FindByNumber(), ElementsAre(anew));
  EXPECT_THAT(registry_.Candidates(anew), IsEmpty());
  EXPECT_EQ(registry_.GetRefused(child_), model::v1::ERROR_REASON_NOT_FOUND);
  EXPECT_THAT(registry_.Get(anew).DebugString(),
              ::testing::Not(HasSubstr(mother_)));
}

TEST_F(AdoptionTest, TheFormerHouseholdDoesNotShowTheChild) {
  bench_.SpeakFor("clinic", model::v1::ACTOR_ROLE_COORDINATOR);
  const auto others = [&] {
    return bench_
        .Ask<v1::GetRouteResponse>("CaseService.GetRoute",
                                   RouteOf(mothers_case_))
        .route()
        .header()
        .other_cases();
  };
  v1::AddRelationRequest link;
  link.set_name(mother_);
  link.set_request_id(registry_.RequestId());
  link.mutable_command()->mutable_relation()->set_person(child_);
  link.mutable_command()->mutable_relation()->set_link(
      model::v1::FAMILY_LINK_CHILD);
  bench_.Ask<v1::AddRelationResponse>("RegistryService.AddRelation", link);
  ASSERT_THAT(others(), SizeIs(1));
  bench_.SpeakFor("clinic", kRegistrar);
  Adopt();
  bench_.SpeakFor("clinic", model::v1::ACTOR_ROLE_COORDINATOR);
  EXPECT_THAT(others(), IsEmpty());
}

TEST_F(AdoptionTest, NoFamilyIsGivenASheetAndNoCaseIsOpenedAgain) {
  Adopt();
  bench_.SpeakFor("clinic", model::v1::ACTOR_ROLE_COORDINATOR);
  v1::GetRouteRequest sheet = RouteOf(childs_case_);
  bench_.Ask<v1::GetRouteResponse>("CaseService.GetRoute", sheet);
  sheet.set_for_family(true);
  EXPECT_EQ(bench_.AskRefused("CaseService.GetRoute", sheet).message_key(),
            "route.adopted");
  v1::ReopenCaseRequest reopen;
  reopen.set_name(sheet.name());
  reopen.set_request_id(registry_.RequestId());
  reopen.mutable_command()->set_note("ещё раз");
  EXPECT_EQ(bench_.AskRefused("CaseService.ReopenCase", reopen).message_key(),
            "person_adopted");
}

TEST_F(AdoptionTest, ARepeatHasNoSecondEffectAndAnotherRequestIsRefused) {
  CloseChildsCase();
  const v1::RecordAdoptionRequest request = Adoption(child_);
  const auto first = bench_.Ask<v1::RecordAdoptionResponse>(
      "RegistryService.RecordAdoption", request);
  const auto again = bench_.Ask<v1::RecordAdoptionResponse>(
      "RegistryService.RecordAdoption", request);
  EXPECT_EQ(first.SerializeAsString(), again.SerializeAsString());
  EXPECT_EQ(
      bench_.AskRefused("RegistryService.RecordAdoption", Adoption(child_))
          .message_key(),
      "person.adopted");
}

TEST_F(AdoptionTest, RecordsThatWereMergedGoWithIt) {
  made_.Publish(EngineBench::Route("third-route"));
  engine::Report twice = ReportOfChild({.pathway = "third-route"});
  twice.person.mutable_identity()->clear_snils();
  twice.person.mutable_identity()->set_policy_number("2748123456789012");
  const base::Uid case_of_merged = Take(std::move(twice));
  const std::string merged = PersonOf(case_of_merged);
  ASSERT_NE(merged, child_);
  v1::MergePersonsRequest merge;
  merge.set_keep(child_);
  merge.set_request_id(registry_.RequestId());
  merge.mutable_command()->set_merged(merged);
  merge.mutable_command()->set_reason(model::v1::MERGE_REASON_CIVIL_REGISTRY);
  merge.mutable_command()->mutable_document()->set_kind("birth-record");
  merge.mutable_command()->mutable_document()->set_number("77");
  bench_.Ask<v1::MergePersonsResponse>("RegistryService.MergePersons", merge);
  made_.Do(case_of_merged, "close_case { ending: 'declined' note: 'суд' }");
  CloseChildsCase();
  EXPECT_EQ(
      bench_.AskRefused("RegistryService.RecordAdoption", Adoption(merged))
          .message_key(),
      "person.merged");
  bench_.Ask<v1::RecordAdoptionResponse>("RegistryService.RecordAdoption",
                                         Adoption(child_));
  EXPECT_EQ(registry_.Get(merged).state(), model::v1::PERSON_STATE_ADOPTED);
  EXPECT_THAT(registry_.FindByPolicy("2748123456789012"), IsEmpty());
}

TEST_F(AdoptionTest, OnlyARegistrarWhoTakesPartRecordsIt) {
  CloseChildsCase();
  bench_.SpeakFor("office", kRegistrar);
  EXPECT_EQ(
      bench_.AskRefused("RegistryService.RecordAdoption", Adoption(child_))
          .reason(),
      model::v1::ERROR_REASON_NOT_FOUND);
  bench_.SpeakFor("clinic", model::v1::ACTOR_ROLE_PERFORMER);
  EXPECT_EQ(
      bench_.AskRefused("RegistryService.RecordAdoption", Adoption(child_))
          .reason(),
      model::v1::ERROR_REASON_ROLE_NOT_ALLOWED);
}

}  // namespace
}  // namespace careroute::api
