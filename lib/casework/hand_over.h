// lib/casework/hand_over.h: what the hub writes that a case is offered to.
//
// Exactly one event, by which it takes the case or does not; the hub that
// offered it appends the same bytes. Neither needs the pathway: the case goes
// as it stands, and its clocks keep what was promised.
//
//   event::v1::CaseEvent event =
//       ReceivedEvent(state, head, {.now = now, .actor = hub});
//
// Pure. `state` must be frozen.

#ifndef CAREROUTE_LIB_CASEWORK_HAND_OVER_H_
#define CAREROUTE_LIB_CASEWORK_HAND_OVER_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/event/v1/case_event.pb.h"
#include "careroute/model/v1/actor.pb.h"
#include "lib/casework/case.h"

namespace careroute::casework {

// Kinds of messages between the two hubs, and to those a referral went to.
inline constexpr absl::string_view kHandOver = "hand_over";
inline constexpr absl::string_view kHandOverAnswer = "hand_over_answer";
inline constexpr absl::string_view kHomeMoved = "home_moved";

// Who answers, and when.
struct Answering {
  absl::Time now;
  const model::v1::Actor& actor;  // the hub
};

// It is taken: `deputy` is a member of the hub that takes it. Tells the old
// home, and by it whoever performs a referral of the case.
[[nodiscard]] event::v1::CaseEvent ReceivedEvent(const Case& state,
                                                 const std::string& deputy,
                                                 const Answering& answering);

// It is not; `why` is a message key of event.v1.CaseThawed.
[[nodiscard]] event::v1::CaseEvent ThawedEvent(const Case& state,
                                               absl::string_view why,
                                               const Answering& answering);

// Whether the event is one of those two and changes nothing else of the case:
// the old home folds what the other hub wrote, and did not decide on it.
[[nodiscard]] bool IsAnswer(const event::v1::CaseEvent& event);

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_HAND_OVER_H_
