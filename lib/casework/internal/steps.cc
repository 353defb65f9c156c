// Starting by hand, ending with an outcome, naming a performer, bringing
// evidence.

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/casework/internal/assessments.h"
#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/completion.h"
#include "lib/casework/internal/consents.h"
#include "lib/casework/internal/deadlines.h"
#include "lib/casework/internal/effects.h"
#include "lib/casework/internal/guards.h"
#include "lib/casework/internal/performers.h"
#include "lib/casework/internal/records.h"
#include "lib/casework/internal/starts.h"

namespace careroute::casework::internal {
namespace {

using command::v1::CompleteStep;
using model::v1::Step;

// By a right of the family, or where the pathway lets the coordinator.
RefusalPtr CheckStart(const Draft& draft, const Step& step,
                      const RightRecord* right) {
  if (right != nullptr) {
    CAREROUTE_RETURN_IF_REFUSED(RequireParticipant(draft));
    if (draft.command.word_given() == model::v1::WORD_GIVEN_UNSPECIFIED) {
      return RefuseMissing(model::v1::ERROR_REASON_OUTCOME_INCOMPLETE,
                           "word_given_needed",
                           "it is the family's move: how was its word given",
                           {.what = "word_given",
                            .can_be_met_by = "family",
                            .mend = "say how the word was given"});
    }
    return nullptr;
  }
  if (!step.may_be_started_by_hand()) {
    return RefuseState("not_started_by_hand",
                       "the pathway does not let this step be started by hand, "
                       "and no right to it is open");
  }
  return RequireCoordinator(draft);
}

RefusalPtr CheckSubject(const Draft& draft, const Step& step,
                        SubjectRef subject) {
  if (KindOf(step, subject) != subject.kind) {
    return RefuseInvalid("subject", "the step belongs to another kind",
                         "name the subject the step has occurrences for");
  }
  const bool exists = subject.kind == model::v1::SUBJECT_KIND_PERSON ||
                      (subject.number >= 1 &&
                       subject.number <= draft.SubjectCount(subject.kind));
  return exists ? nullptr : RefuseNotFound("subject");
}

std::optional<std::vector<CallerRecord>> CallersFor(const Draft& draft,
                                                    int32_t caller) {
  const std::optional<Live> live = draft.FindLive(caller);
  if (!live.has_value()) {
    return std::nullopt;
  }
  std::vector<CallerRecord> callers = CallersOf(*live);
  callers.insert(callers.begin(), {.occurrence = live->number,
                                   .step = std::string(live->step),
                                   .subject = live->subject});
  return callers;
}

bool HasOpenReferral(const Draft& draft, const Live& live) {
  if (live.folded == nullptr) {
    return false;
  }
  for (const int32_t number : live.folded->referrals) {
    const Referral* referral = FindReferral(draft.state, number);
    if (referral != nullptr &&
        referral->delivery != model::v1::DELIVERY_IN_HAND &&
        StateOf(*referral) != model::v1::REFERRAL_STATE_DRAFT &&
        IsOpen(StateOf(*referral))) {
      return true;
    }
  }
  return false;
}

// All that can be said against the outcome before the facts are laid over the
// case.
RefusalPtr CheckCompletion(const Draft& draft, const Live& live,
                           const Target& target, bool late) {
  const CompleteStep& command = draft.command.complete_step();
  if (draft.happened < live.start) {
    return RefuseTime("before_start",
                      "the step had not started when this happened");
  }
  if (HasOpenReferral(draft, live) && !GoesOn(*target.outcome)) {
    return RefuseState("referral_open",
                       "a referral was sent: its performer ends the step, or "
                       "ask for a cancel first");
  }
  CAREROUTE_RETURN_IF_REFUSED(RequirePerformer(draft, live, *target.step));
  CAREROUTE_RETURN_IF_REFUSED(
      CheckFacts(draft, command.facts(), "facts", NewSubjects::kPlanLines));
  CAREROUTE_RETURN_IF_REFUSED(
      CheckBrought(draft, live, *target.outcome,
                   {.facts = command.facts(),
                    .documents = command.documents(),
                    .plan = command.plan(),
                    .note = command.note(),
                    .late_reason = command.late_reason(),
                    .recheck_date = command.recheck_date()},
                   late));
  return CheckLevel(draft, live, target, command.facts());
}

void WriteBody(const Live& live, const Target& target, bool late,
               Draft& draft) {
  const CompleteStep& command = draft.command.complete_step();
  event::v1::StepCompleted& body = *draft.event->mutable_step_completed();
  body.set_occurrence(live.number);
  body.set_outcome(target.outcome->id());
  for (const model::v1::Document& one : command.documents()) {
    body.add_document_kinds(one.kind());
    draft.parts.AddDocument("documents", one);
  }
  body.set_recheck_date(command.recheck_date());
  body.set_late(late);
  body.set_said_by(command.said_by());
  body.set_continues(GoesOn(*target.outcome));
  body.set_until_replaced(target.outcome->keeps_service_until_replaced());
  *body.mutable_plan() = command.plan();
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "note", command.note());
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "late_reason",
                      command.late_reason());
}

RefusalPtr TakeConsent(Draft& draft) {
  const CompleteStep& command = draft.command.complete_step();
  if (!command.has_consent()) {
    return nullptr;
  }
  CAREROUTE_RETURN_IF_REFUSED(
      CheckConsent(draft, command.consent(), "consent"));
  event::v1::StepCompleted& body = *draft.event->mutable_step_completed();
  body.set_consent_number(
      TakeConsent(command.consent(), *body.mutable_consent(), draft));
  return nullptr;
}

