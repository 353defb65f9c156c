#include <memory>
#include <string>

#include "careroute/api/v1/case_hand_over_messages.pb.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/json.h"
#include "services/command/labels.h"
#include "services/command/names.h"
#include "services/command/request_id.h"
#include "services/command/sequence.h"

namespace careroute::services {
namespace {

using api::v1::HandOverCaseRequest;
using api::v1::HandOverCaseResponse;

struct HandOverCaseFlags {
  HubFlags hub;
  std::string name;
  std::string peer;
  std::string to;
  std::string note;
  std::string request_id;
  bool json = false;
};

int HandOverCase(const HandOverCaseFlags& flags, const CommandRun& run) {
  const absl::StatusOr<Client> client = flags.hub.Connect();
  if (!client.ok()) return run.Fail(client.status());
  HandOverCaseRequest request;
  request.set_name(CaseName(flags.name));
  request.set_request_id(RequestIdOr(flags.request_id));
  request.mutable_command()->set_hub(flags.peer);
  request.mutable_command()->set_coordinator(flags.to);
  request.mutable_command()->set_note(flags.note);
  const absl::StatusOr<HandOverCaseResponse> reply =
      client->Call<HandOverCaseResponse>(
          "careroute.api.v1.CaseService.HandOverCase", request);
  if (!reply.ok()) {
    return FinishSequence(
        run, {.status = reply.status(), .request_id = request.request_id()});
  }
  if (flags.json) return run.Print(ToJson(*reply));
  run.out() << LabelText(Label::kCaseOffered, flags.hub.language(),
                         reply->case_().offered_to_hub())
            << "\n";
  return kExitDone;
}

}  // namespace

void AddHandOverCaseCommand(CLI::App& app, CommandRun& run) {
  CLI::App& sub = *app.add_subcommand(
      "hand-over-case",
      "Offer a case to another hub, with its whole history; here it is only "
      "read until that hub has taken or refused it");
  const auto flags = std::make_shared<HandOverCaseFlags>();
  sub.add_option("CASE", flags->name, "Name of the case, or its id")
      ->required();
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
  run.OnParsed(sub, flags->hub.language(),
               [&run, flags]() -> int { return HandOverCase(*flags, run); });
}

}  // namespace careroute::services
