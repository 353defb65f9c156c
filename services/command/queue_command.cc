#include <memory>
#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "careroute/api/v1/referral_service.pb.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/json.h"
#include "services/command/pages.h"
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
  const absl::StatusOr<Client> client = flags.hub.Connect();
  if (!client.ok()) return client.status();
  api::v1::ListReferralsRequest request;
  request.set_organisation(
      absl::StartsWith(flags.organisation, "organisations/")
          ? flags.organisation
          : absl::StrCat("organisations/", flags.organisation));
  request.set_outgoing(flags.outgoing);
  request.set_overdue_only(flags.overdue);
  const auto reply = CallForAll<api::v1::ListReferralsResponse>(
      *client, "careroute.api.v1.ReferralService.ListReferrals", request);
  if (!reply.ok()) return reply.status();
  const absl::StatusOr<Wall> wall =
      flags.hub.WallClock(reply->has_utc_offset_minutes()
                              ? std::optional<int>(reply->utc_offset_minutes())
                              : std::nullopt);
  if (!wall.ok()) return wall.status();
  return flags.json ? ToJson(*reply)
                    : RenderQueue(*reply, {.wall = *wall,
                                           .screen = screen,
                                           .outgoing = flags.outgoing});
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
  run.OnParsed(sub, [&run, flags]() -> int {
    const absl::StatusOr<std::string> page = Print(*flags, run.screen());
    if (!page.ok()) return run.Fail(page.status());
    run.out() << *page;
    return kExitDone;
  });
}

}  // namespace careroute::services
