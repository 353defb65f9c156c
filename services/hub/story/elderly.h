// services/hub/story/elderly.h: what the families of long-term care share.

#ifndef CAREROUTE_SERVICES_HUB_STORY_ELDERLY_H_
#define CAREROUTE_SERVICES_HUB_STORY_ELDERLY_H_

#include <string>

#include "services/hub/story/person.h"

namespace careroute::services {

// Somebody of that town of Kuzbass.
[[nodiscard]] Human InLeninskKuznetsky(Human human);

// A signed consent to pass on to all who take part in care.
[[nodiscard]] model::v1::Consent ToAllOfCare(const Teller& teller,
                                             const std::string& by);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_STORY_ELDERLY_H_
