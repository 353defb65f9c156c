// lib/casework/internal/contact_dates.h: when the family is spoken with next.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_CONTACT_DATES_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_CONTACT_DATES_H_

#include "lib/casework/internal/draft.h"

namespace careroute::casework::internal {

// Days to the next contact where the edition states no bound: nobody is
// forgotten for longer than a month.
inline constexpr int kContactDaysDefault = 30;

// By the edition's rule, counted from today.
void SetContactByRule(Draft& draft);

// An open case always has a next contact date, and something that goes on or
// comes: without either, the coordinator looks at it on that date. Run last.
void KeepAlive(Draft& draft);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_CONTACT_DATES_H_
