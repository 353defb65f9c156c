#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/peer_service.pb.h"
#include "lib/base/status_macros.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/json.h"
#include "services/command/labels.h"
#include "services/command/names.h"
#include "services/command/pages.h"
#include "services/command/render_peers.h"
#include "services/command/request_id.h"

namespace careroute::services {
namespace {

using api::v1::ListPeersResponse;
using api::v1::ListWaitingEnvelopesResponse;

constexpr char kService[] = "careroute.api.v1.PeerService.";

struct PeersFlags {
  HubFlags hub{"administrator"};
  std::string peer;
  std::string reason;      // of a pause
  bool stuck = false;      // of what waits: that alone
  int first = 50;          // so many rows of it
  std::string request_id;  // of a change
  bool json = false;
};

template <typename Response, typename Request>
absl::StatusOr<Response> Call(const PeersFlags& flags, const char* method,
                              const Request& request) {
  CAREROUTE_ASSIGN_OR_RETURN(const Client client, flags.hub.Connect());
  return client.Call<Response>(absl::StrCat(kService, method), request);
}

absl::StatusOr<std::string> List(const PeersFlags& flags,
                                 const Screen& screen) {
  CAREROUTE_ASSIGN_OR_RETURN(const Client client, flags.hub.Connect());
  CAREROUTE_ASSIGN_OR_RETURN(
      const auto all,
      CallForAll<ListPeersResponse>(client, absl::StrCat(kService, "ListPeers"),
                                    api::v1::ListPeersRequest()));
  if (flags.json) return ToJson(all);
  CAREROUTE_ASSIGN_OR_RETURN(const Wall wall, flags.hub.WallClock());
  return RenderPeers(all, wall, screen);
}

// A page may be short, so one may not be enough.
absl::StatusOr<std::string> ListWaiting(const PeersFlags& flags,
                                        const Screen& screen) {
  CAREROUTE_ASSIGN_OR_RETURN(const Client client, flags.hub.Connect());
  api::v1::ListWaitingEnvelopesRequest request;
  request.set_peer(PeerName(flags.peer));
  request.set_stuck_only(flags.stuck);
  ListWaitingEnvelopesResponse all;
  do {
    request.set_page_size(
        std::min(kPageSize, flags.first - all.envelopes_size()));
    request.set_page_token(all.next_page_token());
    CAREROUTE_ASSIGN_OR_RETURN(
        const auto page,
        client.Call<ListWaitingEnvelopesResponse>(
            absl::StrCat(kService, "ListWaitingEnvelopes"), request));
    all.clear_next_page_token();
    all.MergeFrom(page);
  } while (all.envelopes_size() < flags.first &&
           !all.next_page_token().empty());
  if (flags.json) return ToJson(all);
  CAREROUTE_ASSIGN_OR_RETURN(const Wall wall, flags.hub.WallClock());
  return RenderWaiting(all, wall, screen);
}

// Prints the peer as it is after the change.
template <typename Response, typename Request>
absl::StatusOr<std::string> Change(const PeersFlags& flags,
                                   const Screen& screen, const char* method,
                                   Request request) {
  request.set_peer(PeerName(flags.peer));
  request.set_request_id(RequestIdOr(flags.request_id));
  CAREROUTE_ASSIGN_OR_RETURN(const auto reply,
                             Call<Response>(flags, method, request));
  if (flags.json) return ToJson(reply);
  CAREROUTE_ASSIGN_OR_RETURN(const Wall wall, flags.hub.WallClock());
  ListPeersResponse one;
  *one.add_peers() = reply.peer();
  return RenderPeers(one, wall, screen);
}

absl::StatusOr<std::string> Pause(const PeersFlags& flags,
                                  const Screen& screen) {
  api::v1::PausePeerRequest request;
  request.set_reason(flags.reason);
  return Change<api::v1::PausePeerResponse>(flags, screen, "PausePeer",
                                            std::move(request));
}

absl::StatusOr<std::string> Resume(const PeersFlags& flags,
                                   const Screen& screen) {
  return Change<api::v1::ResumePeerResponse>(flags, screen, "ResumePeer",
                                             api::v1::ResumePeerRequest());
}

absl::StatusOr<std::string> Redrive(const PeersFlags& flags,
                                    const Screen& /*screen*/) {
  api::v1::RedrivePeerRequest request;
  request.set_peer(PeerName(flags.peer));
  request.set_request_id(RequestIdOr(flags.request_id));
  CAREROUTE_ASSIGN_OR_RETURN(
      const auto reply,
      Call<api::v1::RedrivePeerResponse>(flags, "RedrivePeer", request));
  if (flags.json) return ToJson(reply);
  return absl::StrCat(LabelText(Label::kRedriven, flags.hub.language(),
                                absl::StrCat(reply.envelopes())),
                      "\n");
}

using Action = absl::StatusOr<std::string> (*)(const PeersFlags&,
                                               const Screen&);

struct Verb {
  const char* name = nullptr;
  const char* help = nullptr;
  Action action = nullptr;
  // False: what it prints has no times.
  bool shows_times = true;
  // Flags that it has besides those of all.
  void (*more)(CLI::App& sub, PeersFlags& flags) = nullptr;
};

void AddRequestId(CLI::App& sub, PeersFlags& flags) {
  AddRequestIdFlag(sub, flags.request_id);
}

void AddPauseFlags(CLI::App& sub, PeersFlags& flags) {
  sub.add_option("--reason", flags.reason, "Why; names no person")->required();
  AddRequestId(sub, flags);
}

void AddWaitingFlags(CLI::App& sub, PeersFlags& flags) {
  sub.add_flag("--stuck", flags.stuck,
               "Only what was tried often enough to need somebody's eye, or is "
               "not tried again before somebody asks for it");
  sub.add_option("--first", flags.first, "At most so many")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
}

constexpr Verb kVerbs[] = {
    {.name = "waiting",
     .help = "List the envelopes that wait for a hub, and why",
     .action = ListWaiting,
     .more = AddWaitingFlags},
    {.name = "pause",
     .help = "Stop sending to a hub; what comes from it is still taken",
     .action = Pause,
     .more = AddPauseFlags},
    {.name = "resume",
     .help = "Let sending to a hub go on; also says that what its checkpoints "
             "showed was looked into",
     .action = Resume,
     .more = AddRequestId},
    {.name = "redrive",
     .help = "Try all that waits for a hub again now, also what it refused",
     .action = Redrive,
     .shows_times = false,
     .more = AddRequestId},
};

void AddHubFlags(CLI::App& sub, bool shows_times, PeersFlags& flags) {
  flags.hub.AddTo(sub);
  flags.hub.AddLanguageTo(sub);
  if (shows_times) flags.hub.AddClockTo(sub);
  AddJsonFlag(sub, flags.json);
}

void AddVerb(const Verb& verb, CLI::App& peers, CommandRun& run) {
  CLI::App& sub = *peers.add_subcommand(verb.name, verb.help);
  const auto flags = std::make_shared<PeersFlags>();
  sub.add_option("HUB", flags->peer, "Id of the hub")->required();
  verb.more(sub, *flags);
  AddHubFlags(sub, verb.shows_times, *flags);
  run.OnParsed(sub, flags->hub.language(),
               [&run, flags, action = verb.action]() -> int {
                 return run.Print(action(*flags, run.screen()));
               });
}

}  // namespace

void AddPeersCommand(CLI::App& app, CommandRun& run) {
  CLI::App& peers = *app.add_subcommand(
      "peers",
      "List the hubs this one exchanges referrals with, what waits for each "
      "and since when it is silent. By an administrator or auditor");
  peers.require_subcommand(0, 1);
  const auto flags = std::make_shared<PeersFlags>();
  AddHubFlags(peers, /*shows_times=*/true, *flags);
  for (const Verb& verb : kVerbs) AddVerb(verb, peers, run);
  run.OnParsed(peers, [&run, &peers, flags]() -> int {
    // The command below it has spoken.
    if (!peers.get_subcommands().empty()) return run.exit_status();
    run.SpeakIn(flags->hub.language());
    return run.Print(List(*flags, run.screen()));
  });
}

}  // namespace careroute::services
