// services/command/render_workload.h: what coordinators have in hand, a line
// each.

#ifndef CAREROUTE_SERVICES_COMMAND_RENDER_WORKLOAD_H_
#define CAREROUTE_SERVICES_COMMAND_RENDER_WORKLOAD_H_

#include <string>

#include "careroute/api/v1/directory_service.pb.h"
#include "services/command/screen.h"
#include "services/command/wall.h"

namespace careroute::services {

// Those with overdue deadlines stand out; "1000+" where counting stopped.
[[nodiscard]] std::string RenderWorkload(
    const api::v1::ListWorkloadResponse& page, const Wall& wall,
    const Screen& screen);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_RENDER_WORKLOAD_H_
