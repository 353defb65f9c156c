#include "lib/picture/draw.h"

#include <vector>

#include "absl/types/span.h"
#include "lib/picture/internal/dot.h"
#include "lib/picture/internal/scene.h"
#include "lib/picture/internal/sheets.h"

namespace careroute::picture {
namespace {

Picture Draw(const internal::Scene& scene, const internal::Paper& paper,
             int sheet) {
  const std::vector<internal::Sheet> sheets =
      internal::CutIntoSheets(scene, paper);
  Picture picture = {.sheets = static_cast<int>(sheets.size())};
  if (sheet < 0 || sheet > picture.sheets) return picture;
  absl::Span<const internal::Sheet> shown = sheets;
  if (sheet > 0) shown = shown.subspan(static_cast<size_t>(sheet - 1), 1);
  picture.dot = internal::WriteDot(shown);
  return picture;
}

}  // namespace

Picture DrawPathway(const pathway::Edition& edition,
                    const DrawOptions& options) {
  return Draw(internal::BuildScene(edition, {.language = options.language}),
              internal::kA3Landscape, options.sheet);
}

Picture DrawRoute(const pathway::Edition& edition,
                  const model::v1::Route& route, const DrawOptions& options) {
  return Draw(internal::BuildScene(
                  edition, {.language = options.language, .route = &route}),
              internal::kA4Landscape, options.sheet);
}

}  // namespace careroute::picture
