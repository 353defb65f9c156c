// Who takes no part in a case may see it in an emergency: for a while, with a
// reason, and never unseen.

#include <string>

#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/times.h"

namespace careroute::casework::internal {

RefusalPtr OpenInEmergency(Draft& draft) {
  const model::v1::Actor& actor = *draft.context.actor;
  if (IsParticipant(draft)) {
    return RefuseState("takes_part_already",
                       "the organisation takes part in the case: it can be "
                       "read as always");
  }
  if (actor.purpose() != "care") {
    return RefuseMissing(model::v1::ERROR_REASON_ROLE_NOT_ALLOWED,
                         "emergency_for_care",
                         "a case is opened in an emergency for care only",
                         {.what = "purpose", .mend = "call for care"});
  }
  model::v1::EmergencySight& sight =
      *draft.event->mutable_opened_in_emergency()->mutable_sight();
  sight.set_member(actor.member());
  ToProto(draft.context.now + kEmergencySight, sight.mutable_until_time());
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "reason",
                      draft.command.open_in_emergency().reason());
  draft.Tell(draft.Coordinator(), "opened_in_emergency", 0);
  draft.Tell(draft.state.deputy, "opened_in_emergency", 0);
  return nullptr;
}

}  // namespace careroute::casework::internal
