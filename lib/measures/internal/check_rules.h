// lib/measures/internal/check_rules.h: the groups of rules of the checker.
//
// Each looks at the whole set for one kind of mistake and adds what it finds.
// They do not depend on each other.

#ifndef CAREROUTE_LIB_MEASURES_INTERNAL_CHECK_RULES_H_
#define CAREROUTE_LIB_MEASURES_INTERNAL_CHECK_RULES_H_

#include "careroute/model/v1/support_measure.pb.h"
#include "lib/base/problems.h"
#include "lib/measures/measure_set.h"

namespace careroute::measures::internal {

// Ids, languages, dates, terms, sources, the mark of a demonstration.
void CheckDeclarations(const model::v1::SupportMeasures& measures,
                       base::Problems& problems);

// Who is entitled: questions about facts and the age, which any pathway that
// declares the facts can answer.
void CheckConditions(const model::v1::SupportMeasures& measures,
                     base::Problems& problems);

// Texts in every declared language, the family's words among them.
void CheckTexts(const model::v1::SupportMeasures& measures, const Texts& texts,
                base::Problems& problems);

}  // namespace careroute::measures::internal

#endif  // CAREROUTE_LIB_MEASURES_INTERNAL_CHECK_RULES_H_
