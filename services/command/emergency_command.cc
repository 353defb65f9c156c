#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/case_emergency_messages.pb.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/json.h"
#include "services/command/names.h"
#include "services/command/request_id.h"
#include "services/command/sequence.h"
#include "services/command/wall.h"

namespace careroute::services {
namespace {

using api::v1::OpenInEmergencyRequest;
using api::v1::OpenInEmergencyResponse;

struct EmergencyFlags {
  HubFlags hub{HubFlags::Defaults{.role = "performer", .purpose = "care"}};
  std::string name;
  std::string reason;
  std::string request_id;
  bool json = false;
};

// The sight ends at an instant, a day after: the day alone would say too much
// or too little.
std::string Told(const OpenInEmergencyResponse& reply, const Wall& wall) {
  const std::string until = wall.Moment(reply.sight().until_time());
  return wall.language() == "ru"
             ? absl::StrCat("случай открыт вам до ", until,
                            "; координатору сообщено\n")
             : absl::StrCat("the case is open to you until ", until,
                            "; its coordinator is told\n");
}

int Open(const EmergencyFlags& flags, const CommandRun& run) {
  const absl::StatusOr<Client> client = flags.hub.Connect();
  if (!client.ok()) return run.Fail(client.status());
  OpenInEmergencyRequest request;
  request.set_name(CaseName(flags.name));
  request.set_request_id(RequestIdOr(flags.request_id));
  request.mutable_command()->set_reason(flags.reason);
  const absl::StatusOr<OpenInEmergencyResponse> reply =
      client->Call<OpenInEmergencyResponse>(
          "careroute.api.v1.CaseService.OpenInEmergency", request);
  if (!reply.ok()) {
    return FinishSequence(
        run, {.status = reply.status(), .request_id = request.request_id()});
  }
  if (flags.json) return run.Print(ToJson(*reply));
  const absl::StatusOr<Wall> wall = flags.hub.WallClock();
  if (!wall.ok()) return run.Fail(wall.status());
  run.out() << Told(*reply, *wall);
  return kExitDone;
}

}  // namespace

void AddEmergencyCommand(CLI::App& app, CommandRun& run) {
  CLI::App& sub = *app.add_subcommand(
      "open-in-emergency",
      "Read a case you take no part in, when it cannot wait: the whole case, "
      "for a day. The case keeps the reason, and its coordinator is told");
  const auto flags = std::make_shared<EmergencyFlags>();
  sub.add_option("CASE", flags->name, "Name of the case, or its id")
      ->required();
  sub.add_option("--reason", flags->reason, "Why it cannot wait")->required();
  AddRequestIdFlag(sub, flags->request_id);
  flags->hub.AddTo(sub);
  flags->hub.AddLanguageTo(sub);
  flags->hub.AddClockTo(sub);
  AddJsonFlag(sub, flags->json);
  run.OnParsed(sub, flags->hub.language(),
               [&run, flags]() -> int { return Open(*flags, run); });
}

}  // namespace careroute::services
