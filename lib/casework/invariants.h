// lib/casework/invariants.h: what holds of every state that decide leads to.
//
// Asked by tests, by the simulator after each command, and by verify of a
// stored case. A broken invariant is a defect of this library or a damaged
// stream, never a user's mistake.
//
//   for (const std::string& broken : BrokenInvariants(state)) Report(broken);
//
//  1. Numbers are unique, sorted, and below the counters that give them.
//  2. An open case has a coordinator, a deputy, a person, an edition and a next
//     contact date.
//  3. An open case has a live step, or something that comes: a schedule.
//  4. Deadlines run on live occurrences or on referrals that exist; what is
//     owed as evidence has its deadline.
//  5. Occurrences, deadlines and timers name what exists; level times ascend
//     and the level raised is one of them.
//  6. A step is live once for a subject, unless a performer is being replaced
//     or the step may be live twice (asked with the edition only).
//  7. An occurrence is suspended only under an interrupt that holds or while
//     the step that must come before is live (asked with the edition only).
//  8. A closed case has no holding stop and no interrupt; an open one has
//     nothing set aside.
//  9. Recorded time is not before the opening is recorded; facts and past
//     outcomes were recorded by events there are.
// 10. A referral has another hub exactly if it was sent there: then its first
//     envelope is a message of the case, and whatever was taken or did not
//     arrive is one of its envelopes.
// 11. A snapshot of it is below kSnapshotBytesMax.

#ifndef CAREROUTE_LIB_CASEWORK_INVARIANTS_H_
#define CAREROUTE_LIB_CASEWORK_INVARIANTS_H_

#include <string>
#include <vector>

#include "lib/casework/case.h"
#include "lib/pathway/edition.h"

namespace careroute::casework {

// One sentence for each that is broken; empty = all hold. A case that is ahead,
// erased or not opened has only the first.
[[nodiscard]] std::vector<std::string> BrokenInvariants(const Case& state);

// The same with those that only the edition can judge.
[[nodiscard]] std::vector<std::string> BrokenInvariants(
    const Case& state, const pathway::Edition& edition);

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_INVARIANTS_H_
