#include "lib/casework/internal/referral_ground.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "lib/casework/view.h"

namespace careroute::casework::internal {
namespace {

using access::DataClassSet;
using model::v1::Way;

RefusalPtr RefuseGround(const Way* way, DataClassSet missing,
                        model::v1::Verdict verdict) {
  RefusalPtr refusal = NewRefusal(
      model::v1::ERROR_REASON_NO_GROUND, "no_ground",
      "no consent in force and no law lets this data pass to the receiver");
  missing.ForEach([&](model::v1::DataClass one) {
    AddMissing({.what = model::v1::DataClass_Name(one),
                .can_be_met_by = "family",
                .mend = way != nullptr && !way->consent_purpose().empty()
                            ? absl::StrCat("a consent to pass it for ",
                                           way->consent_purpose(),
                                           ", or the referral in hand")
                            : std::string("another way, or the referral in "
                                          "hand")},
               *refusal);
  });
  *refusal->mutable_because() = std::move(*verdict.mutable_because());
  return refusal;
}

// A way in hand that is not open now; null when it is.
RefusalPtr RefuseClosed(
    const Way& way,
    absl::FunctionRef<pathway::Tri(const model::v1::Condition&)> ask) {
  if (!way.has_when() || ask(way.when()) == pathway::Tri::kYes) {
    return nullptr;
  }
  return NewRefusal(model::v1::ERROR_REASON_NO_GROUND, "way_closed",
                    "the condition of this way does not hold");
}

}  // namespace

const Way* FindWay(const model::v1::Step& step, absl::string_view id) {
  const auto at =
      std::find_if(step.disclosure().begin(), step.disclosure().end(),
                   [id](const Way& way) { return way.id() == id; });
  return at == step.disclosure().end() ? nullptr : &*at;
}

DataClassSet ClassesOf(const Way& way, DataClassSet asked) {
  const auto optional = DataClassSet::Of(way.optional_classes());
  return DataClassSet::Of(way.classes()).Or(asked.And(optional));
}

const model::v1::Performer& ReceiverOf(const Way& way,
                                       const model::v1::Step& step) {
  return way.has_to() ? way.to() : step.performer();
}

RefusalPtr JudgePassing(const Passing& passing, const ReferralScene& scene,
                        DisclosureVerdict* ground) {
  const OrganisationFacts* receiver =
      scene.context->directory->Find(passing.receiver);
  const auto ask = [&](const model::v1::Condition& condition) {
    return scene.surroundings->Ask(condition, passing.occurrence->subject);
  };
  const auto may_perform = [&](const model::v1::Performer& performer) {
    return scene.surroundings->MayPerform(passing.receiver, performer,
                                          *passing.occurrence);
  };
  const DisclosureQuestion question{
      .step = passing.step,
      .consents = scene.state->consents,
      .receiver = passing.receiver,
      .receiver_kind = receiver == nullptr ? model::v1::AGENCY_KIND_UNSPECIFIED
                                           : receiver->kind,
      .today = scene.today,
      .way = passing.way,
      .classes = passing.classes.Or({model::v1::DATA_CLASS_ROUTE}),
      .ask = ask,
      .may_perform = may_perform};
  const Way* way = FindWay(*passing.step, passing.way);
  if (way != nullptr && way->in_hand() && passing.classes.empty()) {
    return RefuseClosed(*way, ask);
  }
  const DisclosureVerdict verdict = JudgeDisclosure(question);
  DataClassSet missing = question.classes.Without(verdict.allowed);
  if (!passing.classes.And(missing).empty()) {
    missing.Remove(model::v1::DATA_CLASS_ROUTE);  // it never goes alone
  }
  if (ground != nullptr) {
    *ground = verdict;
  }
  if (missing.empty()) {
    return nullptr;
  }
  return RefuseGround(
      way, missing,
      ExplainDisclosure(question, CaseName(scene.context->case_id)));
}

}  // namespace careroute::casework::internal
