#include <memory>
#include <string>

#include "careroute/api/v1/directory_service.pb.h"
#include "lib/casework/case.h"
#include "services/command/commands.h"
#include "services/command/day_check.h"
#include "services/command/hub_flags.h"
#include "services/command/names.h"
#include "services/command/render_posts.h"
#include "services/command/sequence.h"

namespace careroute::services {
namespace {

using api::v1::DismissMemberRequest;
using api::v1::DismissMemberResponse;

struct DismissFlags {
  HubFlags hub;
  std::string member;
  std::string last_day;
  SequenceFlags sequence;
};

DismissMemberRequest RequestOf(const DismissFlags& flags,
                               const model::v1::Actor& caller) {
  const std::string member = MemberName(caller, flags.member);
  DismissMemberRequest request;
  request.set_name(std::string(casework::OrganisationOf(member)));
  request.mutable_command()->set_member(member);
  request.mutable_command()->set_last_day(flags.last_day);
  flags.sequence.Fill(request);
  return request;
}

int Dismiss(const DismissFlags& flags, const CommandRun& run) {
  const absl::StatusOr<Client> client = flags.hub.Connect();
  if (!client.ok()) return run.Fail(client.status());
  return RunSequence<DismissMemberResponse>(
      flags.sequence,
      {.client = *client,
       .run = run,
       .method = "careroute.api.v1.DirectoryService.DismissMember",
       .word = "passed on"},
      RequestOf(flags, client->actor()), [&](const DismissMemberResponse& all) {
        // Of days alone: any clock will do.
        return RenderDismissal(all, {.wall = Wall(flags.hub.language(), 0),
                                     .screen = run.screen(),
                                     .applied = flags.sequence.apply});
      });
}

}  // namespace

void AddDismissCommand(CLI::App& app, CommandRun& run) {
  CLI::App& sub = *app.add_subcommand(
      "dismiss",
      "End the service of a member; its posts in open cases pass on at once, "
      "or after a last day still to come, and no case is left empty. Without "
      "--apply only say to whom. By the head of the organisation or its "
      "administrator");
  const auto flags = std::make_shared<DismissFlags>();
  sub.add_option("MEMBER", flags->member,
                 "Name of the member, or the id of a colleague")
      ->required();
  sub.add_option("--last-day", flags->last_day,
                 "The last day in service, YYYY-MM-DD")
      ->required()
      ->check(NotADay);
  flags->sequence.AddTo(sub, "End the service");
  flags->hub.AddTo(sub);
  flags->hub.AddLanguageTo(sub);
  run.OnParsed(sub, flags->hub.language(),
               [&run, flags]() -> int { return Dismiss(*flags, run); });
}

}  // namespace careroute::services
