// `careroute mock-agency` against a sandbox: an exchange between two agencies,
// from a referral to the answer, with nobody waiting for anything.

#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "careroute/api/v1/case_service.pb.h"
#include "careroute/api/v1/directory_service.pb.h"
#include "careroute/api/v1/referral_service.pb.h"
#include "careroute/api/v1/registry_service.pb.h"
#include "careroute/testing/v1/clock_service.pb.h"
#include "careroute/testing/v1/mock_script.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "lib/store/scratch_directory.h"
#include "services/client/client.h"
#include "tests/hub/hub_bench.h"

namespace careroute::tests {
namespace {

using ::careroute::testing::v1::MockDeed;
using services::Client;
using ::testing::HasSubstr;

constexpr char kStart[] = "2025-03-03T09:00:00+10:00";
constexpr char kToday[] = "2025-03-03";
constexpr char kSpecialist[] = "organisations/centre/members/specialist";

// Beside the clinic of every bench.
constexpr char kCentre[] = R"pb(
  organisations {
    name: "organisations/centre"
    title: "Centre of the tests"
    kind: AGENCY_KIND_SOCIAL
    region: "RU-DEMO"
    district: "demo"
    settlement: "demo"
    calendar: "ru"
    zone: "RU-KHA"
    services {
      service: "early-help"
      districts: [ "demo" ]
      age_below_months: 36
      languages: [ "ru" ]
      forms: [ SERVICE_FORM_AT_ORGANISATION ]
    }
    members {
      name: "organisations/centre/members/specialist"
      kind: MEMBER_KIND_PERSON
      display_name: "Specialist"
      roles: [ ACTOR_ROLE_COORDINATOR, ACTOR_ROLE_PERFORMER ]
    }
    members {
      name: "organisations/centre/members/deputy"
      kind: MEMBER_KIND_PERSON
      display_name: "Deputy"
      roles: [ ACTOR_ROLE_COORDINATOR ]
    }
    duty_coordinator: "organisations/centre/members/specialist"
    duty_deputy: "organisations/centre/members/deputy"
    head: "organisations/centre/members/deputy"
  })pb";

class MockAgencyProgram : public ::testing::Test {
 protected:
  void SetUp() override {
    sandbox_ = std::make_unique<Program>(std::vector<std::string>{
        "sandbox", "--grpc-address", "127.0.0.1:0", "--start", kStart,
        "--overlays", "overlays/demo-region.early-help.textproto"});
    ASSERT_TRUE(sandbox_->WaitFor("serves gRPC")) << sandbox_->log();
    HubBench::ImportClinic(*sandbox_);
    api::v1::ImportDirectoryRequest import;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
        kCentre, import.mutable_directory()));
    Do<api::v1::ImportDirectoryResponse>(HubBench::Administrator(*sandbox_),
                                         "DirectoryService.ImportDirectory",
                                         import);
  }

  // Makes a request id, and expects the call to succeed.
  template <typename Response, typename Request>
  Response Do(const Client& client, const std::string& method,
              Request request) {
    if constexpr (requires { request.set_request_id(""); }) {
      request.set_request_id(UuidOf(++requests_));
    }
    absl::StatusOr<Response> reply = client.Call<Response>(
        absl::StrCat("careroute.api.v1.", method), request);
    EXPECT_TRUE(reply.ok()) << method << ": " << reply.status();
    return reply.ok() ? *std::move(reply) : Response();
  }

  [[nodiscard]] Client Coordinator() const {
    return HubBench::Coordinator(*sandbox_);
  }
  [[nodiscard]] Client System() const { return HubBench::Registrar(*sandbox_); }
  [[nodiscard]] std::string Address() const {
    return absl::StrCat("127.0.0.1:", sandbox_->port());
  }

  // A child of that number with its mother, up to a referral to the centre.
  std::string Refer(int n);
  void Complete(const std::string& name, command::v1::CompleteStep command,
                const std::string& step);
  [[nodiscard]] model::v1::Occurrence Live(const std::string& name,
                                           const std::string& step);

  [[nodiscard]] std::vector<std::string> Arguments(
      const std::string& script, const std::vector<std::string>& flags) const {
    const std::string path = scratch_.File("script.textproto");
    std::ofstream(path) << script;
    std::vector<std::string> arguments = {
        "mock-agency", "--plan",     path, "--hub",        Address(), "--as",
        kSpecialist,   "--language", "en", "--utc-offset", "+10:00"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return arguments;
  }

  store::ScratchDirectory scratch_;
  std::unique_ptr<Program> sandbox_;
  int requests_ = 0;
};

