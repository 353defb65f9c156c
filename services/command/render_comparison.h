// services/command/render_comparison.h: what differs between two editions, as
// people read it.
//
//   out << RenderComparison(difference, "ru", screen);

#ifndef CAREROUTE_SERVICES_COMMAND_RENDER_COMPARISON_H_
#define CAREROUTE_SERVICES_COMMAND_RENDER_COMPARISON_H_

#include <string>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/edition_difference.pb.h"
#include "services/command/screen.h"

namespace careroute::services {

// One table for each effect on open cases, the heaviest first, then the number
// of texts. Russian for "ru", English for any other language.
[[nodiscard]] std::string RenderComparison(
    const model::v1::EditionDifference& difference, absl::string_view language,
    const Screen& screen);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_RENDER_COMPARISON_H_
