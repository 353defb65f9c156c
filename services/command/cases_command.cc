#include <memory>
#include <optional>
#include <string>

#include "careroute/api/v1/case_service.pb.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/json.h"
#include "services/command/pages.h"
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
  const absl::StatusOr<Client> client = flags.hub.Connect();
  if (!client.ok()) return client.status();
  api::v1::ListCasesRequest request;
  request.set_coordinator(flags.coordinator);
  request.set_pathway(flags.pathway);
  request.set_overdue_only(flags.overdue);
  request.set_include_closed(flags.closed);
  const auto reply = CallForAll<api::v1::ListCasesResponse>(
      *client, "careroute.api.v1.CaseService.ListCases", request);
  if (!reply.ok()) return reply.status();
  const absl::StatusOr<Wall> wall =
      flags.hub.WallClock(reply->has_utc_offset_minutes()
                              ? std::optional<int>(reply->utc_offset_minutes())
                              : std::nullopt);
  if (!wall.ok()) return wall.status();
  return flags.json ? ToJson(*reply) : RenderCases(*reply, *wall, screen);
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
  run.OnParsed(sub, [&run, flags]() -> int {
    const absl::StatusOr<std::string> page = Print(*flags, run.screen());
    if (!page.ok()) return run.Fail(page.status());
    run.out() << *page;
    return kExitDone;
  });
}

}  // namespace careroute::services
