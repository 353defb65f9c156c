#include "tests/scenarios/catalogue_files.h"

#include <filesystem>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "tests/scenarios/shipped.h"
#include "tests/support/golden.h"

namespace careroute::scenarios {
namespace {

namespace fs = std::filesystem;

// The files of a folder whose names begin so.
absl::Status ReadFolder(const std::string& folder, absl::string_view beginning,
                        CatalogueFiles& files) {
  const fs::path root = kCatalogue;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(root / folder)) {
    const std::string name = entry.path().filename().string();
    if (!absl::StartsWith(name, beginning)) continue;
    CAREROUTE_ASSIGN_OR_RETURN(files[absl::StrCat(folder, "/", name)],
                               tests::ReadFile(entry.path().string()));
  }
  return absl::OkStatus();
}

absl::Status Change(const testing::v1::TextChange& change,
                    CatalogueFiles& files) {
  std::string& text = files[change.file()];
  const size_t at = text.find(change.from());
  if (at == std::string::npos ||
      text.find(change.from(), at + 1) != std::string::npos) {
    return absl::InvalidArgumentError(absl::StrCat(
        "not exactly once in ", change.file(), ": ", change.from()));
  }
  text.replace(at, change.from().size(), change.to());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CatalogueFiles> ChangedCatalogue(
    absl::string_view pathway, const testing::v1::Publish& publish) {
  const std::string id = absl::StrCat(pathway);
  CatalogueFiles files;
  CAREROUTE_RETURN_IF_ERROR(ReadFolder("blocks", "", files));
  CAREROUTE_RETURN_IF_ERROR(ReadFolder(id, id, files));
  CAREROUTE_RETURN_IF_ERROR(
      ReadFolder("overlays", absl::StrCat("demo-region.", id, "."), files));
  for (const testing::v1::TextChange& change : publish.changes()) {
    CAREROUTE_RETURN_IF_ERROR(Change(change, files));
  }
  return files;
}

}  // namespace careroute::scenarios
