// Closing by a member, reopening, and the end of a person's record.

#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/contact_dates.h"
#include "lib/casework/internal/ending.h"
#include "lib/casework/internal/guards.h"
#include "lib/casework/internal/referrals.h"

namespace careroute::casework::internal {

RefusalPtr CloseCase(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireCoordinator(draft));
  const command::v1::CloseCase& command = draft.command.close_case();
  const model::v1::Ending* ending = draft.edition.FindEnding(command.ending());
  if (ending == nullptr) {
    RefusalPtr refusal = RefuseUndeclared(command.ending());
    for (const model::v1::Ending& one : draft.edition.pathway().endings()) {
      if (one.by_coordinator()) {
        refusal->add_open_to_actor(one.id());
      }
    }
    return refusal;
  }
  if (!ending->by_coordinator()) {
    return RefuseState("needs_step", "only a step brings this ending about");
  }
  if (command.note().empty()) {
    return RefuseInvalid("note", "the person must be able to read why",
                         "give the reason in words");
  }
  if (ending->has_must_hold()) {
    CAREROUTE_RETURN_IF_REFUSED(RefuseUnmet(
        draft, ending->must_hold(), SubjectRef{}, "ending_must_hold",
        "what must hold for this ending does not hold"));
  }
  draft.event->mutable_case_closed()->set_ending(ending->id());
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "note", command.note());
  draft.parts.AddDocument("document", command.document());
  EndCase(ending->id(), {}, draft);
  return nullptr;
}

RefusalPtr ReopenClosedCase(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireCoordinator(draft));
  if (!draft.state.ending.has_value()) {
    return RefuseState("case_open", "the case is open");
  }
  if (draft.context.person != nullptr &&
      draft.context.person->state == model::v1::PERSON_STATE_ADOPTED) {
    return RefuseAdopted();
  }
  draft.event->mutable_case_reopened();
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "note",
                      draft.command.reopen_case().note());
  ReopenCase(draft);
  SetContactByRule(draft);
  return nullptr;
}

RefusalPtr EraseCase(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireHub(draft));
  draft.event->mutable_case_erased();
  for (const Referral& referral : draft.state.referrals) {
    if (IsOpen(StateOf(referral))) {
      TakeBack(referral, model::v1::REFERRAL_REASON_REQUESTER_CANCELLED, draft);
    }
  }
  return nullptr;
}

}  // namespace careroute::casework::internal
