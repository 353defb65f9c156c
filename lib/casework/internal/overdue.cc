#include <algorithm>

#include "lib/casework/internal/deadlines.h"

namespace careroute::casework::internal {

bool IsOverdue(const Draft& draft, int32_t occurrence, int32_t referral) {
  return std::any_of(draft.state.deadlines.begin(), draft.state.deadlines.end(),
                     [&](const DeadlineRecord& one) {
                       const bool concerns =
                           (occurrence != 0 && one.occurrence == occurrence &&
                            one.referral == 0) ||
                           (referral != 0 && one.referral == referral);
                       return concerns && !one.stopped && one.due.has_value() &&
                              *one.due <= draft.happened;
                     });
}

}  // namespace careroute::casework::internal
