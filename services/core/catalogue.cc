#include "services/core/catalogue.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "lib/base/hash.h"
#include "lib/base/mutex.h"
#include "lib/base/status_macros.h"
#include "lib/calendar/load.h"
#include "lib/catalogue/file_reader.h"
#include "lib/pathway/bind.h"
#include "lib/pathway/file_reader.h"
#include "lib/pathway/load.h"
#include "lib/pathway/publish.h"
#include "services/core/await.h"
#include "services/core/installed.h"

namespace careroute::services {
namespace {

namespace fs = std::filesystem;

constexpr absl::string_view kCalendars = "calendars";
constexpr absl::string_view kInstruments = "instruments";
constexpr absl::string_view kMeasures = "measures";
constexpr absl::string_view kOverlays = "overlays";
constexpr absl::string_view kTextproto = ".textproto";

// Names of the textproto files of a folder below `folder`, sorted.
std::vector<std::string> FilesIn(const std::string& folder,
                                 absl::string_view below) {
  std::vector<std::string> names;
  std::error_code error;
  const fs::path path = fs::path(folder) / std::string(below);
  for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
    const std::string name = entry.path().filename().string();
    if (absl::EndsWith(name, kTextproto)) {
      names.push_back(absl::StrCat(below, "/", name));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

// Tables of texts are read with what they stand beside.
std::vector<std::string> WithoutTexts(std::vector<std::string> names) {
  std::erase_if(names, [](const std::string& name) {
    return absl::StrContains(name, ".texts.");
  });
  return names;
}

// The pathway of an overlay, loaded with it.
struct Sources {
  pathway::LoadedPathway pathway;
  pathway::LoadedOverlay overlay;
};

std::optional<Sources> LoadSources(const OverlayFile& file,
                                   base::Problems& problems) {
  const pathway::DirectoryFileReader files(file.folder);
  // The overlay names its pathway, whose languages say which texts it has.
  std::optional<pathway::LoadedOverlay> named =
      pathway::LoadOverlay(files, file.overlay, {}, problems);
  if (!named.has_value()) return std::nullopt;
  std::optional<pathway::LoadedPathway> loaded = pathway::LoadPathway(
      files, pathway::FileOfPathway(named->overlay.pathway()), problems);
  if (!loaded.has_value()) return std::nullopt;
  std::optional<pathway::LoadedOverlay> overlay = pathway::LoadOverlay(
      files, file.overlay, loaded->pathway.languages(), problems);
  if (!overlay.has_value()) return std::nullopt;
  return Sources{*std::move(loaded), *std::move(overlay)};
}

absl::StatusOr<bool> IsPublished(engine::Engine& engine,
                                 const std::string& hash) {
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::vector<model::v1::PublishedEdition> editions,
      Await<std::vector<model::v1::PublishedEdition>>(
          [&](base::Done<std::vector<model::v1::PublishedEdition>> done) {
            engine.editions().List(std::move(done));
          }));
  return std::any_of(editions.begin(), editions.end(),
                     [&hash](const model::v1::PublishedEdition& edition) {
                       return edition.edition().hash() == hash;
                     });
}

// The hub publishes what it was started with: the actor is the hub itself.
model::v1::Actor Publisher() {
  model::v1::Actor actor;
  actor.set_organisation("organisations/hub");
  actor.set_member("organisations/hub/members/hub");
  actor.set_role(model::v1::ACTOR_ROLE_HUB);
  actor.set_purpose("coordination");
  return actor;
}

// Editions that were walked through in this process. Tests open hubs by the
// hundred, and walking takes seconds: the same bytes pass a second time as they
// did the first.
class Walked {
 public:
  using EditionPtr = std::shared_ptr<const pathway::Edition>;

  // Null = not yet.
  [[nodiscard]] EditionPtr Find(const std::string& hash) {
    base::MutexLock lock(mutex_);
    const auto found = editions_.find(hash);
    return found == editions_.end() ? nullptr : found->second;
  }
  void Add(const std::string& hash, EditionPtr edition) {
    base::MutexLock lock(mutex_);
    if (editions_.size() < kWalkedMax) editions_.emplace(hash, edition);
  }

 private:
  // More than a catalogue has; whoever makes editions without end walks again.
  static constexpr size_t kWalkedMax = 64;

  base::Mutex mutex_;
  std::map<std::string, EditionPtr> editions_ CAREROUTE_GUARDED_BY(mutex_);
};

Walked& TheWalked() {
  static auto* const walked = new Walked();
  return *walked;
}

// What an overlay makes of its pathway, not walked through yet.
struct BoundSources {
  Sources sources;
  std::string hash;  // of what it is bound to
};

std::optional<BoundSources> BindSources(const OverlayFile& file,
                                        base::Problems& problems) {
  std::optional<Sources> sources = LoadSources(file, problems);
  if (!sources.has_value()) return std::nullopt;
  const std::optional<model::v1::Pathway> bound =
      pathway::Bind(sources->pathway, &sources->overlay, problems);
  if (!bound.has_value()) return std::nullopt;
  return BoundSources{.sources = *std::move(sources),
                      .hash = base::Sha256(pathway::SerializeBound(*bound))};
}

// Null with problems.
Walked::EditionPtr Walk(const BoundSources& bound, base::Problems& problems) {
  Walked::EditionPtr edition = TheWalked().Find(bound.hash);
  if (edition != nullptr) return edition;
  edition = pathway::PublishLoaded(bound.sources.pathway,
                                   &bound.sources.overlay, {}, problems);
  if (edition != nullptr) TheWalked().Add(bound.hash, edition);
  return edition;
}

absl::Status PublishEdition(const PublishOverlayOptions& options,
                            Walked::EditionPtr edition) {
  engine::Editions::PublishRequest request;
  request.info.actor = Publisher();
  request.bound = edition->bytes();
  request.edition = std::move(edition);
  request.make_answer = [](const model::v1::PublishedEdition&) {
    return std::string();
  };
  CAREROUTE_ASSIGN_OR_RETURN(
      const engine::Reply reply,
      Await<engine::Reply>([&](base::Done<engine::Reply> done) {
        options.engine.editions().Publish(std::move(request), std::move(done));
      }));
  options.log.Line(reply.refusal.has_value()
                       ? absl::StrCat("kept the published edition of ",
                                      options.overlay, ": ",
                                      reply.refusal->message())
                       : absl::StrCat("published ", options.overlay));
  return absl::OkStatus();
}

}  // namespace

std::string CatalogueFolder(const std::string& configured) {
  return configured.empty() ? InstalledCatalogue() : configured;
}

calendar::CalendarSet LoadCalendarFolder(const std::string& folder,
                                         base::Problems& problems) {
  const pathway::DirectoryFileReader reader(folder);
  std::vector<calendar::CalendarFile> files;
  for (const std::string& name : FilesIn(folder, kCalendars)) {
    absl::StatusOr<std::string> text = reader.Read(name);
    if (text.ok()) files.push_back({.name = name, .text = *std::move(text)});
  }
  if (files.empty()) {
    problems.Error("catalogue", "NO_CALENDAR",
                   absl::StrCat(folder, " holds no calendars/*.textproto"),
                   "name the folder of the catalogue with `catalogue`");
  }
  return calendar::LoadCalendars(files, problems);
}

scoring::InstrumentSet LoadInstrumentFolder(const std::string& folder,
                                            base::Problems& problems) {
  const std::vector<std::string> names =
      WithoutTexts(FilesIn(folder, kInstruments));
  return scoring::LoadInstruments(catalogue::DirectoryFileReader(folder), names,
                                  problems);
}

measures::MeasureSets LoadMeasureFolder(const std::string& folder,
                                        base::Problems& problems) {
  const std::vector<std::string> names =
      WithoutTexts(FilesIn(folder, kMeasures));
  return measures::LoadMeasureSets(catalogue::DirectoryFileReader(folder),
                                   names, problems);
}

std::vector<std::string> OverlaysIn(const std::string& folder) {
  return WithoutTexts(FilesIn(folder, kOverlays));
}

absl::StatusOr<std::shared_ptr<const pathway::Edition>> EditionOfOverlay(
    const OverlayFile& file) {
  base::Problems problems;
  const std::optional<BoundSources> bound = BindSources(file, problems);
  if (!bound.has_value()) return problems.ToStatus();
  Walked::EditionPtr edition = Walk(*bound, problems);
  if (edition == nullptr) return problems.ToStatus();
  return edition;
}

absl::Status PublishOverlay(const PublishOverlayOptions& options) {
  base::Problems problems;
  const std::optional<BoundSources> bound = BindSources(
      {.folder = options.folder, .overlay = options.overlay}, problems);
  if (!bound.has_value()) return problems.ToStatus();
  CAREROUTE_ASSIGN_OR_RETURN(const bool published,
                             IsPublished(options.engine, bound->hash));
  if (published) return absl::OkStatus();
  // Only what is new is walked through: that takes seconds.
  Walked::EditionPtr edition = Walk(*bound, problems);
  if (edition == nullptr) return problems.ToStatus();
  return PublishEdition(options, std::move(edition));
}

}  // namespace careroute::services
