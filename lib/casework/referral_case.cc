#include "lib/casework/referral_case.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/access/redact.h"
#include "lib/casework/internal/referral_conclude.h"
#include "lib/casework/internal/referral_ground.h"
#include "lib/casework/internal/referral_make.h"
#include "lib/casework/internal/referral_parts.h"
#include "lib/casework/internal/referral_refuse.h"
#include "lib/casework/referral_profile.h"

namespace careroute::casework {
namespace {

using access::DataClassSet;
using command::v1::ReferralCommand;
using internal::NewRefusal;
using internal::RefusalPtr;

// A referral that exists, with what the edition says of it.
struct Subject {
  const Referral* referral = nullptr;
  const model::v1::Step* step = nullptr;
  const Occurrence* occurrence = nullptr;  // null: over by now
  const model::v1::Way* way = nullptr;
  const ReferralProfile* profile = nullptr;
};

Subject FindSubject(std::int32_t number, const ReferralScene& scene) {
  Subject subject;
  subject.referral = FindReferral(*scene.state, number);
  if (subject.referral == nullptr) {
    return subject;
  }
  const Referral& referral = *subject.referral;
  subject.step = scene.edition->FindStep(referral.step);
  subject.occurrence = FindOccurrence(*scene.state, referral.occurrence);
  subject.profile = FindProfile("");
  if (subject.step != nullptr) {
    subject.way = internal::FindWay(*subject.step, referral.disclosed.way);
    subject.profile = FindProfile(subject.step->referral().profile());
  }
  return subject;
}

// --- Grounds ----------------------------------------------------------------

RefusalPtr Judge(const Subject& subject, DataClassSet classes,
                 const ReferralScene& scene) {
  return internal::JudgePassing({.step = subject.step,
                                 .occurrence = subject.occurrence,
                                 .way = subject.referral->disclosed.way,
                                 .receiver = subject.referral->performer,
                                 .classes = classes},
                                scene, nullptr);
}

RefusalPtr CheckSend(const Subject& subject, const ReferralScene& scene) {
  static const auto* none = new google::protobuf::RepeatedPtrField<std::string>;
  if (subject.occurrence == nullptr || subject.step == nullptr) {
    return NewRefusal(model::v1::ERROR_REASON_WRONG_STATE, "occurrence_over",
                      "the work this referral is for is not live");
  }
  GuardAnswer guards =
      scene.surroundings->CheckGuards(*subject.occurrence, *none);
  if (guards.refusal != nullptr) {
    return std::move(guards.refusal);
  }
  return Judge(subject, subject.referral->disclosed.classes, scene);
}

// Who accepts goes on with data it may no longer hold once the family has
// withdrawn its consent; the requester must speak with the family first.
RefusalPtr CheckAccept(const Subject& subject, const ReferralScene& scene) {
  if (subject.occurrence == nullptr || subject.way == nullptr) {
    return nullptr;
  }
  return Judge(subject, DataClassSet::Of(subject.way->classes()), scene);
}

DataClassSet ClassesOf(const command::v1::GiveInformation& give) {
  DataClassSet classes;
  for (const model::v1::DisclosedText& text : give.texts()) {
    classes.Add(text.data_class());
  }
  for (const model::v1::Document& document : give.documents()) {
    classes = classes.Or(access::ClassesIn(document, access::UnknownFactClass));
  }
  return classes;
}

RefusalPtr CheckGiveInformation(const command::v1::GiveInformation& give,
                                const Subject& subject,
                                const ReferralScene& scene) {
  RefusalPtr refusal;
  for (int i = 0; i < give.texts_size(); ++i) {
    const model::v1::DataClass one = give.texts(i).data_class();
    if (DataClassSet({one}).empty()) {
      internal::AddProblem(
          {absl::StrCat("texts[", i, "].data_class"), "EMPTY",
           "a text has a class", "say what kind of data it is"},
          refusal);
    }
  }
  if (refusal != nullptr) {
    return refusal;
  }
  if (subject.occurrence == nullptr || subject.step == nullptr) {
    return NewRefusal(model::v1::ERROR_REASON_NO_GROUND, "no_ground",
                      "the work is over, so no way of disclosure is open");
  }
  return Judge(subject, ClassesOf(give), scene);
}

RefusalPtr CheckOutcome(const std::string& outcome, const Subject& subject,
                        const ReferralScene& scene) {
  if (outcome.empty() ||
      scene.edition->FindOutcome(subject.referral->step, outcome) != nullptr) {
    return nullptr;
  }
  RefusalPtr refusal =
      NewRefusal(model::v1::ERROR_REASON_NOT_DECLARED, "outcome_not_declared",
                 "the step has no such outcome");
  internal::AddProblem({"outcome", "NOT_DECLARED", "is no outcome of the step",
                        "give one of the step's outcomes"},
                       refusal);
  return refusal;
}

RefusalPtr CheckInCase(const ReferralCommand& command, const Subject& subject,
                       const ReferralScene& scene) {
  switch (command.command_case()) {
    case ReferralCommand::kSend:
      return CheckSend(subject, scene);
    case ReferralCommand::kAccept:
      return CheckAccept(subject, scene);
    case ReferralCommand::kGiveInformation:
      return CheckGiveInformation(command.give_information(), subject, scene);
    case ReferralCommand::kComplete:
      return CheckOutcome(command.complete().outcome(), subject, scene);
    case ReferralCommand::kReportInHand:
      return CheckOutcome(command.report_in_hand().outcome(), subject, scene);
    default:
      return nullptr;
  }
}

// --- What follows -----------------------------------------------------------

const model::v1::Term* TermOf(const LoopChange& loop,
                              const model::v1::ReferralRule* rule) {
  if (rule == nullptr || !loop.opens) {
    return nullptr;
  }
  if (loop.loop == model::v1::REFERRAL_LOOP_CANCEL) {
    return rule->has_answer_cancel_within() ? &rule->answer_cancel_within()
                                            : nullptr;
  }
  return rule->has_give_information_within() ? &rule->give_information_within()
                                             : nullptr;
}

void AddWords(const ReferralCommand& command, StepEffect& effect) {
  switch (command.command_case()) {
    case ReferralCommand::kAccept:
      effect.note = command.accept().note();
      return;
    case ReferralCommand::kReject:
      effect.note = command.reject().note();
      return;
    case ReferralCommand::kFail:
      effect.note = command.fail().note();
      return;
    case ReferralCommand::kComplete:
      effect.note = command.complete().note();
      effect.late_reason = command.complete().late_reason();
      return;
    case ReferralCommand::kReportInHand:
      effect.note = command.report_in_hand().note();
      return;
    case ReferralCommand::kMarkInError:
      effect.note = command.mark_in_error().note();
      return;
    default:
      return;
  }
}

void AddLoops(const Subject& subject, const ReferralScene& scene,
              ReferralDecision& decision, ReferralChange& change) {
  const auto* rule = internal::RuleOf(*subject.referral, scene);
  for (LoopChange& loop : decision.loops) {
    loop.within = TermOf(loop, rule);
    change.loops.push_back(loop);
  }
}

ReferralDecision Decide(const ReferralCommand& command, const Subject& subject,
                        const ReferralScene& scene) {
  ReferralContext context = internal::ContextOf(*subject.referral, scene);
  context.delivery = internal::DeliveryBy(subject.way);
  return DecideReferral(*subject.referral, *subject.profile, command, context);
}

RefusalPtr Move(const ReferralCommand& command, const Subject& subject,
                const ReferralScene& scene, ReferralChange& change) {
  ReferralDecision decision = Decide(command, subject, scene);
  if (!decision.ok()) {
    return std::move(decision.refusal);
  }
  // After the machine, so that who may not move learns nothing of grounds.
  if (RefusalPtr refusal = CheckInCase(command, subject, scene);
      refusal != nullptr) {
    return refusal;
  }
  change.moved = decision.moved;
  change.moved->set_number(subject.referral->number);
  AddLoops(subject, scene, decision, change);
  const model::v1::Delivery delivery =
      change.moved->delivery() == model::v1::DELIVERY_UNSPECIFIED
          ? subject.referral->delivery
          : change.moved->delivery();
  internal::Conclude({change.moved->request(), change.moved->performance()},
                     *subject.referral, delivery, scene, change);
  AddWords(command, change.effect);
  internal::Parts parts(scene.context->arena);
  internal::TakeParts(*change.moved->mutable_request(), parts);
  internal::TakeParts(*change.moved->mutable_performance(), parts);
  change.parts = parts.Take();
  return nullptr;
}

// What becomes of the old referral, then the new one.
RefusalPtr Redirect(const ReferralCommand& command, const Subject& subject,
                    const ReferralScene& scene, ReferralChange& change) {
  ReferralDecision decision = Decide(command, subject, scene);
  if (!decision.ok()) {
    return std::move(decision.refusal);
  }
  const Referral& old = *subject.referral;
  if (RefusalPtr refusal =
          internal::MakeInPlaceOf(old, command.redirect(), scene, change);
      refusal != nullptr) {
    return refusal;
  }
  AddLoops(subject, scene, decision, change);
  if (decision.moved->request().empty()) {
    return nullptr;
  }
  auto* touched =
      google::protobuf::Arena::CreateMessage<event::v1::ReferralTouched>(
          scene.context->arena);
  touched->set_number(old.number);
  touched->mutable_request()->Swap(decision.moved->mutable_request());
  touched->mutable_performance()->Swap(decision.moved->mutable_performance());
  change.touched.push_back(touched);
  Referral after = old;
  Fold(*touched, after);
  if (!IsOpen(StateOf(after))) {
    change.closed.push_back(old.number);
  }
  return nullptr;
}

RefusalPtr Dispatch(const ReferralCommand& command, const ReferralScene& scene,
                    ReferralChange& change) {
  if (command.has_make()) {
    return internal::Make(command.make(), scene, change);
  }
  const Subject subject = FindSubject(command.referral(), scene);
  if (subject.referral == nullptr || subject.profile == nullptr) {
    return NewRefusal(model::v1::ERROR_REASON_NOT_FOUND, "not_found",
                      "the case has no referral of this number");
  }
  return command.has_redirect() ? Redirect(command, subject, scene, change)
                                : Move(command, subject, scene, change);
}

}  // namespace

ReferralChange DecideReferralInCase(const ReferralCommand& command,
                                    const ReferralScene& scene) {
  ReferralChange change;
  RefusalPtr refusal = Dispatch(command, scene, change);
  if (refusal == nullptr) {
    return change;
  }
  ReferralChange refused;
  refused.refusal = std::move(refusal);
  return refused;
}

}  // namespace careroute::casework
