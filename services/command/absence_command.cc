#include <memory>
#include <string>
#include <utility>

#include "careroute/api/v1/directory_service.pb.h"
#include "lib/casework/case.h"
#include "services/command/commands.h"
#include "services/command/day_check.h"
#include "services/command/hub_flags.h"
#include "services/command/json.h"
#include "services/command/names.h"
#include "services/command/render_absences.h"
#include "services/command/request_id.h"
#include "services/command/sequence.h"

namespace careroute::services {
namespace {

struct AbsenceFlags {
  HubFlags hub;
  std::string member;
  std::string from;
  std::string to;
  std::string request_id;
  bool dry_run = false;
  bool json = false;
};

// What AddAbsence and EndAbsence have in common: all but the days. Prints the
// absences of the member after it.
template <typename Response, typename Request>
int Change(const AbsenceFlags& flags, const CommandRun& run, const char* method,
           Request request) {
  const absl::StatusOr<Client> client = flags.hub.Connect();
  if (!client.ok()) return run.Fail(client.status());
  const std::string member = MemberName(client->actor(), flags.member);
  request.set_name(std::string(casework::OrganisationOf(member)));
  request.set_request_id(RequestIdOr(flags.request_id));
  request.set_validate_only(flags.dry_run);
  request.mutable_command()->set_member(member);
  const absl::StatusOr<Response> reply =
      client->Call<Response>(method, request);
  if (!reply.ok()) {
    SequenceEnd end{.status = reply.status()};
    if (!flags.dry_run) end.request_id = request.request_id();
    return FinishSequence(run, end);
  }
  // Of days alone: any clock will do.
  const Wall wall(flags.hub.language(), 0);
  return run.Print(flags.json
                       ? ToJson(*reply)
                       : RenderAbsences(reply->member(), wall, run.screen()));
}

int Add(const AbsenceFlags& flags, const CommandRun& run) {
  api::v1::AddAbsenceRequest request;
  model::v1::Absence& absence = *request.mutable_command()->mutable_absence();
  absence.set_from(flags.from);
  absence.set_to(flags.to);
  return Change<api::v1::AddAbsenceResponse>(
      flags, run, "careroute.api.v1.DirectoryService.AddAbsence",
      std::move(request));
}

// Without a last day the absence is taken back.
int End(const AbsenceFlags& flags, const CommandRun& run) {
  api::v1::EndAbsenceRequest request;
  request.mutable_command()->set_from(flags.from);
  request.mutable_command()->set_to(flags.to);
  return Change<api::v1::EndAbsenceResponse>(
      flags, run, "careroute.api.v1.DirectoryService.EndAbsence",
      std::move(request));
}

// One of the three; without a help of --to it has none.
struct Verb {
  const char* name = nullptr;
  const char* help = nullptr;
  const char* from_help = nullptr;
  const char* to_help = nullptr;
  int (*change)(const AbsenceFlags&, const CommandRun&) = nullptr;
};

constexpr Verb kVerbs[] = {
    {.name = "add",
     .help = "Add days on which a member does not work: new cases go to who "
             "stands in, and families are told whom to call",
     .from_help = "The first day, YYYY-MM-DD",
     .to_help = "The last day, YYYY-MM-DD",
     .change = Add},
    {.name = "end",
     .help = "Give an absence another last day",
     .from_help = "The first day of the absence, YYYY-MM-DD",
     .to_help = "The last day now, YYYY-MM-DD",
     .change = End},
    {.name = "take-back",
     .help = "Take an absence back, as if it had never been added",
     .from_help = "The first day of the absence, YYYY-MM-DD",
     .change = End},
};

void AddVerb(const Verb& verb, CLI::App& absence, CommandRun& run) {
  CLI::App& sub = *absence.add_subcommand(verb.name, verb.help);
  const auto flags = std::make_shared<AbsenceFlags>();
  sub.add_option("MEMBER", flags->member,
                 "Name of the member, or the id of a colleague")
      ->required();
  sub.add_option("--from", flags->from, verb.from_help)
      ->required()
      ->check(NotADay);
  if (verb.to_help != nullptr) {
    sub.add_option("--to", flags->to, verb.to_help)->required()->check(NotADay);
  }
  sub.add_flag("--dry-run", flags->dry_run, "Check everything, store nothing");
  AddRequestIdFlag(sub, flags->request_id);
  flags->hub.AddTo(sub);
  flags->hub.AddLanguageTo(sub);
  AddJsonFlag(sub, flags->json);
  run.OnParsed(sub, flags->hub.language(),
               [&run, flags, change = verb.change]() -> int {
                 return change(*flags, run);
               });
}

}  // namespace

void AddAbsenceCommand(CLI::App& app, CommandRun& run) {
  CLI::App& absence = *app.add_subcommand(
      "absence",
      "Say when a member does not work. By the member, the head of the "
      "organisation or its administrator");
  absence.require_subcommand(1);
  for (const Verb& verb : kVerbs) AddVerb(verb, absence, run);
}

}  // namespace careroute::services
