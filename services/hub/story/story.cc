#include "services/hub/story/story.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "careroute/api/v1/directory_service.pb.h"
#include "google/protobuf/text_format.h"
#include "lib/base/random.h"
#include "lib/base/status_macros.h"
#include "services/client/client.h"
#include "services/command/command_line.h"
#include "services/command/screen.h"
#include "services/hub/catalogue.h"
#include "services/hub/hub_process.h"
#include "services/hub/sandbox_config.h"
#include "services/hub/serve.h"
#include "services/hub/story/families.h"
#include "services/hub/story/schedule.h"
#include "services/hub/story/teller.h"

namespace careroute::services {
namespace {

namespace fs = std::filesystem;

struct StoryFlags {
  bool once = false;
  std::string language = "en";
  std::string folder = ".careroute";
  std::string address = "127.0.0.1:7400";
  std::string routes;
};

// The register of organisations, a file for each region.
constexpr const char* kRegions[] = {"khabarovsk", "kuzbass", "zabaykalye"};

constexpr uint64_t kSeed = 2025;

// The story begins on a Monday in Khabarovsk.
absl::Time Beginning() {
  return absl::FromCivil(absl::CivilMinute(2025, 3, 3, 9, 0), StoryZone());
}

// An empty folder for the store: what an earlier story left there goes.
absl::Status ClearFolder(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  for (const char* name :
       {"story.db", "story.db-wal", "story.db-shm", "story.db.owner",
        "story.db.keys", "story.db.clock"}) {
    fs::remove(fs::path(folder) / name, error);
  }
  if (!fs::is_directory(folder)) {
    return absl::UnavailableError(
        absl::StrCat("the folder ", folder, " cannot be made"));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<HubProcess>> StartHub(const StoryFlags& flags) {
  CAREROUTE_RETURN_IF_ERROR(ClearFolder(flags.folder));
  config::v1::HubConfig config;
  config.set_hub_id("story");
  config.set_store(
      absl::StrCat("sqlite:", (fs::path(flags.folder) / "story.db").string()));
  config.set_grpc_address(flags.address);
  FillSandboxConfig(config);
  CAREROUTE_RETURN_IF_ERROR(MakeMissingKeyRing(config));
  return HubProcess::Start({.config = std::move(config),
                            .sandbox_start = Beginning(),
                            .quiet = true});
}

int ImportRegion(const Teller& teller, const std::string& region) {
  const std::string path = (fs::path(CatalogueFolder("")).parent_path() /
                            "story" / absl::StrCat(region, ".textproto"))
                               .string();
  std::ifstream stream(path);
  const std::string text(std::istreambuf_iterator<char>(stream), {});
  api::v1::ImportDirectoryRequest request;
  teller.Expect(!text.empty() && google::protobuf::TextFormat::ParseFromString(
                                     text, request.mutable_directory()),
                absl::StrCat("the organisations stand in ", path));
  const int count = request.directory().organisations_size();
  const auto reply = teller.Do<api::v1::ImportDirectoryResponse>(
      HubAdministrator(), "DirectoryService.ImportDirectory",
      std::move(request));
  teller.Expect(reply.created() == count, "every organisation is imported");
  return count;
}

void ImportOrganisations(const Teller& teller) {
  int count = 0;
  for (const char* region : kRegions) count += ImportRegion(teller, region);
  teller.Say("The register of organisations of three regions is filled: $0.",
             absl::StrCat(count));
}

void Tell(Teller& teller) {
  ImportOrganisations(teller);
  Schedule schedule;
  for (const auto tell :
       {TellSofia, TellTimur, TellKira, TellLev, TellVasya, TellZhenya,
        TellMatvey, TellArtyom, TellYegor, TellTwins, TellNastya, TellMiron,
        TellPlaton, TellVarya, TellAntonina, TellNikolay}) {
    schedule.BeginFamily();
    tell(teller, schedule);
  }
  schedule.Play(teller);
}

// The careroute command beside this program, as the shell here finds it.
std::string CommandPath() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  if (error) return "careroute";
  return fs::proximate(self.parent_path() / "careroute", error).string();
}

void SayHowToExplore(const HubProcess& hub) {
  const std::string command = CommandPath();
  std::cout << "\nThe hub goes on serving on 127.0.0.1:" << hub.port()
            << "; stop it with Ctrl-C. Look around from another terminal:\n"
               "  export CAREROUTE_HUB=127.0.0.1:"
            << hub.port()
            << "\n"
               "  export CAREROUTE_MEMBER="
            << Coordinator("polyclinic-3").Member() << "\n  " << command
            << " cases --closed\n  " << command
            << " route CASE            # a name from that list\n  " << command
            << " route CASE --for-family\n  " << command
            << " queue polyclinic-3 --outgoing"
            << "\n"
            << std::flush;
}

absl::Status Play(const StoryFlags& flags) {
  BlockStopSignals();
  CAREROUTE_ASSIGN_OR_RETURN(const std::unique_ptr<HubProcess> hub,
                             StartHub(flags));
  // Seeded: each run makes the same requests, so that cases have the same
  // names and routes can be compared.
  base::SeededRandom random(kSeed);
  Teller teller(
      {.client = Client(
           {.address = absl::StrCat("127.0.0.1:", hub->port()), .actor = {}}),
       .random = random,
       .screen = ScreenOfStdout(),
       .language = flags.language,
       .routes = flags.routes});
  teller.MoveTo(Beginning());
  Tell(teller);
  if (!flags.once) {
    SayHowToExplore(*hub);
    WaitForStopSignal();
  }
  hub->Stop();
  return absl::OkStatus();
}

}  // namespace

int RunStory(int argc, char** argv) {
  CLI::App app("A year of several families, played through the API of a hub",
               "careroute_story");
  StoryFlags flags;
  app.add_flag("--once", flags.once, "end after the story");
  app.add_option("--language", flags.language, "of the story: en, ru")
      ->envname("CAREROUTE_LANGUAGE")
      ->check(CLI::IsMember({"en", "ru"}))
      ->capture_default_str();
  app.add_option("--folder", flags.folder, "where the hub keeps its store")
      ->capture_default_str();
  app.add_option("--routes", flags.routes,
                 "folder to which each route is written too, with the "
                 "family's sheet")
      ->check(CLI::ExistingDirectory);
  app.add_option("--address", flags.address, "where the hub serves")
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  const absl::Status played = Play(flags);
  if (played.ok()) return kExitDone;
  std::cerr << "careroute_story: " << played.message() << "\n";
  return kExitFailed;
}

}  // namespace careroute::services
