// services/hub/story/tally.h: what the hubs hold, and what passed between them.
//
//   ShowTally(teller, hubs);

#ifndef CAREROUTE_SERVICES_HUB_STORY_TALLY_H_
#define CAREROUTE_SERVICES_HUB_STORY_TALLY_H_

#include "services/hub/story/hubs.h"
#include "services/hub/story/teller.h"

namespace careroute::services {

// A row for each hub, counted in its store beside the hub that serves it. Ends
// the story when an envelope still waits.
void ShowTally(const Teller& teller, const Hubs& hubs);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_STORY_TALLY_H_
