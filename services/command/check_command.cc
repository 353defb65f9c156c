#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/pathway_service.pb.h"
#include "careroute/model/v1/instrument.pb.h"
#include "lib/api/status.h"
#include "lib/base/problems.h"
#include "lib/catalogue/file_reader.h"
#include "lib/catalogue/header.h"
#include "lib/pathway/publish.h"
#include "lib/scoring/instrument.h"
#include "services/command/commands.h"
#include "services/command/hub_flags.h"
#include "services/command/json.h"
#include "services/command/render_problems.h"

namespace careroute::services {
namespace {

struct CheckFlags {
  std::vector<std::string> files;
  std::string overlay;
  bool json = false;
};

// Names in problems are relative to the catalogue; a person wants to open what
// they named.
void NameFromHere(const std::string& folder, size_t first,
                  base::Problems& problems) {
  for (size_t i = first; i < problems.list().size(); ++i) {
    base::Problem& problem = problems.list()[i];
    if (!problem.file.empty() && folder != ".") {
      problem.file =
          absl::StrCat(folder, folder == "/" ? "" : "/", problem.file);
    }
  }
}

bool IsInstrument(const catalogue::FileReader& files, const std::string& name) {
  const absl::StatusOr<std::string> content = files.Read(name);
  return content.ok() && catalogue::MessageInHeader(*content) ==
                             model::v1::Instrument::descriptor()->full_name();
}

void CheckOne(const std::string& path, base::Problems& problems) {
  const pathway::CatalogueFile file = pathway::FindInCatalogue(path);
  const catalogue::DirectoryFileReader files(file.folder);
  const size_t first = problems.list().size();
  if (IsInstrument(files, file.name)) {
    // Null means that something is wrong, which the problems say.
    static_cast<void>(scoring::LoadInstrument(files, file.name, problems));
  } else {
    pathway::CheckFile(files, file.name, {}, problems);
  }
  NameFromHere(file.folder, first, problems);
}

// The name of the overlay in the pathway's catalogue; nothing when it stands
// elsewhere.
std::optional<std::string> NameInCatalogue(const std::string& overlay,
                                           const std::string& folder) {
  std::error_code failed;
  const std::filesystem::path name =
      std::filesystem::relative(overlay, folder, failed);
  if (failed || name.empty() || *name.begin() == "..") return std::nullopt;
  return name.generic_string();
}

// The pathway as it would be published for the region of the overlay.
void CheckBound(const std::string& path, const std::string& overlay,
                base::Problems& problems) {
  const pathway::CatalogueFile file = pathway::FindInCatalogue(path);
  const std::optional<std::string> name = NameInCatalogue(overlay, file.folder);
  if (!name.has_value()) {
    problems.Add(
        {.file = overlay,
         .reason = "OTHER_CATALOGUE",
         .message = absl::StrCat("the overlay does not stand in ", file.folder,
                                 ", the catalogue of ", path),
         .mend = "put both into one catalogue"});
    return;
  }
  const size_t first = problems.list().size();
  // Null means that something is wrong, which the problems say.
  static_cast<void>(pathway::Publish(pathway::DirectoryFileReader(file.folder),
                                     {.pathway = file.name, .overlay = *name},
                                     problems));
  NameFromHere(file.folder, first, problems);
}

absl::StatusOr<std::string> Print(const CheckFlags& flags,
                                  const base::Problems& problems,
                                  const Screen& screen) {
  if (!flags.json) return RenderProblems(problems, screen);
  api::v1::CheckPathwayResponse reply;
  reply.set_publishable(!problems.HasErrors());
  for (const base::Problem& problem : problems.list()) {
    *reply.add_problems() = api::ToProto(problem);
  }
  return ToJson(reply);
}

int StatusOf(const base::Problems& problems) {
  if (problems.HasErrors()) return kExitFailed;
  return problems.empty() ? kExitDone : kExitWarnings;
}

int Check(const CheckFlags& flags, const CommandRun& run) {
  base::Problems problems;
  for (const std::string& file : flags.files) {
    if (flags.overlay.empty()) {
      CheckOne(file, problems);
    } else {
      CheckBound(file, flags.overlay, problems);
    }
  }
  const absl::StatusOr<std::string> page = Print(flags, problems, run.screen());
  if (!page.ok()) return run.Fail(page.status());
  run.out() << *page;
  return StatusOf(problems);
}

}  // namespace

void AddCheckCommand(CLI::App& app, CommandRun& run) {
  CLI::App& sub = *app.add_subcommand(
      "check",
      "Find everything that is wrong with pathways and instruments; needs no "
      "hub");
  const auto flags = std::make_shared<CheckFlags>();
  sub.add_option("FILE", flags->files,
                 "Pathways, blocks, overlays, instruments or tables of texts")
      ->required();
  sub.add_option("--overlay", flags->overlay,
                 "Check the pathways as this overlay binds them");
  AddJsonFlag(sub, flags->json);
  run.OnParsed(sub, [&run, flags]() -> int { return Check(*flags, run); });
}

}  // namespace careroute::services
