#include "lib/casework/internal/referrals.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "careroute/command/v1/referral_command.pb.h"
#include "lib/casework/internal/assessments.h"
#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/completion.h"
#include "lib/casework/internal/deadlines.h"
#include "lib/casework/internal/draft_view.h"
#include "lib/casework/internal/effects.h"
#include "lib/casework/internal/guards.h"
#include "lib/casework/internal/performers.h"
#include "lib/casework/internal/records.h"
#include "lib/casework/internal/starts.h"
#include "lib/casework/internal/step_timers.h"
#include "lib/casework/referral_case.h"
#include "lib/casework/referral_decide.h"
#include "lib/casework/referral_effect.h"
#include "lib/casework/referral_profile.h"

namespace careroute::casework::internal {
namespace {

using google::protobuf::Arena;
using model::v1::ReferralEntry;
using Entries = google::protobuf::RepeatedPtrField<ReferralEntry>;

// An occurrence of the state, as a draft that has changed nothing sees it.
Live LiveOf(const Draft& draft, const Occurrence& occurrence) {
  const std::optional<Live> live = draft.FindLive(occurrence.number);
  return live.has_value() ? *live
                          : Live{.number = occurrence.number,
                                 .step = occurrence.step,
                                 .subject = occurrence.subject,
                                 .performer = occurrence.performer,
                                 .start = occurrence.start,
                                 .folded = &occurrence};
}

// What the referral machine asks of the case.
class DraftSurroundings final : public ReferralSurroundings {
 public:
  explicit DraftSurroundings(Draft& draft) : draft_(draft) {}

  [[nodiscard]] std::string RequesterOf(
      const Occurrence& occurrence) const override {
    const model::v1::Step* step = draft_.edition.FindStep(occurrence.step);
    if (step == nullptr || !step->referral().has_requested_by()) {
      return std::string(OrganisationOf(draft_.Coordinator()));
    }
    const std::vector<absl::string_view> none;
    const absl::string_view requester =
        ResolvePerformer({.performer = step->referral().requested_by(),
                          .starter = StarterOf(draft_, occurrence),
                          .excluded = none},
                         draft_);
    return std::string(requester.empty() ? OrganisationOf(draft_.Coordinator())
                                         : requester);
  }

  [[nodiscard]] bool MayPerform(absl::string_view organisation,
                                const model::v1::Performer& performer,
                                const Occurrence& occurrence) const override {
    return MayPerformFor(draft_, occurrence, organisation, performer);
  }

  [[nodiscard]] bool MemberMayPerform(
      absl::string_view member, const Occurrence& occurrence) const override {
    const model::v1::Step* step = draft_.edition.FindStep(occurrence.step);
    return step == nullptr ||
           MemberConflict(draft_, member, step->performer()).empty();
  }

  [[nodiscard]] std::optional<int> PerformersLeft(
      const Occurrence& occurrence, absl::string_view without) const override {
    const model::v1::Step* step = draft_.edition.FindStep(occurrence.step);
    if (step == nullptr ||
        step->performer().who_case() != model::v1::Performer::kRole) {
      return std::nullopt;
    }
    return internal::PerformersLeft(draft_, LiveOf(draft_, occurrence),
                                    step->performer(), without);
  }

  [[nodiscard]] GuardAnswer CheckGuards(
      const Occurrence& occurrence,
      const google::protobuf::RepeatedPtrField<std::string>& emergency_for)
      const override {
    GuardResult result = internal::CheckGuards(
        draft_, LiveOf(draft_, occurrence), [&](absl::string_view guard) {
          return std::find(emergency_for.begin(), emergency_for.end(), guard) !=
                 emergency_for.end();
        });
    GuardAnswer answer{.refusal = std::move(result.refusal)};
    for (const model::v1::Guard* guard : result.excepted) {
      answer.owed.emplace_back().set_guard(guard->id());
    }
    return answer;
  }

  [[nodiscard]] pathway::Tri Ask(const model::v1::Condition& condition,
                                 SubjectRef asking) const override {
    return internal::Ask(draft_, condition, asking);
  }

  [[nodiscard]] bool IsOverdue(const Referral& referral) const override {
    return internal::IsOverdue(draft_, referral.occurrence, referral.number);
  }

  [[nodiscard]] bool HasLeft(const Referral& referral) const override {
    return internal::HasLeft(draft_, referral.number);
  }

 private:
  Draft& draft_;
};

const model::v1::ReferralRule* RuleOf(const Draft& draft, int32_t occurrence) {
  const Occurrence* found = FindOccurrence(draft.state, occurrence);
  const model::v1::Step* step =
      found == nullptr ? nullptr : draft.edition.FindStep(found->step);
  return step == nullptr || !step->has_referral() ? nullptr : &step->referral();
}

absl::string_view LimitOf(model::v1::ReferralLoop loop) {
  return loop == model::v1::REFERRAL_LOOP_CANCEL ? "cancel" : "information";
}

// The oldest deadline of a loop, or all of the referral.
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

RefusalPtr Apply(ReferralChange& change, Draft& draft) {
  const int32_t number =
      change.made != nullptr ? change.made->number() : change.moved->number();
  const Referral* before = FindReferral(draft.state, number);
  const int32_t occurrence = change.made != nullptr
                                 ? change.made->occurrence()
                                 : (before == nullptr ? 0 : before->occurrence);
  TakeBody(change, draft);
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

// --- Taking back -------------------------------------------------------------

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
  const model::v1::ReferralRule* rule = RuleOf(draft, occurrence);
  const ReferralProfile* profile =
      rule == nullptr ? nullptr : FindProfile(rule->profile());
  return profile == nullptr ? FindProfile("") : profile;
}

}  // namespace

bool HasLeft(const Draft& draft, int32_t referral) {
  const auto& left = draft.context.left_referrals;
  return std::find(left.begin(), left.end(), referral) != left.end();
}

void TakeBack(const Referral& referral, model::v1::ReferralReason reason,
              Draft& draft) {
  const ReferralProfile* profile = ProfileOf(draft, referral.occurrence);
  const OrganisationFacts* performer =
      draft.context.directory->Find(referral.performer);
  // The case acts for whoever asked.
  model::v1::Actor requester = *draft.context.actor;
  requester.set_organisation(referral.requester);
  requester.set_role(model::v1::ACTOR_ROLE_COORDINATOR);
  const ReferralContext context{
      .now = draft.recorded,
      .happened = draft.happened,
      .actor = &requester,
      .arena = draft.context.arena,
      .performer_is_local = performer != nullptr && performer->local,
      .has_left = HasLeft(draft, referral.number)};
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
  const model::v1::ReferralRule* rule = RuleOf(draft, referral.occurrence);
  const model::v1::Term* within =
      rule != nullptr && rule->has_answer_cancel_within()
          ? &rule->answer_cancel_within()
          : nullptr;
  ApplyLoops(decision.loops, referral.number, referral.occurrence, within,
             draft);
}

RefusalPtr RunReferral(Draft& draft) {
  const DraftSurroundings surroundings(draft);
  const ReferralScene scene{.state = &draft.state,
                            .edition = &draft.edition,
                            .context = &draft.context,
                            .surroundings = &surroundings,
                            .happened = draft.happened,
                            .today = draft.places.today_text()};
  ReferralChange change = DecideReferralInCase(draft.command.referral(), scene);
  if (!change.ok()) {
    return std::move(change.refusal);
  }
  if (change.made == nullptr && change.moved == nullptr) {
    return RefuseState("nothing_to_do", "the referral is so already");
  }
  return Apply(change, draft);
}

}  // namespace careroute::casework::internal
