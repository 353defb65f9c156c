// Whom a certificate makes of a caller, and that nothing else makes anybody of
// one who has it.

#include "lib/api/certificate_actor.h"

#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "lib/api/actor_sources.h"
#include "lib/api/status.h"
#include "lib/api/testing/table_bench.h"

namespace careroute::api {
namespace {

constexpr char kSystem[] = "CN=mis,O=Clinic";
constexpr char kOwn[] = "CN=khabarovsk";

constexpr char kClinic[] = R"pb(
  organisations {
    name: "organisations/clinic"
    title: "Clinic"
    kind: AGENCY_KIND_HEALTH
    region: "RU-KHA"
    calendar: "ru"
    zone: "RU-KHA"
    members {
      name: "organisations/clinic/members/anna"
      kind: MEMBER_KIND_PERSON
      roles: ACTOR_ROLE_COORDINATOR
      display_name: "A"
    }
    members {
      name: "organisations/clinic/members/mis"
      kind: MEMBER_KIND_SYSTEM
      roles: ACTOR_ROLE_REGISTRAR
      display_name: "MIS"
      certificate_subjects: "CN=mis,O=Clinic"
    }
    duty_coordinator: "organisations/clinic/members/anna"
    duty_deputy: "organisations/clinic/members/anna"
    head: "organisations/clinic/members/anna"
  }
)pb";

class CertificateActorTest : public testing::Test {
 protected:
  void SetUp() override { bench_.Import(kClinic); }

  // Who calls; empty when refused.
  std::string MemberOf(const std::string& subject,
                       TableBench::Metadata metadata) {
    Call call;
    call.certificate_subject = subject;
    call.metadata = std::move(metadata);
    const absl::StatusOr<model::v1::Actor> actor = actors_.ActorOf(call);
    if (actor.ok()) return actor->member();
    const auto refusal = RefusalOf(actor.status());
    EXPECT_TRUE(refusal.has_value()) << actor.status();
    EXPECT_TRUE(absl::IsUnauthenticated(actor.status())) << actor.status();
    return "";
  }

  static TableBench::Metadata As(const std::string& role,
                                 const std::string& member = "") {
    TableBench::Metadata metadata = {{"careroute-role", role},
                                     {"careroute-purpose", "care"}};
    if (!member.empty()) metadata.emplace_back("careroute-member", member);
    return metadata;
  }

  TableBench bench_;
  CertificateActor certificate_{
      {.engine = bench_.engine(), .own_subject = kOwn}};
  DevelopmentActor development_{{.engine = bench_.engine()}};
  ActorSources actors_{{&certificate_, &development_}};
};

TEST_F(CertificateActorTest, KnowsASystemByTheSubjectOfItsCertificate) {
  EXPECT_EQ(MemberOf(kSystem, As("registrar")),
            "organisations/clinic/members/mis");
  EXPECT_EQ(
      MemberOf(kSystem, As("registrar", "organisations/clinic/members/mis")),
      "organisations/clinic/members/mis");
}

TEST_F(CertificateActorTest, LetsASystemActInItsOwnRolesOnly) {
  EXPECT_EQ(MemberOf(kSystem, As("coordinator")), "");
  EXPECT_EQ(MemberOf(kSystem, As("hub")), "");
  EXPECT_EQ(MemberOf(kSystem, {{"careroute-purpose", "care"}}), "");
  EXPECT_EQ(MemberOf(kSystem, {{"careroute-role", "registrar"}}), "");
}

TEST_F(CertificateActorTest, LetsNobodyClaimToBeAnother) {
  EXPECT_EQ(
      MemberOf(kSystem, As("coordinator", "organisations/clinic/members/anna")),
      "");
  EXPECT_EQ(MemberOf(kSystem, As("administrator", kFirstAdministrator)), "");
}

// Also where callers without a certificate may say who they are.
TEST_F(CertificateActorTest, HasTheLastWordOnWhoeverBringsACertificate) {
  EXPECT_EQ(MemberOf("CN=stranger", TableBench::Administrator()), "");
  EXPECT_EQ(MemberOf("", TableBench::Administrator()), kFirstAdministrator);
}

TEST_F(CertificateActorTest, LetsTheHubsOwnCertificateFillAnEmptyDirectory) {
  EXPECT_EQ(MemberOf(kOwn, As("administrator")), kFirstAdministrator);
  EXPECT_EQ(MemberOf(kOwn, As("coordinator")), "");
}

TEST_F(CertificateActorTest, KnowsNobodyWithoutAWayToTell) {
  const ActorSources only_certificates({&certificate_});
  Call call;
  call.metadata = TableBench::Administrator();
  EXPECT_TRUE(
      absl::IsUnauthenticated(only_certificates.ActorOf(call).status()));
}

}  // namespace
}  // namespace careroute::api
