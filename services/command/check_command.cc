#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "careroute/api/v1/pathway_service.pb.h"
#include "careroute/model/v1/instrument.pb.h"
#include "careroute/model/v1/support_measure.pb.h"
#include "lib/api/status.h"
#include "lib/base/problems.h"
#include "lib/base/real_clock.h"
#include "lib/catalogue/file_reader.h"
#include "lib/catalogue/header.h"
#include "lib/measures/measure_set.h"
#include "lib/pathway/publish.h"
#include "lib/pathway/reading.h"
#include "lib/picture/draw.h"
#include "lib/scoring/instrument.h"
#include "services/command/commands.h"
#include "services/command/day_check.h"
#include "services/command/hub_flags.h"
#include "services/command/json.h"
#include "services/command/pathway_file.h"
#include "services/command/picture_flags.h"
#include "services/command/render_problems.h"

namespace careroute::services {
namespace {

struct CheckFlags {
  std::vector<std::string> files;
  std::string overlay;
  std::string on;
  bool json = false;
  PictureFlags picture;
  HubFlags language;  // of the words of a picture
};

// What the file says it holds; empty when it does not, or cannot be read.
std::string MessageOf(const catalogue::FileReader& files,
                      const std::string& name) {
  const absl::StatusOr<std::string> content = files.Read(name);
  return content.ok() ? std::string(catalogue::MessageInHeader(*content))
                      : std::string();
}

template <typename Message>
bool Is(const std::string& message) {
  return message == Message::descriptor()->full_name();
}

// The day support measures must have been checked lately on.
absl::CivilDay DayOf(const CheckFlags& flags) {
  absl::CivilDay day =
      absl::ToCivilDay(base::RealClock().Now(), absl::LocalTimeZone());
  // A text that is no date was refused with the command line.
  static_cast<void>(absl::ParseCivilTime(flags.on, &day));
  return day;
}

void CheckOne(const std::string& path, const CheckFlags& flags,
              base::Problems& problems) {
  const pathway::CatalogueFile file = pathway::FindInCatalogue(path);
  const catalogue::DirectoryFileReader files(file.folder);
  const size_t first = problems.list().size();
  const std::string message = MessageOf(files, file.name);
  // Null means that something is wrong, which the problems say.
  if (Is<model::v1::Instrument>(message)) {
    static_cast<void>(scoring::LoadInstrument(files, file.name, problems));
  } else if (Is<model::v1::SupportMeasures>(message)) {
    static_cast<void>(measures::LoadMeasureSet(
        files, {.name = file.name, .fresh_on = DayOf(flags)}, problems));
  } else {
    pathway::CheckFile(files, file.name, {}, problems);
  }
  NameFromHere(file.folder, first, problems);
}

// The pathway as it would be published for the region of the overlay.
void CheckBound(const std::string& path, const std::string& overlay,
                base::Problems& problems) {
  const pathway::CatalogueFile file = pathway::FindInCatalogue(path);
  const std::optional<std::string> name = NameInCatalogue(overlay, file.folder);
  if (!name.has_value()) {
    ReportOtherCatalogue(path, file.folder, overlay, problems);
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

// A pathway with errors is drawn too, as far as it can be read: that is when
// somebody needs to see it. The problems go where they do not spoil a file.
int Draw(const CheckFlags& flags, base::Problems& problems,
         const CommandRun& run) {
  base::Problems known;
  const std::optional<model::v1::Pathway> pathway =
      ReadPathwayFile(flags.files.front(), flags.overlay, known);
  run.err() << RenderProblems(problems, run.screen());
  if (!pathway.has_value()) return kExitFailed;
  const std::shared_ptr<const pathway::Edition> edition =
      pathway::EditionForReading(*pathway);
  if (edition == nullptr) {
    return run.Fail(absl::InvalidArgumentError("the pathway is too large"));
  }
  const absl::StatusOr<std::string> picture =
      flags.picture.Print(picture::DrawPathway(
          *edition, flags.picture.Options(flags.language.language())));
  if (!picture.ok()) return run.Fail(picture.status());
  run.out() << *picture;
  return StatusOf(problems);
}

int Check(const CheckFlags& flags, const CommandRun& run) {
  base::Problems problems;
  for (const std::string& file : flags.files) {
    if (flags.overlay.empty()) {
      CheckOne(file, flags, problems);
    } else {
      CheckBound(file, flags.overlay, problems);
    }
  }
  if (flags.picture.asked()) return Draw(flags, problems, run);
  const absl::StatusOr<std::string> page = Print(flags, problems, run.screen());
  if (!page.ok()) return run.Fail(page.status());
  run.out() << *page;
  return StatusOf(problems);
}

}  // namespace

void AddCheckCommand(CLI::App& app, CommandRun& run) {
  CLI::App& sub = *app.add_subcommand(
      "check",
      "Find everything that is wrong with pathways, instruments and support "
      "measures; needs no hub");
  const auto flags = std::make_shared<CheckFlags>();
  sub.add_option("FILE", flags->files,
                 "Pathways, blocks, overlays, instruments, support measures or "
                 "tables of texts")
      ->required();
  sub.add_option("--overlay", flags->overlay,
                 "Check the pathways as this overlay binds them");
  sub.add_option(
         "--on", flags->on,
         "The day, YYYY-MM-DD, on which support measures must have been "
         "checked lately; without it, today")
      ->check(NotADay);
  AddJsonFlag(sub, flags->json);
  flags->picture.AddTo(sub, {sub.get_option("--json")});
  flags->language.AddLanguageTo(sub);
  sub.parse_complete_callback([flags] {
    if (flags->picture.asked() && flags->files.size() != 1) {
      throw CLI::ValidationError("a picture shows one pathway: name one file");
    }
    const absl::Status language = flags->language.CheckLanguage();
    if (!language.ok()) {
      throw CLI::ValidationError(std::string(language.message()));
    }
  });
  run.OnParsed(sub, [&run, flags]() -> int { return Check(*flags, run); });
}

}  // namespace careroute::services
