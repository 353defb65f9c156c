// lib/pathway/internal/term_range.h: is one term surely longer than another?
//
// Terms in different units have no fixed length: a month has 28 to 31 days, ten
// working days can be two weeks or, around New Year, three. The checker calls
// two terms contradictory only when they are so on every calendar.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_TERM_RANGE_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_TERM_RANGE_H_

#include "careroute/model/v1/condition.pb.h"
#include "careroute/model/v1/term.pb.h"

namespace careroute::pathway::internal {

// True when `a` is longer than `b` whatever the calendar. False for terms whose
// length is not known yet (an unbound parameter, no_limit).
[[nodiscard]] bool SurelyLonger(const model::v1::Term& a,
                                const model::v1::Term& b);

// The same, also when both are surely equal.
[[nodiscard]] bool SurelyNotShorter(const model::v1::Term& a,
                                    const model::v1::Term& b);

// Whether the day so long before the age surely lies before the birth.
[[nodiscard]] bool IsBeforeBirth(const model::v1::Age& age,
                                 const model::v1::Term& before_by);

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_TERM_RANGE_H_
