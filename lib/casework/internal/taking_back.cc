// A referral that the case no longer wants.

#include <algorithm>

#include "careroute/command/v1/referral_command.pb.h"
#include "lib/casework/internal/envelopes.h"
#include "lib/casework/internal/referral_apply.h"
#include "lib/casework/internal/referrals.h"
#include "lib/casework/referral_decide.h"
#include "lib/casework/referral_profile.h"

namespace careroute::casework::internal {
namespace {

using google::protobuf::Arena;
using model::v1::ReferralEntry;

void Touch(int32_t number, const event::v1::ReferralMoved& moved,
           Draft& draft) {
  event::v1::ReferralTouched& touched =
      *draft.consequences().add_referrals_touched();
  touched.set_number(number);
  *touched.mutable_request() = moved.request();
  *touched.mutable_performance() = moved.performance();
  // The requester's side moved because of what this actor did.
  for (ReferralEntry& one : *touched.mutable_request()) {
    *one.mutable_actor() = *draft.context.actor;
  }
}

const ReferralProfile* ProfileOf(const Draft& draft, int32_t occurrence) {
  const model::v1::ReferralRule* rule = LiveRuleOf(draft, occurrence);
  const ReferralProfile* profile =
      rule == nullptr ? nullptr : FindProfile(rule->profile());
  return profile == nullptr ? FindProfile("") : profile;
}

}  // namespace

bool HasLeft(const Draft& draft, const Referral& referral) {
  const auto& left = draft.context.left_referrals;
  return referral.performance.entries > 0 ||
         std::find(left.begin(), left.end(), referral.number) != left.end();
}

void TakeBack(const Referral& referral, model::v1::ReferralReason reason,
              Draft& draft) {
  const ReferralProfile* profile = ProfileOf(draft, referral.occurrence);
  // The case acts for whoever asked.
  model::v1::Actor requester = *draft.context.actor;
  requester.set_organisation(referral.requester);
  requester.set_role(model::v1::ACTOR_ROLE_COORDINATOR);
  const ReferralContext context{
      .now = draft.recorded,
      .happened = draft.happened,
      .actor = &requester,
      .arena = draft.context.arena,
      .performer_is_local = IsPerformedHere(referral, *draft.context.directory),
      .has_left = HasLeft(draft, referral)};
  auto* command =
      Arena::CreateMessage<command::v1::ReferralCommand>(draft.context.arena);
  command->set_referral(referral.number);
  command->mutable_cancel();
  ReferralDecision decision =
      DecideReferral(referral, *profile, *command, context);
  if (!decision.ok()) {
    command->mutable_ask_cancel()->set_reason(reason);
    decision = DecideReferral(referral, *profile, *command, context);
  }
  if (!decision.ok()) {
    draft.Tell(draft.Coordinator(), "referral_still_open", referral.occurrence);
    return;
  }
  Touch(referral.number, *decision.moved, draft);
  Referral after = referral;
  Fold(*decision.moved, after);
  if (!IsOpen(StateOf(after))) {
    EndLoop(referral.number, "", draft);
    return;
  }
  const model::v1::ReferralRule* rule = LiveRuleOf(draft, referral.occurrence);
  const model::v1::Term* within =
      rule != nullptr && rule->has_answer_cancel_within()
          ? &rule->answer_cancel_within()
          : nullptr;
  ApplyLoops(decision.loops, referral.number, referral.occurrence, within,
             draft);
}

}  // namespace careroute::casework::internal
