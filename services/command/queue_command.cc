#include <memory>
#include <string>

#include "careroute/api/v1/referral_service.pb.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/listing.h"
#include "services/command/names.h"
#include "services/command/render_queue.h"

namespace careroute::services {
namespace {

struct QueueFlags {
  HubFlags hub{"performer"};
  std::string organisation;
  bool outgoing = false;
  bool overdue = false;
  bool json = false;
};

absl::StatusOr<std::string> Print(const QueueFlags& flags,
                                  const Screen& screen) {
  api::v1::ListReferralsRequest request;
  request.set_organisation(OrganisationName(flags.organisation));
  request.set_outgoing(flags.outgoing);
  request.set_overdue_only(flags.overdue);
  return PrintListing<api::v1::ListReferralsResponse>(
      {.hub = flags.hub,
       .method = "careroute.api.v1.ReferralService.ListReferrals",
       .json = flags.json},
      request, [&](const auto& all, const Wall& wall) {
        return RenderQueue(
            all, {.wall = wall, .screen = screen, .outgoing = flags.outgoing});
      });
}

}  // namespace

void AddQueueCommand(CLI::App& app, CommandRun& run) {
  CLI::App& sub = *app.add_subcommand(
      "queue", "Show the work queue of an organisation, nearest limit first");
  const auto flags = std::make_shared<QueueFlags>();
  sub.add_option("ORGANISATION", flags->organisation,
                 "organisations/ID, or the id alone")
      ->required();
  sub.add_flag("--outgoing", flags->outgoing,
               "What it has asked of others instead");
  sub.add_flag("--overdue", flags->overdue, "Only what is overdue");
  flags->hub.AddTo(sub);
  flags->hub.AddLanguageTo(sub);
  flags->hub.AddClockTo(sub);
  AddJsonFlag(sub, flags->json);
  run.OnParsed(sub, flags->hub.language(), [&run, flags]() -> int {
    return run.Print(Print(*flags, run.screen()));
  });
}

}  // namespace careroute::services
