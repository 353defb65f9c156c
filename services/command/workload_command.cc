#include <memory>
#include <string>

#include "careroute/api/v1/directory_service.pb.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/listing.h"
#include "services/command/names.h"
#include "services/command/render_workload.h"

namespace careroute::services {
namespace {

struct WorkloadFlags {
  HubFlags hub;
  std::string organisation;
  bool json = false;
};

absl::StatusOr<std::string> Print(const WorkloadFlags& flags,
                                  const Screen& screen) {
  api::v1::ListWorkloadRequest request;
  request.set_name(OrganisationName(flags.organisation));
  return PrintListing<api::v1::ListWorkloadResponse>(
      {.hub = flags.hub,
       .method = "careroute.api.v1.DirectoryService.ListWorkload",
       .json = flags.json},
      request, [&](const auto& all, const Wall& wall) {
        return RenderWorkload(all, wall, screen);
      });
}

}  // namespace

void AddWorkloadCommand(CLI::App& app, CommandRun& run) {
  CLI::App& sub = *app.add_subcommand(
      "workload", "List what the coordinators of an organisation have in hand");
  const auto flags = std::make_shared<WorkloadFlags>();
  sub.add_option("ORGANISATION", flags->organisation,
                 "Name or id of the organisation; your own unless given");
  flags->hub.AddTo(sub);
  flags->hub.AddLanguageTo(sub);
  flags->hub.AddClockTo(sub);
  AddJsonFlag(sub, flags->json);
  run.OnParsed(sub, flags->hub.language(), [&run, flags]() -> int {
    return run.Print(Print(*flags, run.screen()));
  });
}

}  // namespace careroute::services
