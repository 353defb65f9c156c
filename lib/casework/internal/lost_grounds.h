// lib/casework/internal/lost_grounds.h: what becomes of referrals to other hubs
// when a consent ends.
//
// A performer of this hub reads through the case, which judges each time. What
// is on its way to another hub, or there, nobody here can withhold any more:
// the one is taken back, the other recalled.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_LOST_GROUNDS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_LOST_GROUNDS_H_

#include "lib/casework/internal/draft.h"

namespace careroute::casework::internal {

// Of each referral to another hub with a class that lost its ground in this
// command: what has not left is cancelled, and the coordinator told that the
// work waits; of what has left the classes are recalled. Classes another
// consent or a law still lets pass stay. A dispute pauses and ends nothing: it
// takes back what has not left, and recalls nothing. Nothing is recalled at an
// ending of the case, which asks the performer to stop by itself and may be
// undone. Run after the rules have come to rest.
void SettleLostGrounds(Draft& draft);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_LOST_GROUNDS_H_
