#include "services/command/pathway_file.h"

#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/pathway/publish.h"

namespace careroute::services {
namespace {

std::optional<model::v1::Pathway> ReadBound(const pathway::CatalogueFile& file,
                                            const std::string& path,
                                            const std::string& overlay,
                                            base::Problems& problems) {
  const std::optional<std::string> name = NameInCatalogue(overlay, file.folder);
  if (!name.has_value()) {
    ReportOtherCatalogue(path, file.folder, overlay, problems);
    return std::nullopt;
  }
  const std::shared_ptr<const pathway::Edition> edition =
      pathway::Publish(pathway::DirectoryFileReader(file.folder),
                       {.pathway = file.name, .overlay = *name}, problems);
  if (edition == nullptr) return std::nullopt;
  return edition->pathway();
}

}  // namespace

std::optional<std::string> NameInCatalogue(const std::string& overlay,
                                           const std::string& folder) {
  std::error_code failed;
  const std::filesystem::path name =
      std::filesystem::relative(overlay, folder, failed);
  if (failed || name.empty() || *name.begin() == "..") return std::nullopt;
  return name.generic_string();
}

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

void ReportOtherCatalogue(const std::string& path, const std::string& folder,
                          const std::string& overlay,
                          base::Problems& problems) {
  problems.Add({.file = overlay,
                .reason = "OTHER_CATALOGUE",
                .message = absl::StrCat("the overlay does not stand in ",
                                        folder, ", the catalogue of ", path),
                .mend = "put both into one catalogue"});
}

std::optional<model::v1::Pathway> ReadPathwayFile(const std::string& path,
                                                  const std::string& overlay,
                                                  base::Problems& problems) {
  const pathway::CatalogueFile file = pathway::FindInCatalogue(path);
  const size_t first = problems.list().size();
  std::optional<model::v1::Pathway> read;
  if (overlay.empty()) {
    std::optional<pathway::LoadedPathway> loaded = pathway::LoadPathway(
        pathway::DirectoryFileReader(file.folder), file.name, problems);
    if (loaded.has_value()) read = std::move(loaded->pathway);
  } else {
    read = ReadBound(file, path, overlay, problems);
  }
  NameFromHere(file.folder, first, problems);
  return read;
}

}  // namespace careroute::services
