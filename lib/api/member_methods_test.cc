// Absences, dismissal and workload, as callers ask for them.

#include "lib/api/member_methods.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/case_service.pb.h"
#include "careroute/api/v1/directory_service.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/api/status.h"
#include "lib/api/testing/case_bench.h"
#include "lib/casework/view.h"

namespace careroute::api {
namespace {

using engine::testing::EngineBench;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kClinic[] = "organisations/clinic";
constexpr char kRequest[] = "5ce70000-0000-4000-8000-000000000001";
constexpr char kOther[] = "5ce70000-0000-4000-8000-000000000002";

std::string Member(const std::string& member) {
  return absl::StrCat(kClinic, "/members/", member);
}

class MemberMethodsTest : public ::testing::Test {
 protected:
  void SpeakAs(const std::string& organisation, const std::string& member,
               model::v1::ActorRole role = model::v1::ACTOR_ROLE_COORDINATOR) {
    bench_.SpeakAs(EngineBench::Actor(organisation, member, role));
  }

  static v1::AddAbsenceRequest Away(const std::string& member) {
    v1::AddAbsenceRequest request;
    request.set_name(kClinic);
    request.set_request_id(kRequest);
    request.mutable_command()->set_member(Member(member));
    auto& absence = *request.mutable_command()->mutable_absence();
    absence.set_from("2026-03-02");
    absence.set_to("2026-03-13");
    return request;
  }

  static v1::DismissMemberRequest Dismissing(const std::string& member,
                                             const std::string& last_day) {
    v1::DismissMemberRequest request;
    request.set_name(kClinic);
    request.set_request_id(kRequest);
    request.mutable_command()->set_member(Member(member));
    request.mutable_command()->set_last_day(last_day);
    return request;
  }

  // New cases go to boris and hanna from now on.
  void FreeAnna() {
    model::v1::Organisation clinic =
        EngineBench::Describe("clinic", model::v1::AGENCY_KIND_HEALTH);
    clinic.set_duty_coordinator(Member("boris"));
    clinic.set_duty_deputy(Member("hanna"));
    bench_.made().Put(clinic);
  }

  std::string KeyOf(const absl::Status& status) {
    const std::optional<model::v1::Refusal> refusal = RefusalOf(status);
    return refusal.has_value() ? refusal->message_key() : status.ToString();
  }

