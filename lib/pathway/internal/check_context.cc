#include "lib/pathway/internal/check_context.h"

#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"

namespace careroute::pathway::internal {

using model::v1::Pathway;
using model::v1::Step;

template <typename List>
void CheckContext::Index(Named named, const List& list) {
  auto& places = places_[named];
  for (int i = 0; i < list.size(); ++i) {
    places.try_emplace(list.Get(i).id(), i);
  }
}

CheckContext::CheckContext(const Pathway& checked, base::Problems& found)
    : pathway(checked), problems(found) {
  Index(Named::kStep, pathway.steps());
  Index(Named::kFact, pathway.facts());
  Index(Named::kRole, pathway.roles());
  Index(Named::kTrack, pathway.tracks());
  Index(Named::kStopReason, pathway.stop_reasons());
  Index(Named::kEntry, pathway.entries());
  Index(Named::kEnding, pathway.endings());
  Index(Named::kCriterion, pathway.criteria());
  Index(Named::kStage, pathway.stages());
  Index(Named::kList, pathway.lists());
  Index(Named::kCapTable, pathway.cap_tables());
  Index(Named::kParameter, pathway.parameters());
  for (int i = 0; i < pathway.purposes_size(); ++i) {
    places_[Named::kPurpose].try_emplace(pathway.purposes(i), i);
  }
}

int CheckContext::Find(Named named, absl::string_view id) const {
  const auto kind = places_.find(named);
  if (kind == places_.end()) {
    return -1;
  }
  const auto found = kind->second.find(id);
  return found == kind->second.end() ? -1 : found->second;
}

const Step* CheckContext::FindStep(absl::string_view id) const {
  const int place = Find(Named::kStep, id);
  return place < 0 ? nullptr : &pathway.steps(place);
}

const model::v1::FactDeclaration* CheckContext::FindFact(
    absl::string_view id) const {
  const int place = Find(Named::kFact, id);
  return place < 0 ? nullptr : &pathway.facts(place);
}

const model::v1::Parameter* CheckContext::FindParameter(
    absl::string_view id) const {
  const int place = Find(Named::kParameter, id);
  return place < 0 ? nullptr : &pathway.parameters(place);
}

int FindOutcome(const Step& step, absl::string_view outcome) {
  for (int i = 0; i < step.outcomes_size(); ++i) {
    if (step.outcomes(i).id() == outcome) {
      return i;
    }
  }
  return -1;
}

model::v1::SubjectKind SubjectOf(const Step& step) {
  switch (step.occurrence_per()) {
    case model::v1::OCCURRENCE_PER_PREGNANCY:
      return model::v1::SUBJECT_KIND_PREGNANCY;
    case model::v1::OCCURRENCE_PER_FINDING:
      return model::v1::SUBJECT_KIND_FINDING;
    case model::v1::OCCURRENCE_PER_PLAN_LINE:
      return model::v1::SUBJECT_KIND_PLAN_LINE;
    case model::v1::OCCURRENCE_PER_PERIOD:
      return model::v1::SUBJECT_KIND_PERIOD;
    case model::v1::OCCURRENCE_PER_CHILD_BORN:
      return model::v1::SUBJECT_KIND_CHILD_BORN;
    default:
      return model::v1::SUBJECT_KIND_PERSON;
  }
}

int StepInPath(absl::string_view path) {
  int step = -1;
  if (!absl::ConsumePrefix(&path, "steps[") ||
      !absl::SimpleAtoi(path.substr(0, path.find(']')), &step)) {
    return -1;
  }
  return step;
}

bool IsStated(const model::v1::Term& term) {
  return term.unit() != model::v1::TIME_UNIT_UNSPECIFIED ||
         !term.parameter().empty() || term.no_limit();
}

}  // namespace careroute::pathway::internal
