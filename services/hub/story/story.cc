#include "services/hub/story/story.h"

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <system_error>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "lib/base/random.h"
#include "lib/base/status_macros.h"
#include "services/command/command_line.h"
#include "services/command/screen.h"
#include "services/hub/serve.h"
#include "services/hub/story/families.h"
#include "services/hub/story/hubs.h"
#include "services/hub/story/registers.h"
#include "services/hub/story/schedule.h"
#include "services/hub/story/tally.h"
#include "services/hub/story/teller.h"

namespace careroute::services {
namespace {

namespace fs = std::filesystem;

struct StoryFlags {
  bool once = false;
  std::string language = "en";
  std::string folder = ".careroute";
  std::string address = "127.0.0.1:7400";  // Khabarovsk's hub
  std::string routes;
};

constexpr uint64_t kSeed = 2025;

// The story begins on a Monday in Khabarovsk.
absl::Time Beginning() {
  return absl::FromCivil(absl::CivilMinute(2025, 3, 3, 9, 0), StoryZone());
}

void Tell(Teller& teller, Hubs& hubs) {
  teller.Say(
      "Three hubs: Khabarovsk, Primorye and the interregional centre. All of "
      "them know all organisations, $0, and which hub hosts each.",
      absl::StrCat(ImportRegisters(teller, hubs)));
  Schedule schedule;
  for (const auto tell :
       {TellSofia, TellTimur, TellKira, TellLev, TellVasya, TellZhenya,
        TellMatvey, TellArtyom, TellYegor, TellTwins, TellNastya, TellMiron,
        TellPlaton, TellVarya, TellAntonina, TellNikolay}) {
    schedule.BeginFamily();
    tell(teller, schedule);
  }
  schedule.BeginFamily();
  TellZlata(teller, hubs, schedule);
  schedule.Play(teller);
  teller.TurnTo(0, StoryZone());
  ShowTally(teller, hubs);
}

// The careroute command beside this program, as the shell here finds it.
std::string CommandPath() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  if (error) return "careroute";
  return fs::proximate(self.parent_path() / "careroute", error).string();
}

void SayHowToExplore(const Hubs& hubs) {
  const std::string command = CommandPath();
  const config::v1::HubConfig& hub = hubs.ConfigOf(kKhabarovskHub);
  std::cout << "\nThe hubs go on serving; stop them with Ctrl-C. Look around "
               "from another terminal:\n"
               "  export CAREROUTE_HUB="
            << hub.grpc_address()
            << "\n"
               "  export CAREROUTE_HUB_ID="
            << hub.hub_id()
            << "\n"
               "  export CAREROUTE_AUTHORITIES=\""
            << hub.tls().authorities()
            << "\"\n"
               "  export CAREROUTE_MEMBER="
            << Coordinator("polyclinic-3").Member() << "\n  " << command
            << " cases --closed\n  " << command
            << " route CASE            # a name from that list\n  " << command
            << " route CASE --for-family\n  " << command
            << " queue polyclinic-3 --outgoing\n"
               "The other hubs, by id and address:\n";
  for (const char* id : {kPrimoryeHub, kCentreHub}) {
    std::cout << "  " << id << "  " << hubs.ConfigOf(id).grpc_address() << "\n";
  }
  std::cout << std::flush;
}

absl::Status Play(const StoryFlags& flags) {
  BlockStopSignals();
  CAREROUTE_ASSIGN_OR_RETURN(const std::unique_ptr<Hubs> hubs,
                             Hubs::Start({.folder = flags.folder,
                                          .address = flags.address,
                                          .beginning = Beginning()}));
  // Seeded: each run makes the same requests, so that cases have the same
  // names and routes can be compared.
  base::SeededRandom random(kSeed);
  Teller teller({.hubs = *hubs,
                 .random = random,
                 .screen = ScreenOfStdout(),
                 .language = flags.language,
                 .routes = flags.routes});
  teller.MoveTo(Beginning());
  Tell(teller, *hubs);
  if (!flags.once) {
    SayHowToExplore(*hubs);
    WaitForStopSignal();
  }
  hubs->Stop();
  return absl::OkStatus();
}

}  // namespace

int RunStory(int argc, char** argv) {
  CLI::App app(
      "A year of several families, played through the API of three hubs",
      "careroute_story");
  StoryFlags flags;
  app.add_flag("--once", flags.once, "end after the story");
  app.add_option("--language", flags.language, "of the story: en, ru")
      ->envname("CAREROUTE_LANGUAGE")
      ->check(CLI::IsMember({"en", "ru"}))
      ->capture_default_str();
  app.add_option("--folder", flags.folder, "where the hubs keep their stores")
      ->capture_default_str();
  app.add_option("--routes", flags.routes,
                 "folder to which each route is written too, with the "
                 "family's sheet")
      ->check(CLI::ExistingDirectory);
  app.add_option("--address", flags.address, "where Khabarovsk's hub serves")
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  const absl::Status played = Play(flags);
  if (played.ok()) return kExitDone;
  std::cerr << "careroute_story: " << played.message() << "\n";
  return kExitFailed;
}

}  // namespace careroute::services
