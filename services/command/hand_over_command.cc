#include <memory>
#include <string>
#include <vector>

#include "careroute/api/v1/case_post_messages.pb.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/names.h"
#include "services/command/render_posts.h"
#include "services/command/sequence.h"

namespace careroute::services {
namespace {

using api::v1::HandOverCasesRequest;
using api::v1::HandOverCasesResponse;

constexpr char kCoordinator[] = "coordinator";
constexpr char kDeputy[] = "deputy";

struct HandOverFlags {
  HubFlags hub;
  std::string from;
  std::vector<std::string> to;
  std::string post = kCoordinator;
  std::string note;
  SequenceFlags sequence;
};

HandOverCasesRequest RequestOf(const HandOverFlags& flags,
                               const model::v1::Actor& caller) {
  HandOverCasesRequest request;
  request.set_from(MemberName(caller, flags.from));
  request.set_post(flags.post == kDeputy ? model::v1::POST_DEPUTY
                                         : model::v1::POST_COORDINATOR);
  for (const std::string& one : flags.to) {
    request.add_to(MemberName(caller, one));
  }
  request.set_note(flags.note);
  flags.sequence.Fill(request);
  return request;
}

int HandOver(const HandOverFlags& flags, const CommandRun& run) {
  const absl::StatusOr<Client> client = flags.hub.Connect();
  if (!client.ok()) return run.Fail(client.status());
  return RunSequence<HandOverCasesResponse>(
      flags.sequence,
      {.client = *client,
       .run = run,
       .method = "careroute.api.v1.CaseService.HandOverCases",
       .word = "offered"},
      RequestOf(flags, client->actor()), [&](const HandOverCasesResponse& all) {
        // Of days alone: any clock will do.
        return RenderHandOver(all, {.wall = Wall(flags.hub.language(), 0),
                                    .screen = run.screen(),
                                    .applied = flags.sequence.apply});
      });
}

}  // namespace

void AddHandOverCommand(CLI::App& app, CommandRun& run) {
  CLI::App& sub = *app.add_subcommand(
      "hand-over",
      "Offer a member's open cases to colleagues, evenly; each stays with the "
      "member until its offer is accepted. Without --apply only say how many "
      "each could be offered");
  const auto flags = std::make_shared<HandOverFlags>();
  sub.add_option("FROM", flags->from,
                 "Whose cases: name of the member, or the id of a colleague")
      ->required();
  sub.add_option("--to", flags->to,
                 "To whom, likewise; once for each of several")
      ->required()
      ->allow_extra_args(false);
  sub.add_option("--post", flags->post,
                 "Which post in the cases: coordinator, deputy")
      ->check(CLI::IsMember({kCoordinator, kDeputy}))
      ->capture_default_str();
  sub.add_option("--note", flags->note, "Why; kept with each case");
  flags->sequence.AddTo(sub, "Offer them");
  flags->hub.AddTo(sub);
  flags->hub.AddLanguageTo(sub);
  run.OnParsed(sub, flags->hub.language(),
               [&run, flags]() -> int { return HandOver(*flags, run); });
}

}  // namespace careroute::services
