// lib/casework/internal/apply_consequences.h: what follows from an event, done
// to the state in the order of the fields.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_APPLY_CONSEQUENCES_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_APPLY_CONSEQUENCES_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/event/v1/case_event.pb.h"
#include "lib/casework/case.h"

namespace careroute::casework::internal {

// What the header of the event says, read once.
struct EventTimes {
  int64_t version = 0;
  absl::Time happened;
  absl::Time recorded;
  absl::string_view member;
};

void ApplyConsequences(const event::v1::Consequences& consequences,
                       const EventTimes& times, Case& state);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_APPLY_CONSEQUENCES_H_
