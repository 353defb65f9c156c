// services/hub/story/families.h: the families of the story.
//
// Each adds the beats of its life to the schedule, checks at every turn that
// the hub does as told, and shows its route at the end. All are invented.
//
//   Schedule schedule;
//   TellSofia(teller, schedule);

#ifndef CAREROUTE_SERVICES_HUB_STORY_FAMILIES_H_
#define CAREROUTE_SERVICES_HUB_STORY_FAMILIES_H_

#include "services/hub/story/schedule.h"
#include "services/hub/story/teller.h"

namespace careroute::services {

// From a polyclinic to a kindergarten; a second report in between.
void TellSofia(const Teller& teller, Schedule& schedule);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_STORY_FAMILIES_H_
