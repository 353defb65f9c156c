// What a referral tells another hub, and the hub did not hear.

#include <string>

#include "lib/casework/decide.h"
#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/commands.h"

namespace careroute::casework::internal {
namespace {

constexpr absl::string_view kWithheld = "withheld";

// Taken without what it was to tell: the performer never has the referral, and
// nothing that comes later changes that.
bool NeverOpened(const Referral& referral) {
  return referral.undelivered == 1 && referral.undelivered_why == kWithheld;
}

bool IsKnown(const command::v1::NoteUndelivered& command,
             const Referral& referral) {
  if (NeverOpened(referral)) {
    return true;
  }
  if (command.why() == kArrivedAfterAll) {
    return referral.undelivered == 0 ||
           command.envelope() < referral.undelivered;
  }
  return command.envelope() < referral.undelivered ||
         (command.envelope() == referral.undelivered &&
          command.why() == referral.undelivered_why);
}

}  // namespace

RefusalPtr NoteUndelivered(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireHub(draft));
  const command::v1::NoteUndelivered& command =
      draft.command.note_undelivered();
  const Referral* referral = FindReferral(draft.state, command.referral());
  if (referral == nullptr || referral->hub.empty()) {
    return RefuseNotFound("referral");
  }
  if (command.envelope() < 1 || command.envelope() > referral->envelopes) {
    return RefuseInvalid("envelope", "the referral has no such envelope",
                         "name one that was sent");
  }
  if (command.why().empty()) {
    return RefuseInvalid("why", "it is not said why", "say it");
  }
  if (IsKnown(command, *referral)) {
    return RefuseState("already_applied", "this had its effect already");
  }
  event::v1::ReferralUndelivered& body =
      *draft.event->mutable_referral_undelivered();
  body.set_number(referral->number);
  body.set_envelope(command.envelope());
  if (command.why() == kArrivedAfterAll) {
    return nullptr;
  }
  body.set_why(command.why());
  draft.Tell(draft.Coordinator(), "referral_undelivered", referral->occurrence);
  return nullptr;
}

}  // namespace careroute::casework::internal
