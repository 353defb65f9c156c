#include "lib/pathway/publish.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "lib/catalogue/check_texts.h"
#include "lib/catalogue/header.h"
#include "lib/catalogue/read_files.h"
#include "lib/pathway/bind.h"
#include "lib/pathway/internal/check_shape.h"
#include "lib/pathway/internal/parse_file.h"

namespace careroute::pathway {
namespace {

using model::v1::Overlay;
using model::v1::Pathway;

std::set<std::tuple<std::string, std::string>> Seen(
    const base::Problems& problems) {
  std::set<std::tuple<std::string, std::string>> seen;
  for (const base::Problem& problem : problems.list()) {
    seen.emplace(problem.reason, problem.message);
  }
  return seen;
}

// What only the region's values make wrong: a limit shortened below its track,
// a role without a text. Roles and texts of the bound pathway are the
// overlay's; everything else stands where the pathway's files have it.
void CheckBound(const Pathway& bound, const LoadedPathway& pathway,
                const LoadedOverlay* overlay, const base::Problems& known,
                base::Problems& problems) {
  base::Problems found;
  CheckPathway(bound, {.walks = 0}, found);
  const auto seen = Seen(known);
  base::Problems of_pathway;
  base::Problems of_overlay;
  for (base::Problem& problem : found.list()) {
    if (seen.find({problem.reason, problem.message}) != seen.end()) {
      continue;
    }
    const bool replaced = absl::StartsWith(problem.path, "roles[") ||
                          absl::StartsWith(problem.path, "texts[");
    if (replaced && overlay != nullptr) {
      problem.path = "";
      of_overlay.Add(std::move(problem));
    } else {
      of_pathway.Add(std::move(problem));
    }
  }
  pathway.source_map.Locate(of_pathway);
  catalogue::AppendNew(of_pathway, problems);
  if (overlay != nullptr) {
    overlay->source_map.Locate(of_overlay);
    catalogue::AppendNew(of_overlay, problems);
  }
}

void CheckLoaded(const LoadedPathway& loaded, const CheckOptions& options,
                 base::Problems& problems) {
  base::Problems found;
  CheckPathway(loaded.pathway, options, found);
  loaded.source_map.Locate(found);
  catalogue::AppendNew(found, problems);
}

void ReportUnknownKind(const std::string& name, base::Problems& problems) {
  base::Problem problem;
  problem.file = name;
  problem.reason = "UNKNOWN_MESSAGE";
  problem.message = "says in its header that it holds what no catalogue has";
  problem.mend =
      "write # proto-message: careroute.model.v1.Pathway, .Block, .Overlay or "
      ".TextTable";
  problems.Add(std::move(problem));
}

// A table of texts; whose texts they are shows in the pathway only.
void CheckTextsFile(const std::string& name, const std::string& content,
                    base::Problems& problems) {
  model::v1::TextTable table;
  internal::ParsedFile parsed =
      internal::ParseFile(name, content, table, problems);
  if (!parsed.ok) {
    return;
  }
  SourceMap source_map;
  const int file = source_map.AddFile(std::move(parsed.source));
  base::Problems found;
  if (internal::CheckShape(table, {}, found)) {
    catalogue::CheckTextTable(table, "", found);
  }
  if (table.language().empty()) {
    found.Error("language", "EMPTY", "does not say its language",
                "write a tag such as \"ru\"");
  }
  source_map.LocateIn(file, found);
  catalogue::AppendNew(found, problems);
}

void CheckOverlayFile(const FileReader& files, const std::string& name,
                      const CheckOptions& options, base::Problems& problems) {
  std::optional<LoadedOverlay> bare = LoadOverlay(files, name, {}, problems);
  if (!bare.has_value()) {
    return;
  }
  const std::string pathway_name = FileOfPathway(bare->overlay.pathway());
  const std::optional<LoadedPathway> pathway =
      LoadPathway(files, pathway_name, problems);
  if (!pathway.has_value()) {
    return;
  }
  // Once more, with the texts of the pathway's languages.
  base::Problems again;
  const std::optional<LoadedOverlay> overlay =
      LoadOverlay(files, name, pathway->pathway.languages(), again);
  if (!overlay.has_value()) {
    catalogue::AppendNew(again, problems);
    return;
  }
  static_cast<void>(PublishLoaded(*pathway, &*overlay, options, problems));
}

size_t CountReadable(const FileReader& files,
                     const std::vector<std::string>& names) {
  return static_cast<size_t>(std::count_if(
      names.begin(), names.end(),
      [&files](const std::string& name) { return files.Read(name).ok(); }));
}

// The names a file needs in its catalogue.
std::vector<std::string> NeededBy(const std::string& name,
                                  const std::string& content) {
  base::Problems ignored;
  if (KindOf(content) == FileKind::kPathway) {
    Pathway pathway;
    static_cast<void>(internal::ParseFile(name, content, pathway, ignored));
    return {pathway.imports().begin(), pathway.imports().end()};
  }
  if (KindOf(content) == FileKind::kOverlay) {
    Overlay overlay;
    static_cast<void>(internal::ParseFile(name, content, overlay, ignored));
    return {FileOfPathway(overlay.pathway())};
  }
  return {};
}

// "a/b/c" → {"a/b", "c"}; a bare name is in the current folder.
std::pair<std::string, std::string> SplitPath(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) {
    return {".", path};
  }
  return {slash == 0 ? "/" : path.substr(0, slash), path.substr(slash + 1)};
}

}  // namespace

