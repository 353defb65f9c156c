#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "careroute/api/v1/case_hand_over_messages.pb.h"
#include "lib/base/status_macros.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/json.h"
#include "services/command/labels.h"
#include "services/command/request_id.h"

namespace careroute::services {
namespace {

struct HandOverCaseFlags {
  HubFlags hub;
  std::string name;
  std::string peer;
  std::string to;
  std::string note;
  std::string request_id;
  bool json = false;
};

std::string CaseNameOf(const std::string& typed) {
  return absl::StartsWith(typed, "cases/") ? typed
                                           : absl::StrCat("cases/", typed);
}

absl::StatusOr<std::string> HandOverCase(const HandOverCaseFlags& flags) {
  CAREROUTE_ASSIGN_OR_RETURN(const Client client, flags.hub.Connect());
  api::v1::HandOverCaseRequest request;
  request.set_name(CaseNameOf(flags.name));
  request.set_request_id(RequestIdOr(flags.request_id));
  command::v1::FreezeCase& command = *request.mutable_command();
  command.set_hub(flags.peer);
  command.set_coordinator(flags.to);
  command.set_note(flags.note);
  CAREROUTE_ASSIGN_OR_RETURN(
      const auto reply,
      client.Call<api::v1::HandOverCaseResponse>(
          "careroute.api.v1.CaseService.HandOverCase", request));
  if (flags.json) return ToJson(reply);
  return absl::StrCat(LabelText(Label::kCaseOffered, flags.hub.language(),
                                reply.case_().offered_to_hub()),
                      "\n");
}

}  // namespace

void AddHandOverCaseCommand(CLI::App& app, CommandRun& run) {
  CLI::App& sub = *app.add_subcommand(
      "hand-over-case",
      "Offer a case to another hub, with its whole history; here it is only "
      "read until that hub has taken or refused it");
  const auto flags = std::make_shared<HandOverCaseFlags>();
  sub.add_option("CASE", flags->name, "Name or id of the case")->required();
  sub.add_option("HUB", flags->peer, "Id of the other hub")->required();
  sub.add_option("--to", flags->to,
                 "Who coordinates it there: "
                 "organisations/ORGANISATION/members/MEMBER")
      ->required();
  sub.add_option("--note", flags->note, "Why; kept with the case")->required();
  AddRequestIdFlag(sub, flags->request_id);
  flags->hub.AddTo(sub);
  flags->hub.AddLanguageTo(sub);
  AddJsonFlag(sub, flags->json);
  run.OnParsed(sub, flags->hub.language(), [&run, flags]() -> int {
    return run.Print(HandOverCase(*flags));
  });
}

}  // namespace careroute::services
