#include <memory>
#include <string>

#include "careroute/api/v1/case_service.pb.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/listing.h"
#include "services/command/render_cases.h"

namespace careroute::services {
namespace {

struct CasesFlags {
  HubFlags hub;
  std::string coordinator;
  std::string pathway;
  bool overdue = false;
  bool closed = false;
  bool json = false;
};

absl::StatusOr<std::string> Print(const CasesFlags& flags,
                                  const Screen& screen) {
  api::v1::ListCasesRequest request;
  request.set_coordinator(flags.coordinator);
  request.set_pathway(flags.pathway);
  request.set_overdue_only(flags.overdue);
  request.set_include_closed(flags.closed);
  return PrintListing<api::v1::ListCasesResponse>(
      {.hub = flags.hub,
       .method = "careroute.api.v1.CaseService.ListCases",
       .json = flags.json},
      request, [&](const auto& all, const Wall& wall) {
        return RenderCases(all, wall, screen);
      });
}

}  // namespace

void AddCasesCommand(CLI::App& app, CommandRun& run) {
  CLI::App& sub = *app.add_subcommand(
      "cases", "List the cases your organisation takes part in");
  const auto flags = std::make_shared<CasesFlags>();
  sub.add_option("--coordinator", flags->coordinator,
                 "Only those this member coordinates or deputises");
  sub.add_option("--pathway", flags->pathway, "Only those on this pathway");
  sub.add_flag("--overdue", flags->overdue, "Only those that are overdue");
  sub.add_flag("--closed", flags->closed, "Closed ones too");
  flags->hub.AddTo(sub);
  flags->hub.AddLanguageTo(sub);
  flags->hub.AddClockTo(sub);
  AddJsonFlag(sub, flags->json);
  run.OnParsed(sub, flags->hub.language(), [&run, flags]() -> int {
    return run.Print(Print(*flags, run.screen()));
  });
}

}  // namespace careroute::services
