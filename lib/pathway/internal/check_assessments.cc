#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using model::v1::AssessmentRules;
using model::v1::FactDeclaration;
using model::v1::Performer;
using model::v1::Step;

template <typename List>
bool Holds(const List& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

class AssessmentChecker {
 public:
  explicit AssessmentChecker(CheckContext& context)
      : context_(context), problems_(context.problems) {}

  void Check(int index) {
    const Step& step = context_.pathway.steps(index);
    if (!step.has_assessment()) {
      return;
    }
    const auto at = problems_.Enter("steps", index);
    const auto within = problems_.Enter("assessment");
    const AssessmentRules& rules = step.assessment();
    if (rules.instruments().empty()) {
      problems_.Error("instruments", "EMPTY",
                      "nobody can be assessed without an instrument",
                      "name those that may be used");
    }
    CheckLevel(rules);
    for (int i = 0; i < rules.rechecks_size(); ++i) {
      CheckRecheck(step, i);
    }
  }

 private:
  void CheckLevel(const AssessmentRules& rules) {
    if (rules.level_fact().empty()) {
      problems_.Error("level_fact", "EMPTY",
                      "does not say which fact states the level",
                      "name the fact");
      return;
    }
    const FactDeclaration* fact = context_.FindFact(rules.level_fact());
    if (fact != nullptr && fact->type() != model::v1::FACT_TYPE_ENUM) {
      problems_.Error(
          "level_fact", "WRONG_TYPE",
          absl::StrCat(rules.level_fact(), " has no values that are levels"),
          "name a fact of the type ENUM");
    }
  }

  // Who assessed may not look again at it (what must hold on all pathways, 11).
  void CheckRecheck(const Step& step, int index) {
    const std::string& id = step.assessment().rechecks(index);
    const Step* assessed = context_.FindStep(id);
    if (assessed == nullptr) {
      return;
    }
    const std::string field = FieldPath("", "rechecks", index);
    if (!assessed->has_assessment()) {
      problems_.Error(field, "MISPLACED",
                      absl::StrCat("nobody is assessed in ", id),
                      "name a step with an assessment");
      return;
    }
    const Performer& performer = step.performer();
    if (!Holds(performer.not_same_member_as(), id) &&
        !Holds(performer.not_same_organisation_as(), id)) {
      problems_.Error(
          field, "SAME_ASSESSOR",
          absl::StrCat("who assessed in ", id, " may look again at it here"),
          absl::StrCat("add ", id, " to the performer's not_same_member_as"));
    }
  }

  CheckContext& context_;
  base::Problems& problems_;
};

}  // namespace

void CheckAssessments(CheckContext& context) {
  AssessmentChecker checker(context);
  for (int i = 0; i < context.pathway.steps_size(); ++i) {
    checker.Check(i);
  }
}

}  // namespace careroute::pathway::internal
