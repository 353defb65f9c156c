// lib/casework/internal/at_once.h: what "at once" is as a term.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_AT_ONCE_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_AT_ONCE_H_

#include "absl/time/time.h"
#include "careroute/model/v1/term.pb.h"
#include "lib/casework/internal/places.h"

namespace careroute::casework::internal {

// Within the minute: an instant that is over when it is computed could never be
// met. What starts with a day, such as a birthday, starts at 00:00, when nobody
// is at work: it is due on that day, by its end.
[[nodiscard]] const model::v1::Term& AtOnce(absl::Time start,
                                            const Place& place);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_AT_ONCE_H_
