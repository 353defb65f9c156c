// services/command/render_problems.h: what is wrong with files.
//
//   early-help.textproto:12:3: error: steps[3].id: an id is required
//     give the step an id [EMPTY]

#ifndef CAREROUTE_SERVICES_COMMAND_RENDER_PROBLEMS_H_
#define CAREROUTE_SERVICES_COMMAND_RENDER_PROBLEMS_H_

#include <string>

#include "lib/base/problems.h"
#include "services/command/screen.h"

namespace careroute::services {

// In the order found; file:line:column first, as editors read it. Below, how
// many errors and warnings there are; nothing for none.
[[nodiscard]] std::string RenderProblems(const base::Problems& problems,
                                         const Screen& screen);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_RENDER_PROBLEMS_H_
