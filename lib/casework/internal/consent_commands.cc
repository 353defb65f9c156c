// Consents are given, withdrawn and objected to.

#include <algorithm>
#include <string>

#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/consents.h"

namespace careroute::casework::internal {
namespace {

RefusalPtr FindGiven(const Draft& draft, int32_t number,
                     const ConsentRecord*& consent) {
  consent = FindConsent(draft.state, number);
  if (consent == nullptr) {
    return RefuseNotFound("consent");
  }
  if (consent->state != model::v1::CONSENT_STATE_GIVEN &&
      consent->state != model::v1::CONSENT_STATE_DISPUTED) {
    return RefuseState("consent_over", "the consent is not in force any more");
  }
  return nullptr;
}

bool Holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The giver, whoever decides now, any representative, and the person.
bool MayWithdraw(const Draft& draft, const ConsentRecord& consent,
                 const std::string& who) {
  if (who == consent.given_by || who == PersonOf(draft)) {
    return true;
  }
  const PersonFacts* person = draft.context.person;
  if (person == nullptr) {
    return false;
  }
  const model::v1::Decider* decider = FindDecider(*person, consent.matter);
  return Holds(person->representatives, who) ||
         (decider != nullptr &&
          std::find(decider->deciders().begin(), decider->deciders().end(),
                    who) != decider->deciders().end());
}

}  // namespace

RefusalPtr GiveConsent(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireParticipant(draft));
  const model::v1::Consent& consent = draft.command.give_consent().consent();
  CAREROUTE_RETURN_IF_REFUSED(CheckConsent(draft, consent, "consent"));
  event::v1::ConsentGiven& body = *draft.event->mutable_consent_given();
  body.set_number(TakeConsent(consent, *body.mutable_consent(), draft));
  return nullptr;
}

RefusalPtr WithdrawConsent(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireParticipant(draft));
  const command::v1::WithdrawConsent& command =
      draft.command.withdraw_consent();
  const ConsentRecord* consent = nullptr;
  CAREROUTE_RETURN_IF_REFUSED(FindGiven(draft, command.consent(), consent));
  if (!MayWithdraw(draft, *consent, command.withdrawn_by())) {
    return RefuseMissing(model::v1::ERROR_REASON_WRONG_DECIDER, "wrong_decider",
                         "this person may not withdraw it",
                         {.what = "withdrawn_by",
                          .can_be_met_by = "family",
                          .mend = "ask who gave it or who decides"});
  }
  event::v1::ConsentWithdrawn& body = *draft.event->mutable_consent_withdrawn();
  body.set_number(consent->number);
  body.set_withdrawn_by(command.withdrawn_by());
  draft.SetConsentState(consent->number, model::v1::CONSENT_STATE_WITHDRAWN);
  draft.ClearTimer("consent", consent->number);
  TellHolders(consent->number, "consent_withdrawn", draft);
  AnnounceConsent("consent_withdrawn", *consent, draft);
  return nullptr;
}

RefusalPtr ObjectToConsent(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireParticipant(draft));
  const command::v1::ObjectToConsent& command =
      draft.command.object_to_consent();
  const ConsentRecord* consent = nullptr;
  CAREROUTE_RETURN_IF_REFUSED(FindGiven(draft, command.consent(), consent));
  if (consent->state == model::v1::CONSENT_STATE_DISPUTED) {
    return RefuseState("consent_disputed", "it is disputed already");
  }
  const PersonFacts* person = draft.context.person;
  if (command.objected_by() == consent->given_by || person == nullptr ||
      !Holds(person->representatives, command.objected_by())) {
    return RefuseMissing(model::v1::ERROR_REASON_WRONG_DECIDER, "wrong_decider",
                         "only another representative may object",
                         {.what = "objected_by",
                          .can_be_met_by = "family",
                          .mend = "name a representative of today"});
  }
  if (command.document().kind().empty()) {
    return RefuseMissing(model::v1::ERROR_REASON_OUTCOME_INCOMPLETE,
                         "evidence_needed", "an objection is made in writing",
                         {.what = "document", .mend = "name the paper"});
  }
  event::v1::ConsentDisputed& body = *draft.event->mutable_consent_disputed();
  body.set_number(consent->number);
  body.set_objected_by(command.objected_by());
  draft.parts.AddDocument("document", command.document());
  draft.SetConsentState(consent->number, model::v1::CONSENT_STATE_DISPUTED);
  NoteObjection(draft);
  draft.Tell(draft.Coordinator(), "consent_disputed", 0);
  AnnounceConsent("consent_disputed", *consent, draft);
  return nullptr;
}

}  // namespace careroute::casework::internal
