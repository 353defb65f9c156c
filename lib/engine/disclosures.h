// lib/engine/disclosures.h: whether data of a case may pass, and why.

#ifndef CAREROUTE_LIB_ENGINE_DISCLOSURES_H_
#define CAREROUTE_LIB_ENGINE_DISCLOSURES_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "careroute/model/v1/consent.pb.h"
#include "lib/access/data_class_set.h"
#include "lib/calendar/calendar_set.h"
#include "lib/casework/referral.h"
#include "lib/engine/cases.h"

namespace careroute::engine {

struct DisclosureAsked {
  std::string step;              // in which it would pass
  std::string receiver;          // "organisations/{organisation}"
  access::DataClassSet classes;  // empty = every class
  std::string language;          // of the reasons
  absl::Time now;
};

// The verdict as of now, with its tree of reasons: what a referral of the step
// to the receiver would be told if it were made now, for the work that is live.
// NOT_FOUND for a step or a receiver that does not exist. Pure.
[[nodiscard]] absl::StatusOr<model::v1::Verdict> ExplainDisclosure(
    const CaseReading& reading, const DisclosureAsked& asked,
    const calendar::CalendarSet& calendars);

// The classes of the referral that may go to its performer now: those disclosed
// with it whose ground still holds, on the day that it is at home. What
// ReadableClasses says of reading holds for what leaves to be read. Pure.
[[nodiscard]] access::DataClassSet PassableClasses(
    const CaseReading& reading, const casework::Referral& referral,
    absl::Time now, const calendar::CalendarSet& calendars);

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_DISCLOSURES_H_
