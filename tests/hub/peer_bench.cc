#include "tests/hub/peer_bench.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/directory_service.pb.h"
#include "gtest/gtest.h"
#include "tests/hub/hub_bench.h"

namespace careroute::tests {
namespace {

namespace fs = std::filesystem;

constexpr char kCertificates[] = "certificates";
constexpr char kCatalogue[] = "catalogue";
constexpr char kOverlay[] = "overlays/demo-region.home-help.textproto";

// Below the root of the sources, where tests run.
constexpr char kPathways[] = "tests/hub/catalogue";
constexpr char kCalendars[] = "lib/calendar/catalogue";

// Whoever imports the directory: one request a hub.
constexpr int kImportRequest = 1000000;

void RunWell(const std::vector<std::string>& arguments) {
  const Ran ran = RunProgram(arguments);
  EXPECT_EQ(ran.status, 0) << ran.log;
}

void AddMember(const std::string& id, model::v1::MemberKind kind,
               const std::vector<model::v1::ActorRole>& roles,
               model::v1::Organisation& organisation) {
  model::v1::Member& member = *organisation.add_members();
  member.set_name(absl::StrCat(organisation.name(), "/members/", id));
  member.set_kind(kind);
  for (const model::v1::ActorRole role : roles) member.add_roles(role);
  if (kind == model::v1::MEMBER_KIND_PERSON) member.set_display_name(id);
}

// Coordinator, deputy and system; nobody of it is anybody.
void AddOrganisation(const std::string& name, model::v1::AgencyKind kind,
                     const std::string& hub, model::v1::Directory& directory) {
  model::v1::Organisation& organisation = *directory.add_organisations();
  organisation.set_name(name);
  organisation.set_title(absl::StrCat("Of the tests: ", name));
  organisation.set_kind(kind);
  organisation.set_region("RU-DEMO");
  organisation.set_district("demo");
  organisation.set_settlement("demo");
  organisation.set_calendar("ru");
  organisation.set_zone("RU-KHA");
  organisation.set_hub(hub);
  AddMember(
      "coordinator", model::v1::MEMBER_KIND_PERSON,
      {model::v1::ACTOR_ROLE_COORDINATOR, model::v1::ACTOR_ROLE_PERFORMER},
      organisation);
  AddMember("deputy", model::v1::MEMBER_KIND_PERSON,
            {model::v1::ACTOR_ROLE_COORDINATOR}, organisation);
  AddMember("system", model::v1::MEMBER_KIND_SYSTEM,
            {model::v1::ACTOR_ROLE_REGISTRAR}, organisation);
  organisation.set_duty_coordinator(absl::StrCat(name, "/members/coordinator"));
  organisation.set_duty_deputy(absl::StrCat(name, "/members/deputy"));
  organisation.set_head(absl::StrCat(name, "/members/deputy"));
}

}  // namespace

std::string OtherHub(const std::string& hub) {
  return hub == kEast ? kWest : kEast;
}

PeerBench::PeerBench(const Options& options) {
  LayOutCatalogue();
  for (const char* hub : {kEast, kWest}) Init(hub, options.development);
  RunWell(
      {"certificates", File(kCertificates), "--hub", kEast, "--hub", kWest});
  Introduce(kEast, options.west_address);
  Introduce(kWest, options.east_address);
}

// As a catalogue is installed: links to where the files are.
void PeerBench::LayOutCatalogue() const {
  const fs::path folder = File(kCatalogue);
  fs::create_directory(folder);
  for (const char* part : {"home-help", "overlays"}) {
    fs::create_directory_symlink(fs::absolute(fs::path(kPathways) / part),
                                 folder / part);
  }
  fs::create_directory_symlink(fs::absolute(kCalendars), folder / "calendars");
}

void PeerBench::Init(const std::string& hub, bool development) const {
  std::vector<std::string> arguments = {
      "init",        "--hub-id",   hub,     "--grpc-address",
      "127.0.0.1:0", "--overlays", kOverlay};
  if (development) arguments.push_back("--development");
  // Last: a repeatable flag must not swallow it.
  arguments.push_back(File(hub));
  RunWell(arguments);
}

std::string PeerBench::ConfigOf(const std::string& hub) const {
  return File(absl::StrCat(hub, "/hub.textproto"));
}

std::string PeerBench::Read(const std::string& name) const {
  std::ostringstream text;
  text << std::ifstream(File(name)).rdbuf();
  return text.str();
}

std::string PeerBench::SigningKeyOf(const std::string& hub) const {
  const Ran shown = RunProgram({"keys", "show", "--config", ConfigOf(hub)});
  const size_t begin = shown.log.find("ed25519:");
  EXPECT_NE(begin, std::string::npos) << shown.log;
  if (begin == std::string::npos) return "";
  const size_t end = shown.log.find_first_of(" \n\"", begin);
  return shown.log.substr(begin, end - begin);
}

void PeerBench::Introduce(const std::string& hub,
                          const std::string& other_address) const {
  const std::string other = OtherHub(hub);
  const std::string certificates = File(kCertificates);
  std::ofstream(ConfigOf(hub), std::ios::app)
      << "tls { certificate: \"" << certificates << "/" << hub
      << ".pem\" key: \"" << certificates << "/" << hub
      << ".key\" authorities: \"" << certificates << "/authority.pem\" }\n"
      << "peers { hub_id: \"" << other << "\" address: \"" << other_address
      << "\" signing_keys: \"" << SigningKeyOf(other) << "\" }\n"
      << "catalogue: \"" << File(kCatalogue) << "\"\n";
}

std::unique_ptr<Program> PeerBench::Start(const std::string& hub) const {
  auto program = std::make_unique<Program>(
      std::vector<std::string>{"hub", "--config", ConfigOf(hub)});
  EXPECT_TRUE(program->WaitFor("serves gRPC")) << program->log();
  return program;
}

services::Client PeerBench::Caller(const std::string& hub, int port,
                                   const Identity& identity) const {
  return services::Client(
      {.address = absl::StrCat("127.0.0.1:", port),
       .tls = services::ClientTls{.authorities =
                                      Read("certificates/authority.pem"),
                                  .hub_id = hub,
                                  .certificate = identity.certificate,
                                  .key = identity.key},
       .actor = identity.actor});
}

services::Client PeerBench::Administrator(const std::string& hub,
                                          int port) const {
  Identity identity{
      .certificate = Read(absl::StrCat(kCertificates, "/", hub, ".pem")),
      .key = Read(absl::StrCat(kCertificates, "/", hub, ".key"))};
  identity.actor.set_organisation("organisations/hub");
  identity.actor.set_member("organisations/hub/members/administrator");
  identity.actor.set_role(model::v1::ACTOR_ROLE_ADMINISTRATOR);
  identity.actor.set_purpose("coordination");
  return Caller(hub, port, identity);
}

void PeerBench::ImportDirectory(const std::string& hub, int port) const {
  api::v1::ImportDirectoryRequest request;
  request.set_request_id(UuidOf(kImportRequest));
  model::v1::Directory& directory = *request.mutable_directory();
  AddOrganisation(kClinicName, model::v1::AGENCY_KIND_HEALTH,
                  hub == kEast ? "" : kEast, directory);
  AddOrganisation(kOfficeName, model::v1::AGENCY_KIND_SOCIAL,
                  hub == kWest ? "" : kWest, directory);
  directory.mutable_organisations(1)->add_services()->set_service("home-help");
  const auto reply =
      Administrator(hub, port).Call<api::v1::ImportDirectoryResponse>(
          "careroute.api.v1.DirectoryService.ImportDirectory", request);
  ASSERT_TRUE(reply.ok()) << reply.status();
  ASSERT_EQ(reply->problems_size(), 0) << reply->ShortDebugString();
}

Ran PeerBench::Fsck(const std::string& hub) const {
  return RunProgram({"fsck", "--config", ConfigOf(hub)});
}

Ran PeerBench::Verify(const std::string& hub) const {
  const std::string witness = File(absl::StrCat(hub, ".witness"));
  Ran shown =
      RunProgram({"verify", File(absl::StrCat(OtherHub(hub), "/hub.db")),
                  "--export-witness", witness, "--of", hub});
  if (shown.status != 0) return shown;
  return RunProgram({"verify", File(absl::StrCat(hub, "/hub.db")), "--key-ring",
                     File(absl::StrCat(hub, "/hub.keys")), "--witness",
                     witness});
}

}  // namespace careroute::tests