// Whoever works on a step nobody was chosen for is its performer.
void NamePerformer(Live& live, const Step& step, Draft& draft) {
  const std::string& organisation = draft.context.actor->organisation();
  if (live.performer.empty() && !IsFamily(draft, step.performer()) &&
      MayPerform(draft, organisation, step.performer())) {
    draft.SetPerformer(live.number, organisation);
    live.performer = organisation;
    draft.event->mutable_step_completed()->set_performer(organisation);
    draft.Join(organisation);
  }
}

}  // namespace

RefusalPtr StartStepByHand(Draft& draft) {
  const command::v1::StartStep& command = draft.command.start_step();
  const Step* step = draft.edition.FindStep(command.step());
  if (step == nullptr) {
    return RefuseUndeclared(command.step());
  }
  const RightRecord* right = draft.FindRight(command.step());
  CAREROUTE_RETURN_IF_REFUSED(CheckStart(draft, *step, right));
  SubjectRef subject;
  if (command.has_subject()) {
    subject = FromProto(command.subject());
  } else if (right != nullptr &&
             KindOf(*step, right->subject) == right->subject.kind) {
    subject = right->subject;
  }
  CAREROUTE_RETURN_IF_REFUSED(CheckSubject(draft, *step, subject));
  if (step->occurrence_per() != model::v1::OCCURRENCE_PER_START &&
      draft.FindLive(step->id(), subject).has_value()) {
    return RefuseState("step_live", "the step is live already");
  }
  std::optional<std::vector<CallerRecord>> callers;
  if (command.caller() != 0) {
    callers = CallersFor(draft, command.caller());
    if (!callers.has_value()) {
      return RefuseNotFound("caller");
    }
  }
  draft.event->mutable_step_started_by_hand()->set_step(step->id());
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "note", command.note());
  if (right != nullptr) {
    draft.EndRight(*right);
  }
  StartStep(*step, subject,
            {.word = right != nullptr
                         ? draft.Keep(absl::StrCat("right:", right->step, "/",
                                                   right->occurrence))
                         : absl::string_view("hand"),
             .callers = std::move(callers)},
            draft);
  return nullptr;
}

RefusalPtr CompleteStep(Draft& draft) {
  const command::v1::CompleteStep& command = draft.command.complete_step();
  std::optional<Live> live = draft.FindLive(command.occurrence());
  if (!live.has_value()) {
    return RefuseNotFound("occurrence");
  }
  Target target;
  CAREROUTE_RETURN_IF_REFUSED(
      FindTarget(draft, *live, command.outcome(), target));
  const bool late = IsOverdue(draft, live->number, 0);
  CAREROUTE_RETURN_IF_REFUSED(CheckCompletion(draft, *live, target, late));
  GuardResult guards =
      CheckGuards(draft, *live, [](absl::string_view) { return true; });
  if (guards.refusal != nullptr) {
    return std::move(guards.refusal);
  }
  NamePerformer(*live, *target.step, draft);
  WriteBody(*live, target, late, draft);
  CAREROUTE_RETURN_IF_REFUSED(TakeConsent(draft));
  TakeFacts(command.facts(),
            *draft.event->mutable_step_completed()->mutable_facts(), draft);
  CAREROUTE_RETURN_IF_REFUSED(
      CheckPlan(draft, *live, *target.step, command.plan()));
  CAREROUTE_RETURN_IF_REFUSED(CheckConditions(draft, *live, *target.outcome));
  OweEvidence(*live, guards, draft);
  Complete(*live,
           {.outcome = *target.outcome,
            .recheck_date = command.recheck_date(),
            .late = late,
            .in_body = true},
           draft);
  return nullptr;
}

RefusalPtr AssignPerformer(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireCoordinator(draft));
  const command::v1::AssignPerformer& command =
      draft.command.assign_performer();
  const std::optional<Live> live = draft.FindLive(command.occurrence());
  if (!live.has_value()) {
    return RefuseNotFound("occurrence");
  }
  const Step* step = draft.edition.FindStep(live->step);
  if (step == nullptr) {
    return RefuseUndeclared(live->step);
  }
  if (step->has_referral()) {
    return RefuseState("needs_referral",
                       "this step is carried out through a referral");
  }
  if (const absl::string_view other =
          OrganisationConflict(draft, command.performer(), step->performer());
      !other.empty()) {
    return RefuseMissing(model::v1::ERROR_REASON_SEPARATION_OF_DUTIES,
                         "separation_of_duties",
                         "the same organisation may not do both steps",
                         {.what = absl::StrCat("step/", other),
                          .mend = "name another organisation"});
  }
  if (!MayPerform(draft, command.performer(), step->performer())) {
    return NewRefusal(model::v1::ERROR_REASON_UNKNOWN_REFERENCE,
                      "cannot_perform",
                      "the organisation is not known, or not of the kind or "
                      "service this step needs");
  }
  event::v1::PerformerAssigned& body =
      *draft.event->mutable_performer_assigned();
  body.set_occurrence(live->number);
  body.set_performer(command.performer());
  draft.SetPerformer(live->number, command.performer());
  draft.Join(command.performer());
  return nullptr;
}

RefusalPtr BringEvidence(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireParticipant(draft));
  const command::v1::BringEvidence& command = draft.command.bring_evidence();
  const EvidenceOwedRecord* owed =
      FindOwed(draft, command.occurrence(), command.guard());
  if (owed == nullptr) {
    return RefuseNotFound("guard");
  }
  event::v1::EvidenceBrought& body = *draft.event->mutable_evidence_brought();
  body.set_occurrence(command.occurrence());
  body.set_guard(command.guard());
  draft.parts.AddDocument("document", command.document());
  draft.EndDeadline(owed->deadline);
  return nullptr;
}

}  // namespace careroute::casework::internal
