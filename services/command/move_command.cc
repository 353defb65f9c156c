#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "careroute/api/v1/pathway_service.pb.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/refusal_words.h"
#include "services/command/rows.h"
#include "services/command/sequence.h"
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
  bool undo = false;
  SequenceFlags sequence;
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
  request.set_undo(flags.undo);
  request.set_note(flags.note);
  flags.sequence.Fill(request);
  return request;
}

std::string Render(const MigrateCasesResponse& all, const MoveFlags& flags,
                   const Screen& screen) {
  Table table({"Case", "Why it stays"});
  table.KeepWhole(0);
  for (const api::v1::MigratedCase& one : all.cases()) {
    if (one.moved()) continue;
    const RefusalWords words = WordsOf(one.refusal(), flags.hub.language());
    table.Add({.cells = {one.name(), words.why},
               .style = Style::kWarning,
               .notes = words.notes});
  }
  const int staying = CountRefused(all);
  const std::string counts =
      absl::Substitute(flags.sequence.apply ? "cases: $0 moved, $1 stay\n"
                                            : "cases: $0 can move, $1 stay\n",
                       all.cases_size() - staying, staying);
  return staying == 0 ? counts : absl::StrCat(table.Print(screen), counts);
}

int Move(const MoveFlags& flags, const CommandRun& run) {
  const absl::StatusOr<Client> client = flags.hub.Connect();
  if (!client.ok()) return run.Fail(client.status());
  const MigrateCasesRequest request = RequestOf(flags);
  return RunSequence<MigrateCasesResponse>(
      flags.sequence,
      {.client = *client,
       .run = run,
       .method = "careroute.api.v1.PathwayService.MigrateCases",
       .word = "moved"},
      request, [&](const MigrateCasesResponse& all) {
        return Render(all, flags, run.screen());
      });
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
  sub.add_flag("--undo", flags->undo,
               "Only those that were last moved from --to to --from go back");
  sub.add_option("--note", flags->note, "Why; kept with each case");
  flags->sequence.AddTo(sub, "Move them");
  flags->hub.AddTo(sub);
  run.OnParsed(sub, flags->hub.language(),
               [&run, flags]() -> int { return Move(*flags, run); });
}

}  // namespace careroute::services