model::v1::Occurrence MockAgencyProgram::Live(const std::string& name,
                                              const std::string& step) {
  api::v1::GetCaseRequest get;
  get.set_name(name);
  const auto reply =
      Do<api::v1::GetCaseResponse>(Coordinator(), "CaseService.GetCase", get);
  for (const model::v1::Occurrence& one : reply.case_().occurrences()) {
    if (one.step() == step) return one;
  }
  return {};
}

void MockAgencyProgram::Complete(const std::string& name,
                                 command::v1::CompleteStep command,
                                 const std::string& step) {
  command.set_occurrence(Live(name, step).number());
  api::v1::CompleteStepRequest request;
  request.set_name(name);
  *request.mutable_command() = std::move(command);
  Do<api::v1::CompleteStepResponse>(Coordinator(), "CaseService.CompleteStep",
                                    request);
}

command::v1::RegisterPerson PersonBorn(const std::string& day,
                                       const std::string& given_name) {
  command::v1::RegisterPerson person;
  model::v1::Identity& identity = *person.mutable_identity();
  identity.set_family_name(kFamilyName);
  identity.set_given_name(given_name);
  identity.set_birth_date(day);
  identity.mutable_registered_at()->set_region("RU-DEMO");
  identity.mutable_registered_at()->set_district("demo");
  identity.mutable_registered_at()->set_settlement("demo");
  person.mutable_needs()->set_language("ru");
  return person;
}

model::v1::Consent ConsentBy(const std::string& person) {
  model::v1::Consent consent;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        matter: CONSENT_MATTER_DATA
        classes: [ DATA_CLASS_IDENTITY, DATA_CLASS_CONTACT, DATA_CLASS_NEEDS ]
        to_kinds: [ AGENCY_KIND_SOCIAL ]
        purpose: "early-help"
        word_given: WORD_GIVEN_IN_WRITING
        explained_in: "ru"
        document { kind: "consent-form" }
      )pb",
      &consent));
  consent.set_given_by(person);
  consent.set_from(kToday);
  consent.mutable_document()->set_issued_on(kToday);
  return consent;
}

api::v1::ReportNeedRequest ReportOfChild(const std::string& mother, int n) {
  api::v1::ReportNeedRequest report;
  report.set_pathway("early-help");
  report.set_entry("health_identification");
  *report.mutable_person() = PersonBorn(absl::StrCat("2024-01-1", n), "Яна");
  model::v1::Representative& parent =
      *report.mutable_person()->add_representatives();
  parent.set_person(mother);
  parent.set_basis(model::v1::REPRESENTATIVE_BASIS_PARENT);
  parent.mutable_document()->set_kind("birth-certificate");
  parent.mutable_document()->set_issued_on("2024-02-01");
  parent.set_from("2024-02-01");
  command::v1::ProvedCriterion& ground = *report.add_criteria();
  ground.set_criterion("f2025_development");
  ground.mutable_document()->set_kind("development-screening-sheet");
  return report;
}

