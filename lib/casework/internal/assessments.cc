#include "lib/casework/internal/assessments.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/scoring/instrument_set.h"

namespace careroute::casework::internal {
namespace {

using model::v1::AssessmentRules;
using model::v1::FactDeclaration;

bool IsValue(const FactDeclaration& fact, const std::string& level) {
  return std::find(fact.values().begin(), fact.values().end(), level) !=
         fact.values().end();
}

// Whether the instrument can find a level that the fact can have.
bool SpeaksOf(const Draft& draft, const AssessmentRecord& assessment,
              const FactDeclaration& fact) {
  if (!assessment.level.empty()) {
    return IsValue(fact, assessment.level);
  }
  const scoring::Instrument* instrument =
      draft.context.instruments == nullptr
          ? nullptr
          : draft.context.instruments->Find(
                {.id = assessment.instrument, .edition = assessment.edition});
  return instrument != nullptr &&
         std::any_of(instrument->message().levels().begin(),
                     instrument->message().levels().end(),
                     [&fact](const model::v1::InstrumentLevel& level) {
                       return IsValue(fact, level.id());
                     });
}

// The latest of the occurrence that says what the fact may be.
const AssessmentRecord* Deciding(const Draft& draft, const Live& live,
                                 const FactDeclaration& fact) {
  const auto& all = draft.state.assessments;
  const auto found =
      std::find_if(all.rbegin(), all.rend(), [&](const AssessmentRecord& one) {
        return one.occurrence == live.number && SpeaksOf(draft, one, fact);
      });
  return found == all.rend() ? nullptr : &*found;
}

std::string Named(absl::string_view level) {
  return level.empty() ? "no level" : std::string(level);
}

RefusalPtr NotAsAssessed(const AssessmentRecord& assessment,
                         const std::string& stated, const std::string& fact) {
  const std::string found = Named(assessment.level);
  RefusalPtr refusal = RefuseMissing(
      model::v1::ERROR_REASON_OUTCOME_INCOMPLETE, "level_not_as_assessed",
      absl::StrCat("assessment ", assessment.number, " found ", found,
                   ", and the outcome states ", Named(stated)),
      {.what = absl::StrCat("fact/", fact),
       .can_be_met_by = "performer",
       .mend = assessment.level.empty()
                   ? "choose an outcome without a level, or assess anew"
                   : absl::StrCat("state ", found, ", or assess anew")});
  model::v1::Explanation& because = *refusal->mutable_because();
  because.set_message_key(assessment.level.empty() ? "level_not_found"
                                                   : "level_not_as_assessed");
  because.add_arguments(absl::StrCat(assessment.number));
  because.add_arguments(assessment.level);
  because.add_arguments(stated);
  because.add_arguments(
      absl::StrCat(assessment.instrument, " ", assessment.edition));
  return refusal;
}

}  // namespace

RefusalPtr CheckLevel(const Draft& draft, const Live& live,
                      const Target& target, const Facts& facts) {
  const AssessmentRules& rules = target.step->assessment();
  const FactDeclaration* declared = draft.edition.FindFact(rules.level_fact());
  if (declared == nullptr) {
    return nullptr;
  }
  const AssessmentRecord* assessment = Deciding(draft, live, *declared);
  if (assessment == nullptr) {
    return nullptr;
  }
  for (const Facts* brought : {&facts, &target.outcome->records()}) {
    for (const model::v1::Fact& one : *brought) {
      if (one.fact() == rules.level_fact() &&
          (assessment->level.empty() ||
           one.value().choice() != assessment->level)) {
        return NotAsAssessed(*assessment, one.value().choice(),
                             rules.level_fact());
      }
    }
  }
  return nullptr;
}

bool HasAssessed(const Draft& draft, absl::string_view member,
                 absl::string_view step) {
  return std::any_of(draft.state.assessments.begin(),
                     draft.state.assessments.end(),
                     [&](const AssessmentRecord& one) {
                       return one.step == step && one.assessor == member;
                     });
}

}  // namespace careroute::casework::internal
