#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lib/pathway/evaluate.h"
#include "lib/pathway/internal/evaluate_at.h"

namespace careroute::pathway {
namespace {

using model::v1::Condition;
using model::v1::FactTest;
using model::v1::OutcomeTest;
using model::v1::Performer;
using model::v1::Step;

// "Same as the performer of" may chain; nobody chains further.
constexpr int kSameAsMax = 4;

std::string RoleOf(const Step& step, const Edition& edition, int depth) {
  const Performer& performer = step.performer();
  switch (performer.who_case()) {
    case Performer::kRole:
      return performer.role();
    case Performer::kFamily:
      return "family";
    case Performer::kIdentifyingOrganisation:
      return "identifying_organisation";
    case Performer::kSameAs: {
      const Step* other = edition.FindStep(performer.same_as());
      return other == nullptr || depth >= kSameAsMax
                 ? "coordinator"
                 : RoleOf(*other, edition, depth + 1);
    }
    default:
      return "coordinator";
  }
}

class Explainer {
 public:
  explicit Explainer(const Question& question) : question_(question) {}

  // `wanted` is the answer that would let the whole be yes.
  Reason Explain(const Condition& condition, Tri wanted, int depth) {
    Reason reason;
    if (depth > kConditionDepthMax) {
      reason.key = "malformed";
      return reason;
    }
    ++nodes_;
    reason.answer = internal::EvaluateAt(condition, *question_.view,
                                         question_.asking, depth);
    Describe(condition, reason);
    if (reason.answer != wanted) {
      reason.suppliers = SuppliersOf(condition);
    }
    AddParts(condition, wanted, depth, reason);
    return reason;
  }

 private:
  static void Say(Reason& reason, const char* name, std::string value) {
    reason.parameters.push_back({name, std::move(value)});
  }

  template <typename List>
  static std::string Join(const List& list) {
    return absl::StrJoin(list, ",");
  }

  static void SayTerm(Reason& reason, const model::v1::Term& term) {
    Say(reason, "n", absl::StrCat(term.n()));
    Say(reason, "unit", model::v1::TimeUnit_Name(term.unit()));
  }

  static void SayAge(Reason& reason, const char* years, const char* months,
                     const model::v1::Age& age) {
    Say(reason, years, absl::StrCat(age.years()));
    Say(reason, months, absl::StrCat(age.months()));
  }

  void Describe(const Condition& condition, Reason& reason) {
    switch (condition.kind_case()) {
      case Condition::kAll:
        reason.key = "all";
        break;
      case Condition::kAny:
        reason.key = "any";
        break;
      case Condition::kNot:
        reason.key = "not";
        break;
      case Condition::kFact:
        DescribeFact(condition.fact(), reason);
        break;
      case Condition::kOutcome:
        DescribeOutcome(condition.outcome(), reason);
        break;
      case Condition::kAge:
        DescribeAge(condition.age(), reason);
        break;
      case Condition::kTrack:
        reason.key = "track";
        Say(reason, "track", condition.track().track());
        break;
      case Condition::kConsent:
        DescribeConsent(condition.consent(), reason);
        break;
      case Condition::kEntry:
        reason.key = "entry";
        Say(reason, "entries", Join(condition.entry().is()));
        break;
      case Condition::kStep:
        reason.key = "step.live";
        Say(reason, "step", condition.step().live());
        SaySame(condition.step().same_subject(), reason);
        break;
      case Condition::kCriterion:
        DescribeCriterion(condition.criterion(), reason);
        break;
      case Condition::KIND_NOT_SET:
        reason.key = "malformed";
        break;
    }
  }

  void SaySame(bool same_subject, Reason& reason) const {
    if (same_subject) {
      Say(reason, "same", model::v1::SubjectKind_Name(question_.asking.kind));
    }
  }

  void DescribeFact(const FactTest& test, Reason& reason) {
    switch (test.test_case()) {
      case FactTest::kIs:
        reason.key = "fact.is";
        Say(reason, "values", Join(test.is().values()));
        break;
      case FactTest::kIsNot:
        reason.key = "fact.is_not";
        Say(reason, "values", Join(test.is_not().values()));
        break;
      case FactTest::kAtLeast:
        reason.key = "fact.at_least";
        Say(reason, "number", absl::StrCat(test.at_least()));
        break;
      case FactTest::kAtMost:
        reason.key = "fact.at_most";
        Say(reason, "number", absl::StrCat(test.at_most()));
        break;
      case FactTest::kRecorded:
        reason.key = test.recorded() ? "fact.recorded" : "fact.not_recorded";
        break;
      case FactTest::TEST_NOT_SET:
        reason.key = "malformed";
        return;
    }
    Say(reason, "fact", test.fact());
    SaySame(test.same_subject(), reason);
    if (test.has_not_older_than()) {
      SayTerm(reason, test.not_older_than());
    }
    const auto* fact = question_.edition->FindFact(test.fact());
    if (fact != nullptr) {
      reason.data_class = fact->data_class();
    }
  }