std::string MockAgencyProgram::Refer(int n) {
  api::v1::RegisterPersonRequest mother;
  *mother.mutable_command() = PersonBorn(absl::StrCat("1996-05-1", n), "Анна");
  const std::string name =
      Do<api::v1::RegisterPersonResponse>(
          System(), "RegistryService.RegisterPerson", mother)
          .person()
          .name();
  Do<api::v1::ReportNeedResponse>(System(), "CaseService.ReportNeed",
                                  ReportOfChild(name, n));
  const auto cases = Do<api::v1::ListCasesResponse>(
      Coordinator(), "CaseService.ListCases", api::v1::ListCasesRequest());
  EXPECT_EQ(cases.cases_size(), 1) << "a test has one family";
  if (cases.cases().empty()) return "";
  const std::string of = cases.cases(0).name();
  command::v1::CompleteStep complete;
  complete.set_outcome("recorded");
  Complete(of, complete, "identify_and_record");
  complete.set_outcome("informed");
  complete.add_documents()->set_kind("provider-list");
  complete.mutable_documents(0)->set_issued_on(kToday);
  Complete(of, complete, "inform_parents");
  complete.Clear();
  complete.set_outcome("given");
  *complete.mutable_consent() = ConsentBy(name);
  Complete(of, complete, "consent");
  api::v1::MakeReferralRequest make;
  make.set_name(of);
  make.mutable_command()->set_occurrence(Live(of, "issue_referral").number());
  make.mutable_command()->set_performer("organisations/centre");
  make.mutable_command()->set_way("by_consent");
  make.mutable_command()->set_send(true);
  Do<api::v1::MakeReferralResponse>(Coordinator(),
                                    "ReferralService.MakeReferral", make);
  return of;
}

// The deeds among what the program printed, but for what only came.
std::vector<MockDeed> DeedsIn(const std::string& log) {
  std::vector<MockDeed> deeds;
  for (const absl::string_view line : absl::StrSplit(log, '\n')) {
    MockDeed deed;
    const bool parsed =
        !line.empty() && line[0] == '{' &&
        google::protobuf::util::JsonStringToMessage(std::string(line), &deed)
            .ok();
    if (parsed && deed.act() != "came") deeds.push_back(deed);
  }
  return deeds;
}

TEST_F(MockAgencyProgram, PlaysDaysOfAnExchangeInNoTime) {
  const std::string of = Refer(1);
  const Ran ran = RunProgram(
      Arguments("rules { id: \"all\" courses { acts {\n"
                "  after { seconds: 86400 } accept { can_meet_needs: true }\n"
                "  repeats: 1 anew: 1 } } }",
                {"--once", "--move-clock", "--json"}));
  ASSERT_EQ(ran.status, 0) << ran.log;
  const std::vector<MockDeed> deeds = DeedsIn(ran.log);
  ASSERT_EQ(deeds.size(), 3U) << ran.log;
  EXPECT_EQ(deeds[0].act(), "accept");
  EXPECT_EQ(deeds[0].refused(), "") << ran.log;
  EXPECT_EQ(deeds[1].refused(), "") << "the same request is answered alike";
  EXPECT_NE(deeds[2].refused(), "") << "another has no second effect";
  EXPECT_NE(Live(of, "intake").number(), 0) << "the answer is at the requester";
  const auto clock =
      Coordinator().Call<::careroute::testing::v1::GetClockResponse>(
          "careroute.testing.v1.ClockService.GetClock",
          ::careroute::testing::v1::GetClockRequest());
  ASSERT_TRUE(clock.ok()) << clock.status();
  absl::Time start;
  ASSERT_TRUE(absl::ParseTime(absl::RFC3339_full, kStart, &start, nullptr));
  EXPECT_GE(clock->time().seconds(), absl::ToUnixSeconds(start) + 86400);
}

TEST_F(MockAgencyProgram, WatchesItsQueueUntilItIsStopped) {
  Program agency(
      Arguments("rules { id: \"all\" courses { acts {\n"
                "  reject { reason: REFERRAL_REASON_NO_PLACES } } } }",
                {}));
  const std::string of = Refer(1);
  ASSERT_TRUE(agency.WaitFor("reject")) << agency.log();
  EXPECT_THAT(agency.log(), HasSubstr("came"));
  EXPECT_THAT(agency.log(), HasSubstr("done"));
  EXPECT_NE(Live(of, "no_provider").number(), 0)
      << "nobody is left whom to ask";
}

TEST_F(MockAgencyProgram, AScriptWithAMistakeIsNotPlayed) {
  const Ran ran = RunProgram(
      Arguments("rules { id: \"all\"\n courses { weight: 1 } }", {"--once"}));
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.log, HasSubstr("script.textproto:2:"));
  EXPECT_THAT(ran.log, HasSubstr("forget {}"));
}

}  // namespace
}  // namespace careroute::tests
