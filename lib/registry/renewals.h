// lib/registry/renewals.h: when consents must be looked at anew.
//
// A consent outlives neither the right of who gave it nor their papers. These
// are the days on which somebody gains or loses a say, so that the case can
// raise `consents_to_renew` on them and the route can show them ahead.
//
//   for (const Renewal& renewal :
//        RenewalsIn(input, {.first = today, .last = today + 90})) ...

#ifndef CAREROUTE_LIB_REGISTRY_RENEWALS_H_
#define CAREROUTE_LIB_REGISTRY_RENEWALS_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "lib/registry/decider.h"

namespace careroute::registry {

// A day on which consents must be looked at anew (`consents_to_renew`).
struct Renewal {
  absl::CivilDay on;
  // "renewal.birthday", "renewal.representative_ends",
  // "renewal.document_expires", "renewal.parent_turns_16"
  std::string message_key;
  // The age, or the representative's number.
  int argument = 0;

  friend bool operator==(const Renewal&, const Renewal&) = default;
};

// Both days included.
struct DaySpan {
  absl::CivilDay first;
  absl::CivilDay last;
};

// The 14th, 15th, 16th and 18th birthday, the ends of representatives and of
// their documents, a parent's 16th birthday, in order.
[[nodiscard]] std::vector<Renewal> RenewalsIn(const DeciderInput& input,
                                              const DaySpan& span);

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_RENEWALS_H_
