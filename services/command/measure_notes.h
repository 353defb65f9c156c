// services/command/measure_notes.h: what stands below a support measure on the
// coordinator's page: papers, term, act, how sure it is.

#ifndef CAREROUTE_SERVICES_COMMAND_MEASURE_NOTES_H_
#define CAREROUTE_SERVICES_COMMAND_MEASURE_NOTES_H_

#include <vector>

#include "careroute/model/v1/route.pb.h"
#include "services/command/table.h"
#include "services/command/wall.h"

namespace careroute::services {

[[nodiscard]] std::vector<Note> MeasureNotes(
    const model::v1::RouteMeasure& measure, const Wall& wall);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_MEASURE_NOTES_H_
