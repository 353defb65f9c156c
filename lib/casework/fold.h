// lib/casework/fold.h: an event changes the state of a case, in place.
//
//   Case state;
//   for (const event::v1::CaseEvent& event : stream) Fold(event, state);
//
// The body is applied first, then the consequences in the order of their
// fields. Nothing is concluded: no pathway, calendar, clock or registry is
// asked, so the same events give the same state for ever.
//
// Total: any event, also of hostile bytes, leaves a state that can be folded,
// asked and saved. An event of a newer format, or without a body this release
// knows, sets `ahead` and changes nothing else, and so does every later one.
// Numbers of things that do not exist are passed over.

#ifndef CAREROUTE_LIB_CASEWORK_FOLD_H_
#define CAREROUTE_LIB_CASEWORK_FOLD_H_

#include "careroute/event/v1/case_event.pb.h"
#include "lib/casework/case.h"

namespace careroute::casework {

// The newest format this release can fold.
inline constexpr int32_t kFoldFormatMax = 1;

void Fold(const event::v1::CaseEvent& event, Case& state);

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_FOLD_H_