std::shared_ptr<const Edition> PublishLoaded(const LoadedPathway& pathway,
                                             const LoadedOverlay* overlay,
                                             const CheckOptions& options,
                                             base::Problems& problems) {
  base::Problems own;
  CheckLoaded(pathway, options, own);
  const std::optional<Pathway> bound = Bind(pathway, overlay, own);
  if (bound.has_value()) {
    CheckBound(*bound, pathway, overlay, base::Problems(own), own);
  }
  const bool good = bound.has_value() && !own.HasErrors();
  catalogue::AppendNew(own, problems);
  if (!good) {
    return nullptr;
  }
  absl::StatusOr<std::shared_ptr<const Edition>> edition =
      Edition::FromBound(SerializeBound(*bound), "");
  if (!edition.ok()) {
    problems.Error("", "NOT_BOUND", edition.status().message(),
                   "correct the pathway");
    return nullptr;
  }
  return *std::move(edition);
}

std::shared_ptr<const Edition> Publish(const FileReader& files,
                                       const PublishOptions& options,
                                       base::Problems& problems) {
  const std::optional<LoadedPathway> pathway =
      LoadPathway(files, options.pathway, problems);
  if (!pathway.has_value()) {
    return nullptr;
  }
  if (options.overlay.empty()) {
    return PublishLoaded(*pathway, nullptr, options.check, problems);
  }
  const std::optional<LoadedOverlay> overlay = LoadOverlay(
      files, options.overlay, pathway->pathway.languages(), problems);
  if (!overlay.has_value()) {
    CheckLoaded(*pathway, options.check, problems);
    return nullptr;
  }
  return PublishLoaded(*pathway, &*overlay, options.check, problems);
}

FileKind KindOf(absl::string_view content) {
  const absl::string_view message = catalogue::MessageInHeader(content);
  if (message.empty() || absl::EndsWith(message, ".Pathway")) {
    return FileKind::kPathway;
  }
  if (absl::EndsWith(message, ".Block")) {
    return FileKind::kBlock;
  }
  if (absl::EndsWith(message, ".Overlay")) {
    return FileKind::kOverlay;
  }
  return absl::EndsWith(message, ".TextTable") ? FileKind::kTexts
                                               : FileKind::kUnknown;
}

std::string FileOfPathway(absl::string_view id) {
  return absl::StrCat(id, "/", id, ".textproto");
}

void CheckFile(const FileReader& files, const std::string& name,
               const CheckOptions& options, base::Problems& problems) {
  const absl::StatusOr<std::string> content = files.Read(name);
  if (!content.ok()) {
    catalogue::ReportUnreadable(name, content.status(), problems);
    return;
  }
  switch (KindOf(*content)) {
    case FileKind::kBlock:
      static_cast<void>(LoadBlock(files, name, problems));
      return;
    case FileKind::kTexts:
      CheckTextsFile(name, *content, problems);
      return;
    case FileKind::kOverlay:
      CheckOverlayFile(files, name, options, problems);
      return;
    case FileKind::kUnknown:
      ReportUnknownKind(name, problems);
      return;
    case FileKind::kPathway:
      break;
  }
  const std::optional<LoadedPathway> loaded =
      LoadPathway(files, name, problems);
  if (loaded.has_value()) {
    CheckLoaded(*loaded, options, problems);
  }
}

CatalogueFile FindInCatalogue(const std::string& path) {
  auto [folder, name] = SplitPath(path);
  CatalogueFile best = {folder, name};
  const absl::StatusOr<std::string> content =
      DirectoryFileReader(best.folder).Read(best.name);
  if (!content.ok()) {
    return best;
  }
  const std::vector<std::string> needed = NeededBy(best.name, *content);
  size_t most = 0;
  for (int level = 0; level <= kCatalogueLevelsMax; ++level) {
    const size_t readable = CountReadable(DirectoryFileReader(folder), needed);
    if (readable > most) {
      most = readable;
      best = {folder, name};
    }
    if (most == needed.size() || folder == "." || folder == "/") {
      break;
    }
    auto [outer, last] = SplitPath(folder);
    name = absl::StrCat(last, "/", name);
    folder = outer;
  }
  return best;
}

}  // namespace careroute::pathway