  void DescribeOutcome(const OutcomeTest& test, Reason& reason) {
    reason.key = test.is_size() == 0 ? "outcome.any"
                 : test.latest()     ? "outcome.latest"
                                     : "outcome";
    Say(reason, "step", test.step());
    if (test.is_size() > 0) {
      Say(reason, "outcomes", Join(test.is()));
    }
    SaySame(test.same_subject(), reason);
    if (test.has_not_older_than()) {
      SayTerm(reason, test.not_older_than());
    }
  }

  void DescribeAge(const model::v1::AgeTest& test, Reason& reason) {
    reason.key = !test.has_at_least()           ? "age.below"
                 : test.has_below()             ? "age.between"
                 : test.has_reached_before_by() ? "age.soon"
                                                : "age.at_least";
    if (test.has_at_least()) {
      SayAge(reason, "years", "months", test.at_least());
    }
    if (test.has_below()) {
      SayAge(reason, "below_years", "below_months", test.below());
    }
    if (test.has_reached_before_by()) {
      SayTerm(reason, test.reached_before_by());
    }
  }

  void DescribeConsent(const model::v1::ConsentTest& test, Reason& reason) {
    reason.key = "consent";
    Say(reason, "matter", model::v1::ConsentMatter_Name(test.matter()));
    std::vector<std::string> classes;
    classes.reserve(static_cast<size_t>(test.classes_size()));
    for (int i = 0; i < test.classes_size(); ++i) {
      classes.push_back(model::v1::DataClass_Name(test.classes(i)));
    }
    if (!classes.empty()) {
      Say(reason, "classes", Join(classes));
    }
    if (!test.to_role().empty()) {
      Say(reason, "role", test.to_role());
    }
    if (!test.purpose().empty()) {
      Say(reason, "purpose", test.purpose());
    }
  }

  void DescribeCriterion(const model::v1::CriterionTest& test, Reason& reason) {
    reason.key = test.is_size() == 0 ? "criterion.any" : "criterion";
    if (test.is_size() > 0) {
      Say(reason, "criteria", Join(test.is()));
    }
    for (const std::string& id : test.is()) {
      const auto* criterion = question_.edition->FindCriterion(id);
      if (criterion != nullptr) {
        reason.data_class =
            std::max(reason.data_class, criterion->data_class());
      }
    }
  }

  [[nodiscard]] std::vector<Supplier> PerformerOf(
      const std::string& step_id) const {
    const Step* step = question_.edition->FindStep(step_id);
    if (step == nullptr) {
      return {};
    }
    return {{RoleOf(*step, *question_.edition, 0), step_id}};
  }

  [[nodiscard]] std::vector<Supplier> SuppliersOfFact(
      const std::string& fact) const {
    std::vector<Supplier> suppliers;
    for (const int index : question_.edition->StepsThatBring(fact)) {
      const Step& step = question_.edition->step(index);
      suppliers.push_back({RoleOf(step, *question_.edition, 0), step.id()});
    }
    if (suppliers.empty()) {
      suppliers.push_back({"coordinator", ""});
    }
    return suppliers;
  }

  [[nodiscard]] std::vector<Supplier> SuppliersOf(
      const Condition& condition) const {
    switch (condition.kind_case()) {
      case Condition::kFact:
        return SuppliersOfFact(condition.fact().fact());
      case Condition::kOutcome:
        return PerformerOf(condition.outcome().step());
      case Condition::kStep:
        return PerformerOf(condition.step().live());
      case Condition::kConsent:
        return {{"family", ""}};
      case Condition::kTrack:
        return {{"coordinator", ""}};
      case Condition::kCriterion:
        return {{"identifying_organisation", ""}};
      default:
        return {};
    }
  }

  void AddParts(const Condition& condition, Tri wanted, int depth,
                Reason& reason) {
    if (condition.has_not_()) {
      AddPart(condition.not_(), Not(wanted), depth, reason);
    }
    for (const Condition& part : condition.all().of()) {
      AddPart(part, wanted, depth, reason);
    }
    for (const Condition& part : condition.any().of()) {
      AddPart(part, wanted, depth, reason);
    }
  }

  void AddPart(const Condition& part, Tri wanted, int depth, Reason& reason) {
    if (nodes_ + 1 < kReasonNodesMax) {
      reason.children.push_back(Explain(part, wanted, depth + 1));
    } else if (!cut_) {
      cut_ = true;
      Reason more;
      more.key = "more";
      reason.children.push_back(std::move(more));
    }
  }

  const Question& question_;
  size_t nodes_ = 0;
  bool cut_ = false;
};

}  // namespace

Reason Explain(const Condition& condition, const Question& question) {
  return Explainer(question).Explain(condition, Tri::kYes, 1);
}

Reason ExplainGuard(absl::string_view step, const model::v1::Guard& guard,
                    const Question& question) {
  Reason reason;
  reason.key = "guard";
  reason.parameters = {{"step", std::string(step)}, {"guard", guard.id()}};
  reason.children.push_back(Explain(guard.must_hold(), question));
  reason.answer = reason.children.front().answer;
  if (reason.answer != Tri::kYes) {
    if (!guard.can_be_met_by().empty()) {
      reason.suppliers = {{guard.can_be_met_by(), ""}};
    } else {
      reason.suppliers = reason.children.front().suppliers;
    }
  }
  if (guard.has_source()) {
    reason.source = guard.source();
  }
  return reason;
}

}  // namespace careroute::pathway
