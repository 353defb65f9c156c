#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/substitute.h"
#include "careroute/api/v1/pathway_service.pb.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/json.h"
#include "services/command/request_id.h"
#include "services/command/table.h"

namespace careroute::services {
namespace {

using api::v1::MigrateCasesRequest;
using api::v1::MigrateCasesResponse;

struct MoveFlags {
  HubFlags hub{"administrator"};
  std::string pathway;
  std::string from;
  std::string to;
  std::string note;
  std::string request_id;
  bool apply = false;
  bool undo = false;
  bool json = false;
};

// "2" or "2/khabarovsk@3": an edition, and the overlay that binds it.
model::v1::EditionRef EditionOf(const std::string& pathway,
                                const std::string& text) {
  const size_t slash = text.find('/');
  model::v1::EditionRef edition;
  edition.set_pathway(pathway);
  edition.set_edition(text.substr(0, slash));
  if (slash != std::string::npos) edition.set_overlay(text.substr(slash + 1));
  return edition;
}

MigrateCasesRequest RequestOf(const MoveFlags& flags) {
  MigrateCasesRequest request;
  *request.mutable_from() = EditionOf(flags.pathway, flags.from);
  *request.mutable_to() = EditionOf(flags.pathway, flags.to);
  request.set_request_id(flags.request_id.empty() ? NewRequestId()
                                                  : flags.request_id);
  request.set_validate_only(!flags.apply);
  request.set_undo(flags.undo);
  request.set_note(flags.note);
  request.set_page_size(200);
  return request;
}

// Every page; stops at the first that fails, with what was moved before it.
absl::Status MoveAll(const Client& client, MigrateCasesRequest request,
                     MigrateCasesResponse& all) {
  do {
    absl::StatusOr<MigrateCasesResponse> reply =
        client.Call<MigrateCasesResponse>(
            "careroute.api.v1.PathwayService.MigrateCases", request);
    if (!reply.ok()) return reply.status();
    request.set_page_token(reply->next_page_token());
    all.mutable_cases()->MergeFrom(reply->cases());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

int CountStaying(const MigrateCasesResponse& all) {
  int staying = 0;
  for (const api::v1::MigratedCase& one : all.cases()) {
    staying += one.moved() ? 0 : 1;
  }
  return staying;
}

std::vector<Note> NotesOf(const model::v1::Refusal& refusal) {
  std::vector<Note> notes;
  for (const model::v1::Missing& one : refusal.missing()) {
    notes.push_back({.text = absl::StrCat(one.what(), ": ", one.mend()),
                     .style = Style::kWarning});
  }
  return notes;
}

std::string Render(const MigrateCasesResponse& all, bool applied,
                   const Screen& screen) {
  Table table({"Case", "Why it stays"});
  table.KeepWhole(0);
  for (const api::v1::MigratedCase& one : all.cases()) {
    if (one.moved()) continue;
    table.Add({.cells = {one.name(), one.refusal().message()},
               .style = Style::kWarning,
               .notes = NotesOf(one.refusal())});
  }
  const int staying = CountStaying(all);
  const std::string counts = absl::Substitute(
      applied ? "cases: $0 moved, $1 stay\n" : "cases: $0 can move, $1 stay\n",
      all.cases_size() - staying, staying);
  return staying == 0 ? counts : absl::StrCat(table.Print(screen), counts);
}

int Move(const MoveFlags& flags, const CommandRun& run) {
  const absl::StatusOr<Client> client = flags.hub.Connect();
  if (!client.ok()) return run.Fail(client.status());
  const MigrateCasesRequest request = RequestOf(flags);
  MigrateCasesResponse all;
  const absl::Status done = MoveAll(*client, request, all);
  const absl::StatusOr<std::string> page =
      flags.json ? ToJson(all) : Render(all, flags.apply, run.screen());
  if (!page.ok()) return run.Fail(page.status());
  run.out() << *page;
  if (!done.ok()) {
    run.err() << "not finished; go on with --request-id "
              << request.request_id() << "\n";
    return run.Fail(done);
  }
  return CountStaying(all) == 0 ? kExitDone : kExitWarnings;
}

}  // namespace

void AddMoveCommand(CLI::App& app, CommandRun& run) {
  CLI::App& sub = *app.add_subcommand(
      "move-cases",
      "Move open cases from one published edition of a pathway to another; "
      "without --apply only say which can be moved and what the others lack");
  const auto flags = std::make_shared<MoveFlags>();
  sub.add_option("PATHWAY", flags->pathway, "Id of the pathway")->required();
  sub.add_option("--from", flags->from,
                 "The edition they are on: EDITION or EDITION/OVERLAY")
      ->required();
  sub.add_option("--to", flags->to, "The edition they move to, likewise")
      ->required();
  sub.add_flag("--apply", flags->apply, "Move them");
  sub.add_flag("--undo", flags->undo,
               "Only those that were last moved from --to to --from go back");
  sub.add_option("--note", flags->note, "Why; kept with each case");
  sub.add_option("--request-id", flags->request_id,
                 "Go on with a move that was cut short; a UUID");
  flags->hub.AddTo(sub);
  AddJsonFlag(sub, flags->json);
  run.OnParsed(sub, [&run, flags]() -> int { return Move(*flags, run); });
}

}  // namespace careroute::services
