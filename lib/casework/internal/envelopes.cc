#include "lib/casework/internal/envelopes.h"

#include <string>

namespace careroute::casework::internal {
namespace {

// The number of the next envelope of the referral, after those of this command.
int32_t NextEnvelope(const Referral& referral, const Draft& draft) {
  int32_t next = referral.envelopes + 1;
  for (const event::v1::Message& one : draft.event->consequences().messages()) {
    if (one.referral() == referral.number) {
      ++next;
    }
  }
  return next;
}

event::v1::Message& AddEnvelope(absl::string_view kind,
                                const Referral& referral, absl::string_view hub,
                                Draft& draft) {
  const int32_t envelope = NextEnvelope(referral, draft);
  event::v1::Message& message = draft.AddMessage(kind, ToHub(hub));
  message.set_referral(referral.number);
  message.set_envelope(envelope);
  return message;
}

// Who never had it needs not be told: it was taken back before it left.
bool EverLeft(const Referral& referral) { return !IsTakenBack(referral); }

// Of a referral as it was, and how it goes now.
void TellGrowth(const Referral& after, Draft& draft) {
  const absl::string_view hub = HubOf(after, *draft.context.directory);
  if (!hub.empty() && after.delivery == model::v1::DELIVERY_SENT) {
    AddEnvelope("referral", after, hub, draft);
  }
}

void TellMoved(const event::v1::ReferralMoved& moved, Draft& draft) {
  const Referral* before = FindReferral(draft.state, moved.number());
  if (before == nullptr || moved.request().empty() || !EverLeft(*before)) {
    return;
  }
  if (moved.delivery() == model::v1::DELIVERY_UNSPECIFIED) {
    return TellGrowth(*before, draft);
  }
  Referral after = *before;
  after.delivery = moved.delivery();
  TellGrowth(after, draft);
}

}  // namespace

absl::string_view HubOf(const Referral& referral,
                        const DirectoryAnswers& directory) {
  if (!referral.hub.empty() || referral.performance.entries > 0) {
    return referral.hub;
  }
  const OrganisationFacts* performer =
      referral.performer.empty() ? nullptr : directory.Find(referral.performer);
  return performer == nullptr ? absl::string_view() : performer->hub;
}

bool IsPerformedHere(const Referral& referral,
                     const DirectoryAnswers& directory) {
  return !referral.performer.empty() &&
         directory.Find(referral.performer) != nullptr &&
         HubOf(referral, directory).empty();
}

void Recall(const Referral& referral, access::DataClassSet classes,
            int32_t consent, Draft& draft) {
  event::v1::Message& message =
      AddEnvelope("recall", referral, referral.hub, draft);
  message.set_consent(consent);
  classes.ForEach(
      [&message](model::v1::DataClass one) { message.add_classes(one); });
}

void TellAgain(const Referral& referral, Draft& draft) {
  AddEnvelope("referral", referral, referral.hub, draft);
}

void AddEnvelopes(Draft& draft) {
  if (draft.command.has_adopt_request()) {
    return;  // it has one number, whatever it told
  }
  const event::v1::CaseEvent& event = *draft.event;
  if (event.has_referral_made() && !event.referral_made().request().empty()) {
    TellGrowth(NewReferral(event.referral_made()), draft);
  } else if (event.has_referral_moved()) {
    TellMoved(event.referral_moved(), draft);
  }
  for (const event::v1::ReferralTouched& touched :
       event.consequences().referrals_touched()) {
    const Referral* before = FindReferral(draft.state, touched.number());
    if (before != nullptr && !touched.request().empty() && EverLeft(*before)) {
      TellGrowth(*before, draft);
    }
  }
  if (!event.has_case_erased()) {
    return;
  }
  for (const Referral& referral : draft.state.referrals) {
    if (!referral.hub.empty() && EverLeft(referral)) {
      AddEnvelope("erasure", referral, referral.hub, draft);
    }
  }
}

}  // namespace careroute::casework::internal
