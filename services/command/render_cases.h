// services/command/render_cases.h: a list of cases, a line each.

#ifndef CAREROUTE_SERVICES_COMMAND_RENDER_CASES_H_
#define CAREROUTE_SERVICES_COMMAND_RENDER_CASES_H_

#include <string>

#include "careroute/api/v1/case_service.pb.h"
#include "services/command/screen.h"
#include "services/command/wall.h"

namespace careroute::services {

// Overdue ones stand out; below, how many there are.
[[nodiscard]] std::string RenderCases(const api::v1::ListCasesResponse& page,
                                      const Wall& wall, const Screen& screen);

// "In all: 12." or "In all: more than 1000."
[[nodiscard]] std::string TotalWords(int total, bool more,
                                     absl::string_view language);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_RENDER_CASES_H_
