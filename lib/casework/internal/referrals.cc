#include "lib/casework/internal/referrals.h"

#include <utility>

#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/draft_surroundings.h"
#include "lib/casework/internal/referral_apply.h"
#include "lib/casework/referral_case.h"

namespace careroute::casework::internal {
namespace {

void TakeBody(ReferralChange& change, Draft& draft) {
  // Messages of the change live on the arena of the event.
  if (change.made != nullptr) {
    draft.event->unsafe_arena_set_allocated_referral_made(change.made);
  } else {
    draft.event->unsafe_arena_set_allocated_referral_moved(change.moved);
  }
  for (event::v1::ReferralTouched* one : change.touched) {
    draft.consequences().mutable_referrals_touched()->UnsafeArenaAddAllocated(
        one);
  }
  draft.parts.Merge(change.parts);
}

// Each half has one writer: what the performer's hub has not said has not
// happened.
RefusalPtr CheckWriter(const ReferralChange& change, const Draft& draft) {
  if (change.moved == nullptr || change.moved->performance().empty()) {
    return nullptr;
  }
  const Referral* before = FindReferral(draft.state, change.moved->number());
  if (before == nullptr || before->hub.empty()) {
    return nullptr;
  }
  return RefuseMissing(model::v1::ERROR_REASON_NOT_YOUR_MOVE,
                       "performed_at_other_hub",
                       "the performer makes its moves at its own hub",
                       {.what = ToHub(before->hub),
                        .can_be_met_by = "performer",
                        .mend = "ask them to make the move"});
}

}  // namespace

RefusalPtr RunReferral(Draft& draft) {
  const DraftSurroundings surroundings(draft);
  ReferralChange change =
      DecideReferralInCase(draft.command.referral(), surroundings.Scene());
  if (!change.ok()) {
    return std::move(change.refusal);
  }
  if (change.made == nullptr && change.moved == nullptr) {
    return RefuseState("nothing_to_do", "the referral is so already");
  }
  CAREROUTE_RETURN_IF_REFUSED(CheckWriter(change, draft));
  TakeBody(change, draft);
  return Follow(change, draft);
}

}  // namespace careroute::casework::internal
