// lib/calendar/term_from_proto.h: a pathway's term in the plain form.

#ifndef CAREROUTE_LIB_CALENDAR_TERM_FROM_PROTO_H_
#define CAREROUTE_LIB_CALENDAR_TERM_FROM_PROTO_H_

#include "absl/status/statusor.h"
#include "careroute/model/v1/term.pb.h"
#include "lib/calendar/term.h"

namespace careroute::calendar {

// INVALID_ARGUMENT when the term states that there is no limit, or when its
// unit is missing (as in a parameter that no region has bound) or newer than
// this program. Whether n fits the unit is checked when a deadline is computed.
[[nodiscard]] absl::StatusOr<Term> TermFromProto(const model::v1::Term& proto);

}  // namespace careroute::calendar

#endif  // CAREROUTE_LIB_CALENDAR_TERM_FROM_PROTO_H_
