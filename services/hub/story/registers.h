// services/hub/story/registers.h: the organisations that the hubs know.
//
//   const int count = ImportRegisters(teller, hubs);

#ifndef CAREROUTE_SERVICES_HUB_STORY_REGISTERS_H_
#define CAREROUTE_SERVICES_HUB_STORY_REGISTERS_H_

#include "services/hub/story/hubs.h"
#include "services/hub/story/teller.h"

namespace careroute::services {

// Imports the organisations of data/ into every hub. All hubs know all of them,
// and which hub hosts each; its people call there from now on. Answers how many
// there are.
int ImportRegisters(const Teller& teller, Hubs& hubs);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_STORY_REGISTERS_H_
