#include "lib/picture/draw.h"

#include "lib/picture/internal/dot.h"
#include "lib/picture/internal/layout.h"
#include "lib/picture/internal/scene.h"

namespace careroute::picture {
namespace {

std::string Draw(const pathway::Edition& edition,
                 const internal::SceneOptions& options) {
  const internal::Scene scene = internal::BuildScene(edition, options);
  return internal::WriteDot(scene, internal::PlaceScene(scene));
}

}  // namespace

std::string DrawPathway(const pathway::Edition& edition,
                        absl::string_view language) {
  return Draw(edition, {.language = std::string(language)});
}

std::string DrawRoute(const pathway::Edition& edition,
                      const model::v1::Route& route,
                      absl::string_view language) {
  return Draw(edition, {.language = std::string(language), .route = &route});
}

}  // namespace careroute::picture
