// lib/picture/internal/legend.h: how to read a picture, a row a sign.

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_LEGEND_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_LEGEND_H_

#include <vector>

#include "lib/picture/internal/limit_text.h"
#include "lib/picture/internal/scene.h"

namespace careroute::picture::internal {

[[nodiscard]] std::vector<LegendRow> PathwayLegend(const Tongue& tongue);
[[nodiscard]] std::vector<LegendRow> RouteLegend(const Tongue& tongue);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_LEGEND_H_
