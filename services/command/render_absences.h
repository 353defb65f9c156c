// services/command/render_absences.h: when a member does not work.

#ifndef CAREROUTE_SERVICES_COMMAND_RENDER_ABSENCES_H_
#define CAREROUTE_SERVICES_COMMAND_RENDER_ABSENCES_H_

#include <string>

#include "careroute/model/v1/directory.pb.h"
#include "services/command/screen.h"
#include "services/command/wall.h"

namespace careroute::services {

// The member, and below it the first and last day of each absence.
[[nodiscard]] std::string RenderAbsences(const model::v1::Member& member,
                                         const Wall& wall,
                                         const Screen& screen);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_RENDER_ABSENCES_H_
