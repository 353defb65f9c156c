// lib/scoring/internal/check_rules.h: the groups of rules of the checker.
//
// Each looks at the whole instrument for one kind of mistake and adds what it
// finds. They do not depend on each other: a rule meets an id that names
// nothing by passing it over, since another reports it.

#ifndef CAREROUTE_LIB_SCORING_INTERNAL_CHECK_RULES_H_
#define CAREROUTE_LIB_SCORING_INTERNAL_CHECK_RULES_H_

#include "careroute/model/v1/instrument.pb.h"
#include "lib/base/problems.h"

namespace careroute::scoring::internal {

// Ids, edition, languages, dates, sources, answers; what must be said.
void CheckDeclarations(const model::v1::Instrument& instrument,
                       base::Problems& problems);

// Numbers that are none, or too fine to be added without rounding.
void CheckNumbers(const model::v1::Instrument& instrument,
                  base::Problems& problems);

// What modules add up: ids, double use, circles, the total, what is unused.
void CheckModules(const model::v1::Instrument& instrument,
                  base::Problems& problems);

// Conditions on answers: ids, options, circles.
void CheckConditions(const model::v1::Instrument& instrument,
                     base::Problems& problems);

// Levels, their bands, the crosswalk, overrides: ids, what excludes what.
void CheckLevels(const model::v1::Instrument& instrument,
                 base::Problems& problems);

// Age variants: ranges, overlaps, what they replace.
void CheckAges(const model::v1::Instrument& instrument,
               base::Problems& problems);

// Bands that overlap, leave a sum uncovered, or are never reached; levels that
// nobody can have.
void CheckBands(const model::v1::Instrument& instrument,
                base::Problems& problems);

// Texts in every declared language.
void CheckTexts(const model::v1::Instrument& instrument,
                base::Problems& problems);

}  // namespace careroute::scoring::internal

#endif  // CAREROUTE_LIB_SCORING_INTERNAL_CHECK_RULES_H_