  CaseBench bench_;
};

TEST_F(MemberMethodsTest, AMemberIsAbsentAndTheRouteSaysSo) {
  const base::Uid uid = bench_.made().Open({});
  SpeakAs("clinic", "anna");
  const auto reply = bench_.Ask<v1::AddAbsenceResponse>(
      "DirectoryService.AddAbsence", Away("anna"));
  ASSERT_THAT(reply.member().absences(), SizeIs(1));
  v1::GetRouteRequest route;
  route.set_name(casework::CaseName(uid));
  const auto header =
      bench_.Ask<v1::GetRouteResponse>("CaseService.GetRoute", route)
          .route()
          .header();
  EXPECT_EQ(header.coordinator().absent_until(), "2026-03-13");
  EXPECT_EQ(header.deputy().absent_until(), "");
}

TEST_F(MemberMethodsTest, TheNextCaseGoesToWhoStandsIn) {
  SpeakAs("clinic", "hanna");
  bench_.Ask<v1::AddAbsenceResponse>("DirectoryService.AddAbsence",
                                     Away("anna"));
  const base::Uid uid = bench_.made().Open({});
  EXPECT_EQ(bench_.made().Read(uid).state->coordinator, Member("boris"));
  EXPECT_EQ(bench_.made().Read(uid).state->deputy, Member("hanna"));
}

TEST_F(MemberMethodsTest, AnAbsenceIsTakenBack) {
  SpeakAs("clinic", "anna");
  bench_.Ask<v1::AddAbsenceResponse>("DirectoryService.AddAbsence",
                                     Away("anna"));
  v1::EndAbsenceRequest end;
  end.set_name(kClinic);
  end.set_request_id(kOther);
  end.mutable_command()->set_member(Member("anna"));
  end.mutable_command()->set_from("2026-03-02");
  EXPECT_THAT(
      bench_.Ask<v1::EndAbsenceResponse>("DirectoryService.EndAbsence", end)
          .member()
          .absences(),
      IsEmpty());
}

TEST_F(MemberMethodsTest, NobodyElseSaysThatAMemberIsAbsent) {
  for (const char* organisation : {"clinic", "office"}) {
    SpeakAs(organisation, "boris");
    EXPECT_EQ(
        KeyOf(bench_.AskInVain("DirectoryService.AddAbsence", Away("anna"))),
        "own_absence_only");
  }
  SpeakAs("office", "boris", model::v1::ACTOR_ROLE_ADMINISTRATOR);
  EXPECT_EQ(
      KeyOf(bench_.AskInVain("DirectoryService.AddAbsence", Away("anna"))),
      "own_absence_only");
}

TEST_F(MemberMethodsTest, ADismissalPassesThePostsOn) {
  const base::Uid uid = bench_.made().Open({});
  FreeAnna();
  SpeakAs("clinic", "hanna");
  v1::DismissMemberRequest request = Dismissing("anna", "2026-03-02");
  request.set_validate_only(true);
  EXPECT_THAT(bench_
                  .Ask<v1::DismissMemberResponse>(
                      "DirectoryService.DismissMember", request)
                  .cases(),
              SizeIs(1));
  EXPECT_EQ(bench_.made().Read(uid).version, 1);
  request.set_validate_only(false);
  const auto reply = bench_.Ask<v1::DismissMemberResponse>(
      "DirectoryService.DismissMember", request);
  EXPECT_EQ(reply.passes_on(), "");
  ASSERT_THAT(reply.cases(), SizeIs(1));
  EXPECT_EQ(reply.cases(0).name(), casework::CaseName(uid));
  EXPECT_EQ(reply.cases(0).coordinator(), Member("boris"));
  EXPECT_EQ(reply.cases(0).deputy(), Member("hanna"));
  EXPECT_EQ(bench_.made().Read(uid).state->coordinator, Member("boris"));
  // A repeat finds nothing left.
  EXPECT_THAT(bench_
                  .Ask<v1::DismissMemberResponse>(
                      "DirectoryService.DismissMember", request)
                  .cases(),
              IsEmpty());
}

TEST_F(MemberMethodsTest, ADismissalToComeSaysWhatWillPass) {
  const base::Uid uid = bench_.made().Open({});
  FreeAnna();
  SpeakAs("clinic", "hanna");
  const auto reply = bench_.Ask<v1::DismissMemberResponse>(
      "DirectoryService.DismissMember", Dismissing("anna", "2026-03-06"));
  EXPECT_EQ(reply.passes_on(), "2026-03-07");
  EXPECT_THAT(reply.cases(), SizeIs(1));
  EXPECT_EQ(bench_.made().Read(uid).version, 1);
  bench_.made().Advance(absl::Hours(24 * 5));
  bench_.made().RunDue();
  EXPECT_EQ(bench_.made().Read(uid).state->coordinator, Member("boris"));
}

TEST_F(MemberMethodsTest, OnlyWhoLeadsDismissesAndNotWhoIsCountedOn) {
  SpeakAs("clinic", "boris");
  EXPECT_EQ(KeyOf(bench_.AskInVain("DirectoryService.DismissMember",
                                   Dismissing("anna", "2026-03-02"))),
            "only_head");
  SpeakAs("clinic", "hanna");
  EXPECT_EQ(KeyOf(bench_.AskInVain("DirectoryService.DismissMember",
                                   Dismissing("anna", "2026-03-02"))),
            "post_of_organisation");
}

TEST_F(MemberMethodsTest, TheWorkloadIsTheOrganisationsOwn) {
  bench_.made().Open({});
  bench_.made().Open({.by = "office", .snils = "00000000202"});
  SpeakAs("clinic", "boris");
  const auto reply = bench_.Ask<v1::ListWorkloadResponse>(
      "DirectoryService.ListWorkload", v1::ListWorkloadRequest());
  ASSERT_THAT(reply.members(), SizeIs(3));
  EXPECT_EQ(reply.members(0).member(), Member("anna"));
  EXPECT_EQ(reply.members(0).coordinates(), 1);
  EXPECT_TRUE(reply.members(0).has_next_due_time());
  EXPECT_EQ(reply.members(1).deputises(), 1);
  EXPECT_EQ(reply.members(2).coordinates(), 0);
  v1::ListWorkloadRequest other;
  other.set_name("organisations/office");
  EXPECT_EQ(KeyOf(bench_.AskInVain("DirectoryService.ListWorkload", other)),
            "own_organisation_only");
}

TEST_F(MemberMethodsTest, TheWorkloadComesInPages) {
  SpeakAs("clinic", "boris");
  v1::ListWorkloadRequest request;
  request.set_page_size(2);
  const auto first = bench_.Ask<v1::ListWorkloadResponse>(
      "DirectoryService.ListWorkload", request);
  EXPECT_THAT(first.members(), SizeIs(2));
  request.set_page_token(first.next_page_token());
  const auto second = bench_.Ask<v1::ListWorkloadResponse>(
      "DirectoryService.ListWorkload", request);
  ASSERT_THAT(second.members(), SizeIs(1));
  EXPECT_EQ(second.members(0).member(), Member("hanna"));
  EXPECT_EQ(second.next_page_token(), "");
}

}  // namespace
}  // namespace careroute::api
