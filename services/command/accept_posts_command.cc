#include <memory>
#include <string>

#include "careroute/api/v1/case_post_messages.pb.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/render_posts.h"
#include "services/command/sequence.h"

namespace careroute::services {
namespace {

using api::v1::AcceptPostsRequest;
using api::v1::AcceptPostsResponse;

struct AcceptFlags {
  HubFlags hub;
  SequenceFlags sequence;
};

int Accept(const AcceptFlags& flags, const CommandRun& run) {
  const absl::StatusOr<Client> client = flags.hub.Connect();
  if (!client.ok()) return run.Fail(client.status());
  AcceptPostsRequest request;
  flags.sequence.Fill(request);
  return RunSequence<AcceptPostsResponse>(
      flags.sequence,
      {.client = *client,
       .run = run,
       .method = "careroute.api.v1.CaseService.AcceptPosts",
       .word = "accepted"},
      request, [&](const AcceptPostsResponse& all) {
        // Without days: any clock will do.
        return RenderAcceptance(all, {.wall = Wall(flags.hub.language(), 0),
                                      .screen = run.screen(),
                                      .applied = flags.sequence.apply});
      });
}

}  // namespace

void AddAcceptPostsCommand(CLI::App& app, CommandRun& run) {
  CLI::App& sub = *app.add_subcommand(
      "accept-posts",
      "Accept every post that is offered to you; without --apply only list "
      "the cases");
  const auto flags = std::make_shared<AcceptFlags>();
  flags->sequence.AddTo(sub, "Accept them");
  flags->hub.AddTo(sub);
  flags->hub.AddLanguageTo(sub);
  run.OnParsed(sub, flags->hub.language(),
               [&run, flags]() -> int { return Accept(*flags, run); });
}

}  // namespace careroute::services
