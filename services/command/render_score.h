// services/command/render_score.h: what answers are worth, as an assessor reads
// it: item by item, module by module, then total, level and source.

#ifndef CAREROUTE_SERVICES_COMMAND_RENDER_SCORE_H_
#define CAREROUTE_SERVICES_COMMAND_RENDER_SCORE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/assessment.pb.h"
#include "services/command/screen.h"

namespace careroute::services {

// `language` is that of the score: "ru" or "en".
[[nodiscard]] std::string RenderScore(const model::v1::AssessmentScore& score,
                                      absl::string_view language,
                                      const Screen& screen);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_RENDER_SCORE_H_
