// lib/calendar/internal/check_zone.h: what must hold of the clocks of an
// edition.

#ifndef CAREROUTE_LIB_CALENDAR_INTERNAL_CHECK_ZONE_H_
#define CAREROUTE_LIB_CALENDAR_INTERNAL_CHECK_ZONE_H_

#include <vector>

#include "careroute/model/v1/calendar.pb.h"
#include "lib/base/problems.h"
#include "lib/calendar/zone.h"

namespace careroute::calendar::internal {

// Ids that are there once, offsets in order, each with an act.
void CheckZones(const model::v1::CalendarEdition& edition,
                base::Problems& problems);

// The offsets of a zone that CheckZones found sound.
[[nodiscard]] std::vector<ZoneOffset> ReadOffsets(const model::v1::Zone& zone);

}  // namespace careroute::calendar::internal

#endif  // CAREROUTE_LIB_CALENDAR_INTERNAL_CHECK_ZONE_H_
