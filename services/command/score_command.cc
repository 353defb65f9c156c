#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "careroute/model/v1/assessment.pb.h"
#include "lib/base/problems.h"
#include "lib/catalogue/file_reader.h"
#include "lib/catalogue/parse_file.h"
#include "lib/catalogue/source_map.h"
#include "lib/scoring/score.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/json.h"
#include "services/command/message_file.h"
#include "services/command/render_problems.h"
#include "services/command/render_score.h"
#include "services/core/installed.h"

namespace careroute::services {
namespace {

using model::v1::AssessmentAnswers;

struct ScoreFlags {
  HubFlags hub;  // for its language; no hub is called
  std::string instrument;
  std::string file;
  bool json = false;
};

// An id of the installed catalogue, or a path to a file.
std::shared_ptr<const scoring::Instrument> FindInstrument(
    const std::string& named, base::Problems& problems) {
  const size_t slash = named.rfind('/');
  const bool is_path = slash != std::string::npos ||
                       absl::EndsWith(named, ".textproto") ||
                       absl::EndsWith(named, ".json");
  std::string folder = absl::StrCat(InstalledCatalogue(), "/instruments");
  std::string name = absl::StrCat(named, ".textproto");
  if (is_path) {
    folder = slash == std::string::npos ? "."
             : slash == 0               ? "/"
                                        : named.substr(0, slash);
    name = slash == std::string::npos ? named : named.substr(slash + 1);
  }
  return scoring::LoadInstrument(catalogue::DirectoryFileReader(folder), name,
                                 problems);
}

// Answers with the positions of their fields.
struct Answers {
  AssessmentAnswers message;
  catalogue::SourceMap source_map;
};

std::optional<Answers> ReadAnswers(const std::string& path,
                                   base::Problems& problems) {
  const std::optional<std::string> text = ReadTextFile(path, problems);
  if (!text.has_value()) return std::nullopt;
  Answers answers;
  catalogue::ParsedFile parsed =
      catalogue::ParseFile(path, *text, answers.message, problems);
  if (!parsed.ok) return std::nullopt;
  answers.source_map.AddFile(std::move(parsed.source));
  return answers;
}

std::optional<model::v1::AssessmentScore> ScoreFile(const ScoreFlags& flags,
                                                    base::Problems& problems) {
  const std::shared_ptr<const scoring::Instrument> instrument =
      FindInstrument(flags.instrument, problems);
  std::optional<Answers> answers = ReadAnswers(flags.file, problems);
  if (instrument == nullptr || !answers.has_value()) return std::nullopt;
  if (answers->message.instrument().empty()) {
    answers->message.set_instrument(instrument->message().id());
  }
  base::Problems found;
  auto score = scoring::Score(*instrument, answers->message,
                              {.language = flags.hub.language()}, found);
  answers->source_map.LocateIn(0, found);
  for (base::Problem& problem : found.list()) problems.Add(std::move(problem));
  return score;
}

int RunScore(const ScoreFlags& flags, const CommandRun& run) {
  base::Problems problems;
  const std::optional<model::v1::AssessmentScore> score =
      ScoreFile(flags, problems);
  if (!score.has_value()) {
    run.err() << RenderProblems(problems, {});
    return kExitFailed;
  }
  return run.Print(
      flags.json ? ToJson(*score)
                 : RenderScore(*score, flags.hub.language(), run.screen()));
}

}  // namespace

void AddScoreCommand(CLI::App& app, CommandRun& run) {
  CLI::App& sub = *app.add_subcommand(
      "score",
      "Score the answers of an assessment and say why; needs no hub, stores "
      "nothing");
  const auto flags = std::make_shared<ScoreFlags>();
  sub.add_option("INSTRUMENT", flags->instrument,
                 "Id of an installed instrument (nba-pflegegrad, barthel-100), "
                 "or a file")
      ->required();
  sub.add_option("FILE", flags->file,
                 "The answers: careroute.model.v1.AssessmentAnswers as text "
                 "format, or as JSON in a file named *.json")
      ->required();
  flags->hub.AddLanguageTo(sub);
  AddJsonFlag(sub, flags->json);
  run.OnParsed(sub, [&run, flags]() -> int { return RunScore(*flags, run); });
}

}  // namespace careroute::services
