// services/hub/story/families.h: the families of the story.
//
// Each adds the beats of its life to the schedule, checks at every turn that
// the hub does as told, and shows its route at the end. All are invented.
//
//   Schedule schedule;
//   TellSofia(teller, schedule);

#ifndef CAREROUTE_SERVICES_HUB_STORY_FAMILIES_H_
#define CAREROUTE_SERVICES_HUB_STORY_FAMILIES_H_

#include "services/hub/story/hubs.h"
#include "services/hub/story/schedule.h"
#include "services/hub/story/teller.h"

namespace careroute::services {

// From a polyclinic to a kindergarten; a second report in between.
void TellSofia(const Teller& teller, Schedule& schedule);
// The family declines exchange and takes the referral in hand.
void TellTimur(const Teller& teller, Schedule& schedule);
// Consent refused for one agency, and later given.
void TellKira(const Teller& teller, Schedule& schedule);
// A rejection that finds the next best provider.
void TellLev(const Teller& teller, Schedule& schedule);
// A village cut off by ice: a queue, and help at a distance.
void TellVasya(const Teller& teller, Schedule& schedule);
// Three unanswered calls that end in a visit.
void TellZhenya(const Teller& teller, Schedule& schedule);
// A grandmother who cares for the child without papers.
void TellMatvey(const Teller& teller, Schedule& schedule);
// Another agency answers late, and nothing waits for it.
void TellArtyom(const Teller& teller, Schedule& schedule);
// A deadline missed, and escalated.
void TellYegor(const Teller& teller, Schedule& schedule);
// Twins, never merged.
void TellTwins(const Teller& teller, Schedule& schedule);
// No place on the third birthday.
void TellNastya(const Teller& teller, Schedule& schedule);
// A heart defect found before birth, operated in another region.
void TellMiron(const Teller& teller, Schedule& schedule);
// Palliative care begins, and ends because the child is better.
void TellPlaton(const Teller& teller, Schedule& schedule);
// A child dies, and the family is not left alone.
void TellVarya(const Teller& teller, Schedule& schedule);
// From hospital to care at home, with a level that she disputes.
void TellAntonina(const Teller& teller, Schedule& schedule);
// Dementia and no guardian: help does not wait for one.
void TellNikolay(const Teller& teller, Schedule& schedule);
// A case on one hub, surgery on another, and a third that is down for a day.
void TellZlata(const Teller& teller, Hubs& hubs, Schedule& schedule);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_STORY_FAMILIES_H_
