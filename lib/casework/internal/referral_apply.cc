#include "lib/casework/internal/referral_apply.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "lib/casework/internal/assessments.h"
#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/completion.h"
#include "lib/casework/internal/deadlines.h"
#include "lib/casework/internal/effects.h"
#include "lib/casework/internal/guards.h"
#include "lib/casework/internal/performers.h"
#include "lib/casework/internal/records.h"
#include "lib/casework/internal/starts.h"
#include "lib/casework/internal/step_timers.h"

namespace careroute::casework::internal {
namespace {

using model::v1::ReferralEntry;
using Entries = google::protobuf::RepeatedPtrField<ReferralEntry>;

absl::string_view LimitOf(model::v1::ReferralLoop loop) {
  return loop == model::v1::REFERRAL_LOOP_CANCEL ? "cancel" : "information";
}

bool HasMove(const Entries& entries, model::v1::ReferralMove move) {
  return std::any_of(
      entries.begin(), entries.end(),
      [move](const ReferralEntry& one) { return one.move() == move; });
}

// Silence runs from the sending until the performer says anything of its own.
void WatchSilence(const Entries& request, const Entries& performance,
                  const Live& live, Draft& draft) {
  if (HasMove(request, model::v1::REFERRAL_MOVE_SENT)) {
    SetSilence(live, draft.happened, draft);
  }
  const bool answered = std::any_of(
      performance.begin(), performance.end(), [](const ReferralEntry& one) {
        return one.move() != model::v1::REFERRAL_MOVE_RECEIVED;
      });
  if (answered) {
    draft.ClearTimer("silence", live.number);
  }
}

void OweFor(event::v1::ReferralMade& made, const Live& live, Draft& draft) {
  const model::v1::Step* step = draft.edition.FindStep(live.step);
  if (step == nullptr || made.evidence_owed().empty()) {
    return;
  }
  GuardResult owed;
  for (const model::v1::EvidenceOwed& one : made.evidence_owed()) {
    for (const model::v1::Guard& guard : step->guards()) {
      if (guard.id() == one.guard()) {
        owed.excepted.push_back(&guard);
      }
    }
  }
  OweEvidence(live, owed, draft);
}

// --- What a move means for the step ------------------------------------------

// Steps that the result starts are planned by it.
void StatePlan(const Live& live, const PlanLines& plan, Draft& draft) {
  if (plan.empty()) {
    return;
  }
  event::v1::PlanStated& stated = *draft.consequences().add_plans_stated();
  stated.set_step(live.step.data(), live.step.size());
  if (live.subject != SubjectRef{}) {
    ToProto(live.subject, stated.mutable_subject());
  }
  *stated.mutable_lines() = plan;
}

RefusalPtr CompleteByReferral(const Live& live, const StepEffect& effect,
                              Draft& draft) {
  static const Facts* const kNoFacts = new Facts();
  static const Documents* const kNoDocuments = new Documents();
  static const PlanLines* const kNoPlan = new PlanLines();
  const Facts& facts = effect.facts == nullptr ? *kNoFacts : *effect.facts;
  const PlanLines& plan = effect.plan == nullptr ? *kNoPlan : *effect.plan;
  Target target;
  CAREROUTE_RETURN_IF_REFUSED(FindTarget(draft, live, effect.outcome, target));
  CAREROUTE_RETURN_IF_REFUSED(
      CheckFacts(draft, facts, "facts", NewSubjects::kPlanLines));
  const bool late = IsOverdue(draft, live.number, 0);
  // A coded reason is a reason; acceptance ends a step before the work is due,
  // so only a result has to say why it is late.
  const bool coded = effect.reason != model::v1::REFERRAL_REASON_UNSPECIFIED;
  const bool is_result = effect.why == "referral_completed";
  CAREROUTE_RETURN_IF_REFUSED(CheckBrought(
      draft, live, *target.outcome,
      {.facts = facts,
       .documents =
           effect.documents == nullptr ? *kNoDocuments : *effect.documents,
       .plan = plan,
       .note = coded ? absl::string_view("coded") : effect.note,
       .late_reason = effect.late_reason,
       .recheck_date = effect.recheck_date},
      late && is_result));
  CAREROUTE_RETURN_IF_REFUSED(CheckLevel(draft, live, target, facts));
  for (const model::v1::Fact& fact : facts) {
    draft.PutFact(Normal(fact, draft), /*by_the_way=*/true);
  }
  AnnounceFacts(facts, draft);
  CAREROUTE_RETURN_IF_REFUSED(CheckPlan(draft, live, *target.step, plan));
  StatePlan(live, plan, draft);
  CAREROUTE_RETURN_IF_REFUSED(CheckConditions(draft, live, *target.outcome));
  Live done = live;
  if (!effect.performer.empty() && effect.performer != live.performer) {
    draft.SetPerformer(live.number, effect.performer);
    done.performer = effect.performer;
  }
  Complete(done,
           {.outcome = *target.outcome,
            .recheck_date = effect.recheck_date,
            .why = effect.why,
            .late = late},
           draft);
  return nullptr;
}

void Exclude(const Live& live, const StepEffect& effect, Draft& draft) {
  draft.Exclude(live.number, effect.performer);
  draft.SetPerformer(live.number, "");
  draft.Tell(draft.Coordinator(), effect.why, live.number);
}

RefusalPtr ApplyEffect(const StepEffect& effect, Draft& draft) {
  const std::optional<Live> live = draft.FindLive(effect.occurrence);
  if (effect.kind == StepEffectKind::kTellCoordinator || !live.has_value()) {
    if (effect.kind != StepEffectKind::kNone) {
      draft.Tell(draft.Coordinator(), effect.why, effect.occurrence);
    }
    if (effect.facts != nullptr) {
      for (const model::v1::Fact& fact : *effect.facts) {
        draft.PutFact(Normal(fact, draft), /*by_the_way=*/true);
      }
    }
    return nullptr;
  }
  switch (effect.kind) {
    case StepEffectKind::kNone:
    case StepEffectKind::kTellCoordinator:
      break;
    case StepEffectKind::kComplete:
      return CompleteByReferral(*live, effect, draft);
    case StepEffectKind::kExclude:
      Exclude(*live, effect, draft);
      return nullptr;
    case StepEffectKind::kNobodyLeft:
      Exclude(*live, effect, draft);
      if (!effect.outcome.empty()) {
        return CompleteByReferral(*live, effect, draft);
      }
      return nullptr;
  }
  if (effect.facts != nullptr && !effect.facts->empty()) {
    CAREROUTE_RETURN_IF_REFUSED(
        CheckFacts(draft, *effect.facts, "facts", NewSubjects::kNone));
    for (const model::v1::Fact& fact : *effect.facts) {
      draft.PutFact(Normal(fact, draft), /*by_the_way=*/true);
    }
    AnnounceFacts(*effect.facts, draft);
  }
  return nullptr;
}

// What happened at another hub cannot be refused: where its outcome does not
// fit, the coordinator sees to it.
RefusalPtr ApplyOrTell(const StepEffect& effect, Draft& draft) {
  RefusalPtr refusal = ApplyEffect(effect, draft);
  if (refusal == nullptr || !IsHub(draft)) {
    return refusal;
  }
  draft.Tell(draft.Coordinator(), "outcome_not_applied", effect.occurrence);
  return nullptr;
}

void FollowMade(ReferralChange& change, Draft& draft) {
  const std::optional<Live> live = draft.FindLive(change.made->occurrence());
  if (!live.has_value()) {
    return;
  }
  if (!change.made->performer().empty()) {
    draft.SetPerformer(live->number, change.made->performer());
  }
  OweFor(*change.made, *live, draft);
  WatchSilence(change.made->request(), change.made->performance(), *live,
               draft);
}

void FollowMoved(const ReferralChange& change, Draft& draft) {
  const Referral* referral = FindReferral(draft.state, change.moved->number());
  const std::optional<Live> live =
      referral == nullptr ? std::nullopt : draft.FindLive(referral->occurrence);
  if (!live.has_value()) {
    return;
  }
  WatchSilence(change.moved->request(), change.moved->performance(), *live,
               draft);
  if (HasMove(change.moved->performance(), model::v1::REFERRAL_MOVE_ACCEPTED)) {
    EndReplaced(live->step, live->subject, live->number, draft);
  }
}

}  // namespace

const model::v1::ReferralRule* LiveRuleOf(const Draft& draft,
                                          int32_t occurrence) {
  const Occurrence* found = FindOccurrence(draft.state, occurrence);
  const model::v1::Step* step =
      found == nullptr ? nullptr : draft.edition.FindStep(found->step);
  return step == nullptr || !step->has_referral() ? nullptr : &step->referral();
}

void EndLoop(int32_t referral, absl::string_view limit, Draft& draft) {
  for (const DeadlineRecord& one : draft.state.deadlines) {
    if (one.referral == referral && (limit.empty() || one.limit == limit) &&
        !draft.DeadlineHasEnded(one.number)) {
      draft.EndDeadline(one.number);
      if (!limit.empty()) {
        return;
      }
    }
  }
  // One envelope may tell of a question and of the end of the work.
  for (const event::v1::DeadlineSet& one :
       draft.event->consequences().deadlines_set()) {
    if (one.referral() == referral && limit.empty()) {
      draft.EndDeadline(one.number());
    }
  }
}

void ApplyLoops(const std::vector<LoopChange>& loops, int32_t number,
                int32_t occurrence, const model::v1::Term* cancel_within,
                Draft& draft) {
  for (const LoopChange& loop : loops) {
    if (!loop.opens) {
      EndLoop(number, LimitOf(loop.loop), draft);
      continue;
    }
    const model::v1::Term* within =
        loop.within != nullptr ? loop.within : cancel_within;
    SetExtraDeadline({.limit = LimitOf(loop.loop),
                      .occurrence = occurrence,
                      .referral = number,
                      .within = within,
                      .acts = loop.acts},
                     draft);
  }
}

RefusalPtr Follow(ReferralChange& change, Draft& draft) {
  const int32_t number =
      change.made != nullptr ? change.made->number() : change.moved->number();
  const Referral* before = FindReferral(draft.state, number);
  const int32_t occurrence = change.made != nullptr
                                 ? change.made->occurrence()
                                 : (before == nullptr ? 0 : before->occurrence);
  if (change.made != nullptr) {
    FollowMade(change, draft);
  } else {
    FollowMoved(change, draft);
  }
  ApplyLoops(change.loops, number, occurrence, nullptr, draft);
  for (const int32_t closed : change.closed) {
    EndLoop(closed, "", draft);
  }
  if (change.received.has_value()) {
    draft.SetReceived(occurrence, *change.received);
  }
  draft.Join(change.joins);
  return ApplyOrTell(change.effect, draft);
}

}  // namespace careroute::casework::internal
