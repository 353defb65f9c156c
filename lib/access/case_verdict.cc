#include "lib/access/case_verdict.h"

#include <algorithm>

namespace careroute::access {
namespace {

using model::v1::DataClass;
using model::v1::Explanation;

constexpr DataClassSet kRoute = {model::v1::DATA_CLASS_ROUTE};

// Whoever leads a case must be able to speak with the family and to follow the
// route; what doctors know is not needed for that.
constexpr DataClassSet kOfCoordinator = {
    model::v1::DATA_CLASS_ROUTE,   model::v1::DATA_CLASS_IDENTITY,
    model::v1::DATA_CLASS_CONTACT, model::v1::DATA_CLASS_NEEDS,
    model::v1::DATA_CLASS_SOCIAL,  model::v1::DATA_CLASS_EDUCATION};

bool RoleReadsCases(model::v1::ActorRole role) {
  switch (role) {
    case model::v1::ACTOR_ROLE_REGISTRAR:
    case model::v1::ACTOR_ROLE_COORDINATOR:
    case model::v1::ACTOR_ROLE_PERFORMER:
      return true;
    default:
      return false;
  }
}

bool PurposeOpens(const CaseQuestion& question) {
  const auto& declared = question.declared_purposes;
  return question.purpose == "care" || question.purpose == "coordination" ||
         std::find(declared.begin(), declared.end(), question.purpose) !=
             declared.end();
}

// Key of what keeps the case hidden; empty when nothing does.
absl::string_view HiddenBecause(const CaseQuestion& question) {
  if (!question.part.takes_part && !question.part.emergency) {
    return "access.takes_no_part";
  }
  if (!RoleReadsCases(question.role)) {
    return "access.role_reads_no_cases";
  }
  return PurposeOpens(question) ? "" : "access.purpose_opens_nothing";
}

DataClassSet ClassesOf(const CasePart& part) {
  if (part.identified || part.emergency) {
    return DataClassSet::All();
  }
  return (part.coordinates ? kOfCoordinator : kRoute).Or(part.disclosed);
}

// What shows a class; the first that does.
absl::string_view ShownBecause(const CasePart& part, DataClass one) {
  if (part.identified) {
    return "access.identified";
  }
  if (part.coordinates && kOfCoordinator.Contains(one)) {
    return "access.coordinates";
  }
  if (one == model::v1::DATA_CLASS_ROUTE && part.takes_part) {
    return "access.takes_part";
  }
  if (part.disclosed.Contains(one)) {
    return "access.disclosed";
  }
  return part.emergency ? "access.emergency" : "";
}

Explanation& AddReason(absl::string_view key, bool yes, Explanation& parent) {
  Explanation& child = *parent.add_because();
  child.set_message_key(std::string(key));
  child.set_answer(yes ? model::v1::EXPLANATION_ANSWER_YES
                       : model::v1::EXPLANATION_ANSWER_NO);
  return child;
}

}  // namespace

CaseVerdict JudgeCase(const CaseQuestion& question) {
  if (question.role == model::v1::ACTOR_ROLE_HUB) {
    return {.visible = true, .classes = DataClassSet::All()};
  }
  if (!HiddenBecause(question).empty()) {
    return {};
  }
  return {.visible = true, .classes = ClassesOf(question.part)};
}

Explanation ExplainCase(const CaseQuestion& question) {
  Explanation because;
  because.set_message_key("access.case");
  const CaseVerdict verdict = JudgeCase(question);
  because.set_answer(verdict.visible ? model::v1::EXPLANATION_ANSWER_YES
                                     : model::v1::EXPLANATION_ANSWER_NO);
  if (!verdict.visible) {
    AddReason(HiddenBecause(question), false, because);
    return because;
  }
  if (question.role == model::v1::ACTOR_ROLE_HUB) {
    AddReason("access.hub", true, because);
    return because;
  }
  DataClassSet::All().ForEach([&](DataClass one) {
    const absl::string_view shown = ShownBecause(question.part, one);
    Explanation& reason =
        AddReason(shown.empty() ? "access.not_disclosed" : shown,
                  !shown.empty(), because);
    reason.add_arguments(model::v1::DataClass_Name(one));
  });
  return because;
}

bool MayHaveFamilySheet(const model::v1::Representative& representative) {
  return representative.restriction() ==
             model::v1::REPRESENTATIVE_RESTRICTION_UNSPECIFIED &&
         !representative.address_hidden_from();
}

}  // namespace careroute::access
