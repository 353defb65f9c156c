#include <memory>
#include <optional>
#include <string>

#include "lib/pathway/compare.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/json.h"
#include "services/command/pathway_file.h"
#include "services/command/render_comparison.h"
#include "services/command/render_problems.h"

namespace careroute::services {
namespace {

struct CompareFlags {
  std::string old_file;
  std::string new_file;
  std::string old_overlay;
  std::string new_overlay;
  bool json = false;
  HubFlags language;
};

// What touches open cases is worth a second look, as warnings are.
int StatusOf(const model::v1::EditionDifference& difference) {
  return difference.heaviest() > model::v1::DIFFERENCE_EFFECT_HARMLESS
             ? kExitWarnings
             : kExitDone;
}

int Compare(const CompareFlags& flags, const CommandRun& run) {
  base::Problems problems;
  const std::optional<model::v1::Pathway> before =
      ReadPathwayFile(flags.old_file, flags.old_overlay, problems);
  const std::optional<model::v1::Pathway> after =
      ReadPathwayFile(flags.new_file, flags.new_overlay, problems);
  if (!before.has_value() || !after.has_value()) {
    run.err() << RenderProblems(problems, run.screen());
    return kExitFailed;
  }
  const std::string& language = flags.language.language();
  const model::v1::EditionDifference difference = pathway::Compare(
      {.old_pathway = &*before, .new_pathway = &*after, .language = language});
  if (!flags.json) {
    run.out() << RenderComparison(difference, language, run.screen());
    return StatusOf(difference);
  }
  const absl::StatusOr<std::string> text = ToJson(difference);
  if (!text.ok()) return run.Fail(text.status());
  run.out() << *text;
  return StatusOf(difference);
}

}  // namespace

void AddCompareCommand(CLI::App& app, CommandRun& run) {
  CLI::App& sub = *app.add_subcommand(
      "compare",
      "Tell what differs between two editions of a pathway, and what that "
      "means for open cases; needs no hub");
  const auto flags = std::make_shared<CompareFlags>();
  sub.add_option("OLD", flags->old_file, "The former pathway")->required();
  sub.add_option("NEW", flags->new_file, "The later pathway")->required();
  sub.add_option("--old-overlay", flags->old_overlay,
                 "Compare the former as this overlay binds it");
  sub.add_option("--new-overlay", flags->new_overlay,
                 "Compare the later as this overlay binds it");
  AddJsonFlag(sub, flags->json);
  flags->language.AddLanguageTo(sub);
  sub.parse_complete_callback([flags] {
    const absl::Status language = flags->language.CheckLanguage();
    if (!language.ok()) {
      throw CLI::ValidationError(std::string(language.message()));
    }
  });
  run.OnParsed(sub, [&run, flags]() -> int { return Compare(*flags, run); });
}

}  // namespace careroute::services
