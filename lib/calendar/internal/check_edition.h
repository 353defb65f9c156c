// lib/calendar/internal/check_edition.h: what must hold of an edition apart
// from its years and zones, each with a mend.

#ifndef CAREROUTE_LIB_CALENDAR_INTERNAL_CHECK_EDITION_H_
#define CAREROUTE_LIB_CALENDAR_INTERNAL_CHECK_EDITION_H_

#include "careroute/model/v1/calendar.pb.h"
#include "lib/base/problems.h"

namespace careroute::calendar::internal {

// False, with a problem, when a list is longer than any real calendar's: the
// other checks compare entries with each other and must not be asked to.
[[nodiscard]] bool CheckSizes(const model::v1::CalendarEdition& edition,
                              base::Problems& problems);

// Ids, title, weekend, holidays, the rule of ages and the sources of rules.
void CheckEdition(const model::v1::CalendarEdition& edition,
                  base::Problems& problems);

// An act, a provenance, and for what is recalled a confidence; reported under
// `source` of the current place.
void CheckSource(const model::v1::Source& source, base::Problems& problems);

// A text in Russian and in English, none empty; reported under `title`.
void CheckTitle(const model::v1::LocalizedText& title,
                base::Problems& problems);

}  // namespace careroute::calendar::internal

#endif  // CAREROUTE_LIB_CALENDAR_INTERNAL_CHECK_EDITION_H_
