#include "lib/casework/internal/lost_grounds.h"

#include <string>
#include <vector>

#include "lib/access/data_class_set.h"
#include "lib/casework/disclosure.h"
#include "lib/casework/internal/envelopes.h"
#include "lib/casework/internal/referrals.h"
#include "lib/casework/referral.h"
#include "lib/casework/view.h"

namespace careroute::casework::internal {
namespace {

using access::DataClassSet;
using Consents = std::vector<ConsentRecord>;

// The consents before and after the command, and which of them stopped holding.
// A dispute that came before an end paused classes: they are lost only now.
struct Ended {
  Consents before;
  Consents after;
  std::vector<int32_t> moved;
  bool any_ended = false;  // not only disputed
};

bool HasEnded(model::v1::ConsentState state) {
  return state == model::v1::CONSENT_STATE_WITHDRAWN ||
         state == model::v1::CONSENT_STATE_LAPSED;
}

Ended EndedOf(const Draft& draft) {
  Ended ended;
  draft.VisitConsents([&](const ConsentRecord& one) {
    ended.after.push_back(one);
    const ConsentRecord* before = FindConsent(draft.state, one.number);
    if (before == nullptr) {
      return true;
    }
    ended.before.push_back(*before);
    if (before->state == one.state ||
        one.state == model::v1::CONSENT_STATE_GIVEN) {
      return true;
    }
    ended.moved.push_back(one.number);
    if (HasEnded(one.state)) {
      ended.any_ended = true;
      ended.before.back().state = model::v1::CONSENT_STATE_GIVEN;
    }
    return true;
  });
  return ended;
}

// The disclosed classes that these consents, or a law, let pass. Dates are not
// asked: a timer ends a consent whose last day is over. Nor is the condition of
// the way: it opened the door when the referral was sent.
DataClassSet Passing(const Referral& referral, const Consents& consents,
                     const Draft& draft) {
  const model::v1::Step* step = draft.edition.FindStep(referral.step);
  if (step == nullptr) {
    return {};
  }
  const OrganisationFacts* receiver =
      draft.context.directory->Find(referral.performer);
  const auto open = [](const model::v1::Condition&) {
    return pathway::Tri::kYes;
  };
  const auto may = [](const model::v1::Performer&) { return true; };
  return JudgeDisclosure(
             {.step = step,
              .consents = consents,
              .receiver = referral.performer,
              .receiver_kind = receiver == nullptr
                                   ? model::v1::AGENCY_KIND_UNSPECIFIED
                                   : receiver->kind,
              .way = referral.disclosed.way,
              .classes = referral.disclosed.classes,
              .ask = open,
              .may_perform = may})
      .allowed;
}

// The consent to name: the one the referral rests on first, if it is among
// those that moved.
int32_t NamedBy(const Referral& referral, const Ended& ended,
                const Draft& draft) {
  for (const int32_t number : ended.moved) {
    if (referral.disclosed.consent ==
        ConsentName(draft.context.case_id, number)) {
      return number;
    }
  }
  return ended.moved.front();
}

// The command itself has moved it: what it said of it stands.
bool IsMoved(const Referral& referral, const Draft& draft) {
  const event::v1::CaseEvent& event = *draft.event;
  if (event.has_referral_moved() &&
      event.referral_moved().number() == referral.number) {
    return true;
  }
  for (const event::v1::ReferralTouched& one :
       event.consequences().referrals_touched()) {
    if (one.number() == referral.number) {
      return true;
    }
  }
  return false;
}

void Settle(const Referral& referral, const Ended& ended, Draft& draft) {
  const DataClassSet lost = Passing(referral, ended.before, draft)
                                .Without(Passing(referral, ended.after, draft));
  if (lost.empty()) {
    return;
  }
  if (HasLeft(draft, referral)) {
    if (ended.any_ended) {
      Recall(referral, lost, NamedBy(referral, ended, draft), draft);
    }
    return;
  }
  if (IsOpen(StateOf(referral)) && !IsMoved(referral, draft)) {
    TakeBack(referral, model::v1::REFERRAL_REASON_PERSON_REFUSED, draft);
    if (draft.FindLive(referral.occurrence).has_value()) {
      draft.SetPerformer(referral.occurrence, "");
    }
    draft.Tell(draft.Coordinator(), "referral_taken_back", referral.occurrence);
  }
}

}  // namespace

void SettleLostGrounds(Draft& draft) {
  if (!draft.ConsentsMoved() || draft.event->consequences().has_ending()) {
    return;
  }
  const Ended ended = EndedOf(draft);
  if (ended.moved.empty()) {
    return;
  }
  for (const Referral& referral : draft.state.referrals) {
    if (referral.delivery == model::v1::DELIVERY_SENT &&
        !HubOf(referral, *draft.context.directory).empty()) {
      Settle(referral, ended, draft);
    }
  }
}

}  // namespace careroute::casework::internal
