#include <memory>
#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "careroute/api/v1/directory_service.pb.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/json.h"
#include "services/command/pages.h"
#include "services/command/render_workload.h"

namespace careroute::services {
namespace {

struct WorkloadFlags {
  HubFlags hub;
  std::string organisation;
  bool json = false;
};

// "clinic" as well as "organisations/clinic"; empty = the caller's.
std::string NameOf(const std::string& organisation) {
  return organisation.empty() ||
                 absl::StartsWith(organisation, "organisations/")
             ? organisation
             : absl::StrCat("organisations/", organisation);
}

absl::StatusOr<std::string> Print(const WorkloadFlags& flags,
                                  const Screen& screen) {
  const absl::StatusOr<Client> client = flags.hub.Connect();
  if (!client.ok()) return client.status();
  api::v1::ListWorkloadRequest request;
  request.set_name(NameOf(flags.organisation));
  const auto reply = CallForAll<api::v1::ListWorkloadResponse>(
      *client, "careroute.api.v1.DirectoryService.ListWorkload", request);
  if (!reply.ok()) return reply.status();
  const absl::StatusOr<Wall> wall =
      flags.hub.WallClock(reply->has_utc_offset_minutes()
                              ? std::optional<int>(reply->utc_offset_minutes())
                              : std::nullopt);
  if (!wall.ok()) return wall.status();
  return flags.json ? ToJson(*reply) : RenderWorkload(*reply, *wall, screen);
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
  run.OnParsed(sub, [&run, flags]() -> int {
    const absl::StatusOr<std::string> page = Print(*flags, run.screen());
    if (!page.ok()) return run.Fail(page.status());
    run.out() << *page;
    return kExitDone;
  });
}

}  // namespace careroute::services
