#include <memory>
#include <string>

#include "careroute/api/v1/case_service.pb.h"
#include "careroute/api/v1/pathway_service.pb.h"
#include "lib/base/status_macros.h"
#include "lib/pathway/reading.h"
#include "lib/picture/draw.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/json.h"
#include "services/command/names.h"
#include "services/command/picture_flags.h"
#include "services/command/render_route.h"

namespace careroute::services {
namespace {

struct RouteFlags {
  HubFlags hub;
  std::string name;
  bool for_family = false;
  bool json = false;
  PictureFlags picture;
};

// The route on the edition that the case has pinned.
absl::StatusOr<std::string> Draw(const RouteFlags& flags, const Client& client,
                                 const model::v1::Route& route) {
  api::v1::GetPathwayRequest request;
  *request.mutable_edition() = route.header().edition();
  CAREROUTE_ASSIGN_OR_RETURN(
      const auto reply,
      client.Call<api::v1::GetPathwayResponse>(
          "careroute.api.v1.PathwayService.GetPathway", request));
  const std::shared_ptr<const pathway::Edition> edition =
      pathway::EditionForReading(reply.pathway());
  if (edition == nullptr) {
    return absl::InternalError("the hub's edition cannot be read");
  }
  return flags.picture.Print(picture::DrawRoute(
      *edition, route, flags.picture.Options(flags.hub.language())));
}

absl::StatusOr<std::string> Print(const RouteFlags& flags,
                                  const Screen& screen) {
  absl::StatusOr<Client> client = flags.hub.Connect();
  if (!client.ok()) return client.status();
  api::v1::GetRouteRequest request;
  request.set_name(CaseName(flags.name));
  request.set_language(flags.hub.language());
  request.set_for_family(flags.for_family);
  const auto reply = client->Call<api::v1::GetRouteResponse>(
      "careroute.api.v1.CaseService.GetRoute", request);
  if (!reply.ok()) return reply.status();
  if (flags.json) return ToJson(reply->route());
  if (flags.picture.asked()) return Draw(flags, *client, reply->route());
  return flags.for_family ? RenderFamilySheet(reply->route(), screen)
                          : RenderRoute(reply->route(), screen);
}

}  // namespace

void AddRouteCommand(CLI::App& app, CommandRun& run) {
  CLI::App& sub = *app.add_subcommand(
      "route", "Show a case's route: done, now, next, who and until when");
  const auto flags = std::make_shared<RouteFlags>();
  sub.add_option("CASE", flags->name, "The case: cases/ID, or its id alone")
      ->required();
  sub.add_flag("--for-family", flags->for_family,
               "The sheet for the family: plain words, to print");
  flags->hub.AddTo(sub);
  flags->hub.AddLanguageTo(sub);
  AddJsonFlag(sub, flags->json);
  flags->picture.AddTo(
      sub, {sub.get_option("--json"), sub.get_option("--for-family")});
  run.OnParsed(sub, flags->hub.language(), [&run, flags]() -> int {
    return run.Print(Print(*flags, run.screen()));
  });
}

}  // namespace careroute::services
