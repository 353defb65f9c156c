#include "lib/casework/hand_over.h"

#include <algorithm>

#include "careroute/event/v1/hand_over_event.pb.h"
#include "lib/casework/decide.h"
#include "lib/casework/internal/times.h"

namespace careroute::casework {
namespace {

using event::v1::CaseEvent;

CaseEvent Begin(const Case& state, const Answering& answering) {
  CaseEvent event;
  event::v1::EventHeader& header = *event.mutable_header();
  header.set_version(state.version + 1);
  const absl::Time recorded = std::max(answering.now, state.last_recorded);
  internal::ToProto(recorded, header.mutable_happened_time());
  internal::ToProto(recorded, header.mutable_recorded_time());
  *header.mutable_actor() = answering.actor;
  header.set_format(kEventFormat);
  return event;
}

// Messages of one event are numbered after those before it.
event::v1::Message& AddMessage(absl::string_view kind, absl::string_view hub,
                               const Case& state, CaseEvent& event) {
  const int before = event.consequences().messages_size();
  event::v1::Message& message = *event.mutable_consequences()->add_messages();
  message.set_sequence(state.next.message + before);
  message.set_kind(std::string(kind));
  message.set_to(ToHub(hub));
  return message;
}

void AddNotice(const std::string& to, const char* key, CaseEvent& event) {
  event::v1::Notice& notice = *event.mutable_consequences()->add_notices();
  notice.set_to(to);
  notice.set_message_key(key);
}

// Whether somebody at a hub works on it: what is in hand is in hand there too,
// and nobody else has heard of what was not sent, or was taken back before.
bool IsWithPerformer(const Referral& referral) {
  const bool was_told = referral.delivery == model::v1::DELIVERY_SENT &&
                        !referral.hub.empty() && !IsTakenBack(referral);
  return was_told || IsPerformed(referral);
}

// Every performer hears from the old home who asks from now on. What a
// performer of the old home does, it does from now on for another hub.
void TellPerformers(const Case& state, CaseEvent& event) {
  for (const Referral& referral : state.referrals) {
    if (!IsWithPerformer(referral)) continue;
    event::v1::Message& message = AddMessage(
        kHomeMoved, referral.hub.empty() ? state.home.hub : referral.hub, state,
        event);
    message.set_referral(referral.number);
    message.set_envelope(referral.envelopes + 1);
  }
}

}  // namespace

CaseEvent ReceivedEvent(const Case& state, const std::string& deputy,
                        const Answering& answering) {
  CaseEvent event = Begin(state, answering);
  const FreezeRecord& offer = *state.home.frozen;
  event::v1::CaseReceived& body = *event.mutable_case_received();
  body.set_hand_over(offer.hand_over.Bytes());
  body.set_from_hub(state.home.hub);
  body.set_hub(offer.hub);
  body.set_coordinator(offer.coordinator);
  body.set_deputy(deputy);
  body.set_from_organisation(std::string(OrganisationOf(state.coordinator)));
  for (const std::string& member : {offer.coordinator, deputy}) {
    event.mutable_consequences()->add_participants_joined(
        std::string(OrganisationOf(member)));
  }
  AddNotice(offer.coordinator, "case_received", event);
  AddMessage(kHandOverAnswer, state.home.hub, state, event);
  TellPerformers(state, event);
  return event;
}

CaseEvent ThawedEvent(const Case& state, absl::string_view why,
                      const Answering& answering) {
  CaseEvent event = Begin(state, answering);
  const FreezeRecord& offer = *state.home.frozen;
  event::v1::CaseThawed& body = *event.mutable_case_thawed();
  body.set_hand_over(offer.hand_over.Bytes());
  body.set_hub(offer.hub);
  body.set_why(std::string(why));
  body.set_coordinator(offer.coordinator);
  body.set_from_organisation(std::string(OrganisationOf(state.coordinator)));
  AddNotice(state.coordinator, "hand_over_refused", event);
  AddMessage(kHandOverAnswer, state.home.hub, state, event);
  return event;
}

bool IsAnswer(const CaseEvent& event) {
  const bool received = event.has_case_received();
  if (!received && !event.has_case_thawed()) return false;
  event::v1::Consequences rest = event.consequences();
  for (const event::v1::Message& message : rest.messages()) {
    const bool answers =
        message.kind() == kHandOverAnswer && message.referral() == 0;
    // Only who has the case from now on says where its referrals are.
    if (!answers && !(received && message.kind() == kHomeMoved)) return false;
  }
  rest.clear_messages();
  rest.clear_notices();
  if (received) rest.clear_participants_joined();
  // A newer release may say more, which is not folded here.
  rest.DiscardUnknownFields();
  return rest.ByteSizeLong() == 0;
}

}  // namespace careroute::casework
