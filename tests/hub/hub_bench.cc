#include "tests/hub/hub_bench.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "careroute/api/v1/directory_service.pb.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace careroute::tests {
namespace {

constexpr char kConfig[] = "hub.textproto";

constexpr char kClinic[] = R"pb(
  organisations {
    name: "organisations/clinic"
    title: "Clinic of the tests"
    kind: AGENCY_KIND_HEALTH
    region: "RU-DEMO"
    district: "demo"
    settlement: "demo"
    calendar: "ru"
    zone: "RU-KHA"
    members {
      name: "organisations/clinic/members/coordinator"
      kind: MEMBER_KIND_PERSON
      roles: [ ACTOR_ROLE_COORDINATOR, ACTOR_ROLE_PERFORMER ]
      display_name: "Coordinator"
    }
    members {
      name: "organisations/clinic/members/deputy"
      kind: MEMBER_KIND_PERSON
      roles: [ ACTOR_ROLE_COORDINATOR ]
      display_name: "Deputy"
    }
    members {
      name: "organisations/clinic/members/system"
      kind: MEMBER_KIND_SYSTEM
      roles: [ ACTOR_ROLE_REGISTRAR, ACTOR_ROLE_PERFORMER ]
    }
    duty_coordinator: "organisations/clinic/members/coordinator"
    duty_deputy: "organisations/clinic/members/deputy"
    head: "organisations/clinic/members/deputy"
  }
  organisations {
    name: "organisations/school"
    title: "School of the tests"
    kind: AGENCY_KIND_EDUCATION
    region: "RU-DEMO"
    district: "demo"
    settlement: "demo"
    calendar: "ru"
    zone: "RU-KHA"
    members {
      name: "organisations/school/members/coordinator"
      kind: MEMBER_KIND_PERSON
      roles: [ ACTOR_ROLE_COORDINATOR ]
      display_name: "Coordinator"
    }
    members {
      name: "organisations/school/members/deputy"
      kind: MEMBER_KIND_PERSON
      roles: [ ACTOR_ROLE_COORDINATOR ]
      display_name: "Deputy"
    }
    duty_coordinator: "organisations/school/members/coordinator"
    duty_deputy: "organisations/school/members/deputy"
    head: "organisations/school/members/deputy"
  })pb";

// For what never comes: no watch of a test takes long.
constexpr absl::Duration kWatchMax = absl::Minutes(5);

services::Client ClientOf(const Program& hub, const std::string& organisation,
                          const std::string& member,
                          model::v1::ActorRole role) {
  model::v1::Actor actor;
  actor.set_organisation(absl::StrCat("organisations/", organisation));
  actor.set_member(absl::StrCat(actor.organisation(), "/members/", member));
  actor.set_role(role);
  actor.set_purpose("care");
  return services::Client({.address = absl::StrCat("127.0.0.1:", hub.port()),
                           .actor = actor,
                           .watch_timeout = kWatchMax});
}

command::v1::RegisterPerson PersonOf(int n) {
  command::v1::RegisterPerson person;
  model::v1::Identity& identity = *person.mutable_identity();
  identity.set_family_name(kFamilyName);
  identity.set_given_name("Анна");
  // Nobody is the same as anybody: days of their own, numbers of their own.
  identity.set_birth_date(
      absl::StrFormat("2025-%02d-%02d", 1 + n / 28 % 12, 1 + n % 28));
  // So low a number has no check digits.
  identity.set_snils(absl::StrFormat("00%07d00", n + 1));
  identity.mutable_registered_at()->set_region("RU-DEMO");
  identity.mutable_registered_at()->set_line(absl::StrCat(kStreet, ", ", n));
  person.mutable_needs()->set_language("ru");
  return person;
}

}  // namespace

HubBench::HubBench(Catalogue catalogue, std::string store)
    : store_(std::move(store)) {
  std::vector<std::string> arguments = {"init", "--development",
                                        "--grpc-address", "127.0.0.1:0"};
  if (catalogue == Catalogue::kDemoRegion) {
    arguments.insert(
        arguments.end(),
        {"--overlays", "overlays/demo-region.early-help.textproto"});
  }
  // Last: a repeatable flag must not swallow it.
  arguments.push_back(scratch_.File(""));
  const Ran made = RunProgram(arguments);
  EXPECT_EQ(made.status, 0) << made.log;
}

std::vector<std::string> HubBench::On(const std::string& command) const {
  std::vector<std::string> arguments = {command, "--config",
                                        scratch_.File(kConfig)};
  if (!store_.empty()) {
    arguments.insert(arguments.end(), {"--store", store_});
  }
  return arguments;
}

std::vector<std::string> HubBench::HubArguments() const { return On("hub"); }

std::unique_ptr<Program> HubBench::Start() const {
  auto hub = std::make_unique<Program>(HubArguments());
  EXPECT_TRUE(hub->WaitFor("serves gRPC")) << hub->log();
  return hub;
}

Ran HubBench::Fsck() const { return RunProgram(On("fsck")); }

Ran HubBench::Migrate(const std::vector<std::string>& flags) const {
  std::vector<std::string> arguments = On("migrate");
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  return RunProgram(arguments);
}

services::Client HubBench::Administrator(const Program& hub) {
  return ClientOf(hub, "hub", "administrator",
                  model::v1::ACTOR_ROLE_ADMINISTRATOR);
}

services::Client HubBench::Registrar(const Program& hub) {
  return ClientOf(hub, "clinic", "system", model::v1::ACTOR_ROLE_REGISTRAR);
}

services::Client HubBench::Coordinator(const Program& hub) {
  return ClientOf(hub, "clinic", "coordinator",
                  model::v1::ACTOR_ROLE_COORDINATOR);
}

services::Client HubBench::Stranger(const Program& hub) {
  return ClientOf(hub, "school", "coordinator",
                  model::v1::ACTOR_ROLE_COORDINATOR);
}

void HubBench::ImportClinic(const Program& hub) {
  api::v1::ImportDirectoryRequest request;
  request.set_request_id(UuidOf(1000000));
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      kClinic, request.mutable_directory()));
  const auto reply = Administrator(hub).Call<api::v1::ImportDirectoryResponse>(
      "careroute.api.v1.DirectoryService.ImportDirectory", request);
  ASSERT_TRUE(reply.ok()) << reply.status();
  ASSERT_EQ(reply->problems_size(), 0) << reply->ShortDebugString();
}

api::v1::RegisterPersonRequest RegistrationOf(int n) {
  api::v1::RegisterPersonRequest request;
  request.set_request_id(UuidOf(n));
  *request.mutable_command() = PersonOf(n);
  return request;
}

api::v1::ReportNeedRequest ReportOf(int n) {
  api::v1::ReportNeedRequest request;
  request.set_request_id(UuidOf(n));
  request.set_pathway("early-help");
  request.set_entry("health_identification");
  *request.mutable_person() = PersonOf(n);
  command::v1::ProvedCriterion& ground = *request.add_criteria();
  ground.set_criterion("f2025_development");
  ground.mutable_document()->set_kind("development-screening-sheet");
  return request;
}

std::string UuidOf(int n) {
  return absl::StrFormat("00000000-0000-4000-8000-%012d", n);
}

std::string InLetters(int n) {
  constexpr const char* kLetters[] = {"а", "б", "в", "г", "д",
                                      "е", "ж", "з", "и", "к"};
  std::string letters;
  for (const char digit : absl::StrCat(n)) {
    absl::StrAppend(&letters, kLetters[digit - '0']);
  }
  return letters;
}

}  // namespace careroute::tests
