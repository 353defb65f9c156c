// Messages of other streams: the person's other cases, linked cases, the
// registry. Each is applied once.

#include <algorithm>
#include <string>

#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/consents.h"
#include "lib/casework/internal/facts.h"
#include "lib/casework/internal/starts.h"

namespace careroute::casework::internal {
namespace {

using command::v1::ReceiveMessage;

bool IsKnown(const Draft& draft, const ReceiveMessage& command) {
  return std::any_of(draft.state.senders.begin(), draft.state.senders.end(),
                     [&command](const SenderMark& one) {
                       return one.from == command.from() &&
                              one.sequence >= command.sequence();
                     });
}

// Another pathway may record facts this one does not know: those are passed
// over, not refused, for they are true all the same.
void TakeForeignFacts(const Facts& facts, Facts& body, Draft& draft) {
  for (const model::v1::Fact& one : facts) {
    Facts alone;
    *alone.Add() = one;
    if (CheckFacts(draft, alone, "facts", NewSubjects::kNone) == nullptr) {
      model::v1::Fact& taken = *body.Add();
      taken = Normal(one, draft);
      draft.PutFact(taken, /*by_the_way=*/false);
    }
  }
}

void TakeConsent(const model::v1::Consent& consent,
                 event::v1::MessageReceived& body, Draft& draft) {
  event::v1::ConsentGiven& given = *body.mutable_consent_given();
  given.set_number(
      TakeForeignConsent(consent, *given.mutable_consent(), draft));
}

// The consent of that name while it may still be relied on; null = none.
const ConsentRecord* FindHeld(const Draft& draft, const std::string& name) {
  const ConsentRecord* one = FindConsentByName(draft, name);
  const bool held =
      one != nullptr && (one->state == model::v1::CONSENT_STATE_GIVEN ||
                         one->state == model::v1::CONSENT_STATE_DISPUTED);
  return held ? one : nullptr;
}

void WithdrawForeign(const std::string& name, event::v1::MessageReceived& body,
                     Draft& draft) {
  const ConsentRecord* one = FindHeld(draft, name);
  if (one == nullptr) {
    return;
  }
  body.mutable_consent_withdrawn()->set_number(one->number);
  draft.SetConsentState(one->number, model::v1::CONSENT_STATE_WITHDRAWN);
  draft.ClearTimer("consent", one->number);
  TellHolders(one->number, "consent_withdrawn", draft);
}

void DisputeForeign(const std::string& name, event::v1::MessageReceived& body,
                    Draft& draft) {
  const ConsentRecord* one = FindHeld(draft, name);
  if (one == nullptr || one->state == model::v1::CONSENT_STATE_DISPUTED) {
    return;
  }
  body.mutable_consent_disputed()->set_number(one->number);
  draft.SetConsentState(one->number, model::v1::CONSENT_STATE_DISPUTED);
  NoteObjection(draft);
  draft.Tell(draft.Coordinator(), "consent_disputed", 0);
}

// The birth date may be known now, and others may decide.
void TakeDeciders(Draft& draft) {
  draft.MoveDates();
  LapseByDecider(draft);
  ScheduleAllDates(/*at_entry=*/true, draft);
  draft.TouchDeadlines();
  draft.Push({.kind = Change::Kind::kDate});
}

}  // namespace

RefusalPtr ReceiveMessage(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireHub(draft));
  const command::v1::ReceiveMessage& command = draft.command.receive_message();
  if (IsKnown(draft, command)) {
    return RefuseState("already_applied", "this had its effect already");
  }
  event::v1::MessageReceived& body = *draft.event->mutable_message_received();
  body.set_from(command.from());
  body.set_sequence(command.sequence());
  switch (command.message_case()) {
    case command::v1::ReceiveMessage::kFacts:
      TakeForeignFacts(command.facts().facts(), *body.mutable_facts(), draft);
      break;
    case command::v1::ReceiveMessage::kConsentGiven:
      TakeConsent(command.consent_given().consent(), body, draft);
      break;
    case command::v1::ReceiveMessage::kConsentWithdrawn:
      WithdrawForeign(command.consent_withdrawn(), body, draft);
      break;
    case command::v1::ReceiveMessage::kConsentDisputed:
      DisputeForeign(command.consent_disputed(), body, draft);
      break;
    case command::v1::ReceiveMessage::kLinkedCaseEnded:
      body.set_linked_case_ended(command.linked_case_ended());
      draft.Tell(draft.Coordinator(), "linked_case_ended", 0);
      break;
    case command::v1::ReceiveMessage::kDecidersChanged:
      TakeDeciders(draft);
      break;
    case command::v1::ReceiveMessage::MESSAGE_NOT_SET:
      break;  // a kind of a newer release: taken note of, nothing to do
  }
  return nullptr;
}

}  // namespace careroute::casework::internal
