#include "lib/measures/entitlement.h"

#include <algorithm>
#include <string>

#include "lib/pathway/evaluate.h"

namespace careroute::measures {
namespace {

using model::v1::Condition;
using model::v1::FactDeclaration;
using model::v1::FactTest;
using model::v1::SupportMeasure;
using Visit = absl::FunctionRef<bool(const FactTest&)>;

bool Walk(const Condition& condition, int depth, Visit visit) {
  if (depth >= pathway::kConditionDepthMax) return true;
  const auto walk = [depth, visit](const Condition& part) {
    return Walk(part, depth + 1, visit);
  };
  switch (condition.kind_case()) {
    case Condition::kAll:
      return std::all_of(condition.all().of().begin(),
                         condition.all().of().end(), walk);
    case Condition::kAny:
      return std::all_of(condition.any().of().begin(),
                         condition.any().of().end(), walk);
    case Condition::kNot:
      return walk(condition.not_());
    case Condition::kFact:
      return visit(condition.fact());
    default:
      return true;
  }
}

// Numbers, dates and truths are compared by their own rules; of a choice the
// pathway must know the value, or "is not" would hold of everybody.
bool KnowsValues(const FactDeclaration& fact,
                 const model::v1::FactValues& all) {
  return fact.type() != model::v1::FACT_TYPE_ENUM ||
         std::all_of(all.values().begin(), all.values().end(),
                     [&fact](const std::string& value) {
                       return std::find(fact.values().begin(),
                                        fact.values().end(),
                                        value) != fact.values().end();
                     });
}

bool IsDeclared(const FactTest& test, const pathway::Edition& edition) {
  const FactDeclaration* fact = edition.FindFact(test.fact());
  return fact != nullptr && KnowsValues(*fact, test.is()) &&
         KnowsValues(*fact, test.is_not());
}

}  // namespace

void VisitFactTests(const SupportMeasure& measure, Visit visit) {
  if (measure.has_entitled()) Walk(measure.entitled(), 0, visit);
}

bool Concerns(const SupportMeasure& measure, const pathway::Edition& edition) {
  const auto& pathways = measure.pathways();
  if (!pathways.empty() &&
      std::find(pathways.begin(), pathways.end(), edition.pathway().id()) ==
          pathways.end()) {
    return false;
  }
  bool concerns = true;
  VisitFactTests(measure, [&](const FactTest& test) {
    concerns = IsDeclared(test, edition);
    return concerns;
  });
  return concerns;
}

model::v1::Entitlement EntitlementOf(const SupportMeasure& measure,
                                     const pathway::CaseView& view) {
  if (!measure.has_entitled()) return model::v1::ENTITLEMENT_YES;
  switch (pathway::Evaluate(measure.entitled(), view, {})) {
    case pathway::Tri::kYes:
      return model::v1::ENTITLEMENT_YES;
    case pathway::Tri::kNo:
      return model::v1::ENTITLEMENT_NO;
    case pathway::Tri::kUnknown:
      break;
  }
  return model::v1::ENTITLEMENT_NOT_KNOWN;
}

// Dates of the form YYYY-MM-DD sort as text; an empty one is open.
bool IsOpenOn(const SupportMeasure& measure, absl::CivilDay day) {
  const std::string text = absl::FormatCivilTime(day);
  return measure.valid_from() <= text &&
         (measure.valid_to().empty() || text <= measure.valid_to());
}

}  // namespace careroute::measures
