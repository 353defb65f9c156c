// A case is offered to another hub.

#include "lib/casework/hand_over.h"

#include <string>

#include "careroute/event/v1/hand_over_event.pb.h"
#include "lib/access/data_class_set.h"
#include "lib/casework/disclosure.h"
#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/edit.h"

namespace careroute::casework::internal {
namespace {

using access::DataClassSet;

// All that a history may hold: with it go the keys to everything.
DataClassSet WholeHistory() {
  DataClassSet classes = DataClassSet::All();
  classes.Remove(model::v1::DATA_CLASS_UNSPECIFIED);
  classes.Remove(model::v1::DATA_CLASS_ROUTE);
  return classes;
}

// The family moves, and it says so: only a consent that names the organisation
// itself speaks of where to. One that is disputed waits for the dispute. One
// that ends by itself could end on the way, when nobody may write that the case
// stays.
DataClassSet ConsentedTo(absl::string_view organisation, const Draft& draft) {
  DataClassSet classes;
  const std::string receiver(organisation);
  for (const ConsentRecord& one : draft.state.consents) {
    if (one.matter == model::v1::CONSENT_MATTER_DATA &&
        one.state == model::v1::CONSENT_STATE_GIVEN && one.to.empty() &&
        IsInForce(one, draft.places.today_text()) &&
        Holds(one.to_organisations, receiver)) {
      classes = classes.Or(DataClassSet::Of(one.classes));
    }
  }
  return classes;
}

RefusalPtr CheckConsent(absl::string_view organisation, const Draft& draft) {
  const DataClassSet missing =
      WholeHistory().Without(ConsentedTo(organisation, draft));
  if (missing.empty()) {
    return nullptr;
  }
  RefusalPtr refusal = NewRefusal(
      model::v1::ERROR_REASON_NO_GROUND, "no_consent_to_hand_over",
      "the family has not consented to pass the whole history there");
  missing.ForEach([&refusal](model::v1::DataClass one) {
    AddMissing({.what = model::v1::DataClass_Name(one),
                .can_be_met_by = "family",
                .mend = "record a consent without a last day that names the "
                        "organisation and this class, or let the family report "
                        "its need there"},
               *refusal);
  });
  return refusal;
}

RefusalPtr CheckReceiver(const command::v1::FreezeCase& command,
                         const Draft& draft) {
  if (command.hub() == draft.context.hub) {
    return RefuseInvalid("hub", "it is this hub", "name the other one");
  }
  const OrganisationFacts* receiver =
      draft.context.directory->Find(OrganisationOf(command.coordinator()));
  if (receiver == nullptr || !receiver->in_operation ||
      receiver->hub != command.hub()) {
    return RefuseInvalid("coordinator",
                         "that hub has no such organisation in operation",
                         "name a member of an organisation of that hub");
  }
  return nullptr;
}

// What was told before the freeze is told by who tells it now.
RefusalPtr CheckMayLeave(const Draft& draft) {
  if (draft.context.hub.empty() || draft.state.home.hub.empty()) {
    return RefuseState("opened_without_hub",
                       "the case was opened before this hub had a name, and "
                       "its history does not say where it belongs");
  }
  if (draft.context.messages_wait) {
    return RefuseMissing(model::v1::ERROR_REASON_WRONG_STATE, "messages_wait",
                         "what the case has told others has not arrived yet",
                         {.what = "outbox",
                          .can_be_met_by = "administrator",
                          .mend = "wait until it has, or see what keeps it"});
  }
  return nullptr;
}

}  // namespace

RefusalPtr FreezeCase(Draft& draft) {
  if (draft.context.actor->role() != model::v1::ACTOR_ROLE_ADMINISTRATOR) {
    CAREROUTE_RETURN_IF_REFUSED(RequireCoordinator(draft));
  }
  const command::v1::FreezeCase& command = draft.command.freeze_case();
  CAREROUTE_RETURN_IF_REFUSED(CheckReceiver(command, draft));
  CAREROUTE_RETURN_IF_REFUSED(CheckMayLeave(draft));
  CAREROUTE_RETURN_IF_REFUSED(
      CheckConsent(OrganisationOf(command.coordinator()), draft));
  event::v1::CaseFrozen& body = *draft.event->mutable_case_frozen();
  body.set_hand_over(draft.context.fresh_ids.front().Bytes());
  body.set_hub(command.hub());
  body.set_coordinator(command.coordinator());
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "note", command.note());
  draft.AddMessage(kHandOver, ToHub(command.hub()));
  return nullptr;
}

}  // namespace careroute::casework::internal
