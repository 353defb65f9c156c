// services/hub/story/contact.h: the coordinator rings the family up.
//
//   IsRungUp(family, coordinator);

#ifndef CAREROUTE_SERVICES_HUB_STORY_CONTACT_H_
#define CAREROUTE_SERVICES_HUB_STORY_CONTACT_H_

#include "services/hub/story/family_case.h"

namespace careroute::services {

// And answers; the next contact is when the pathway says.
void IsRungUp(const FamilyCase& family, const Who& coordinator);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_STORY_CONTACT_H_
