#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/catalogue/check_shape.h"
#include "lib/measures/internal/check_rules.h"

namespace careroute::measures::internal {
namespace {

using model::v1::SupportMeasure;
using model::v1::SupportMeasures;

void CheckHead(const SupportMeasures& set, base::Problems& problems) {
  if (set.id().empty()) {
    problems.Error("id", "EMPTY", "has no id", "give it an id");
  }
  if (set.edition().empty()) {
    problems.Error("edition", "EMPTY", "has no edition",
                   "number it, as in 2026.1");
  } else if (!catalogue::IsEdition(set.edition())) {
    problems.Error("edition", "NOT_AN_ID", "is not an edition",
                   "use a-z, 0-9, \"_\", \"-\" and \".\", as in 2026.1");
  }
  if (set.stale_after_months() == 0) {
    problems.Error("stale_after_months", "EMPTY",
                   "does not say when a measure must be checked again",
                   "give the months after which nobody may rely on a check");
  }
  if (set.measures().empty()) {
    problems.Error("measures", "EMPTY", "has no measure", "give it one");
  }
}

void CheckLanguages(const SupportMeasures& set, base::Problems& problems) {
  std::set<std::string> seen;
  if (set.languages().empty()) {
    problems.Error("languages", "EMPTY", "is written in no language",
                   "name the languages of its texts");
  }
  for (int i = 0; i < set.languages_size(); ++i) {
    if (!seen.insert(set.languages(i)).second) {
      const auto at = problems.Enter("languages", i);
      problems.Error("", "DUPLICATE_ID", "stands twice", "remove one");
    }
  }
}

// Dates of the form YYYY-MM-DD sort as text; an empty one is open.
void CheckDates(const SupportMeasure& measure, base::Problems& problems) {
  if (!measure.valid_to().empty() &&
      measure.valid_to() < measure.valid_from()) {
    problems.Error("valid_to", "ENDS_BEFORE_IT_BEGINS", "ends before it begins",
                   "correct the dates");
  }
  if (measure.checked_on().empty()) {
    problems.Error("checked_on", "NEVER_CHECKED",
                   "nobody says when it was last compared with its act",
                   "compare it, and write the day");
  }
}

void CheckTerm(const SupportMeasure& measure, base::Problems& problems) {
  if (!measure.has_decided_within()) return;
  const model::v1::Term& term = measure.decided_within();
  if (!term.parameter().empty() || term.no_limit()) {
    problems.Error("decided_within", "NOT_A_TERM",
                   "a measure has no parameters of a region",
                   "give a number and a unit, or leave the term out");
  } else if (term.n() <= 0 || term.unit() == model::v1::TIME_UNIT_UNSPECIFIED) {
    problems.Error("decided_within", "NOT_A_TERM", "is no term",
                   "give a number above 0 and a unit, or leave the term out");
  }
}

void CheckSource(const SupportMeasures& set, const SupportMeasure& measure,
                 base::Problems& problems) {
  if (!measure.has_source()) {
    problems.Error("source", "NO_SOURCE", "nobody says where it comes from",
                   "cite the act, with its provenance");
    return;
  }
  if (measure.source().provenance() == model::v1::PROVENANCE_DEMO &&
      !set.demo()) {
    problems.Error("source", "NOT_MARKED_DEMO",
                   "is invented, and the set does not say so",
                   "write `demo: true` at the top, or cite an act");
  }
}

}  // namespace

void CheckDeclarations(const SupportMeasures& set, base::Problems& problems) {
  CheckHead(set, problems);
  CheckLanguages(set, problems);
  std::set<std::string> seen;
  for (int i = 0; i < set.measures_size(); ++i) {
    const SupportMeasure& measure = set.measures(i);
    const auto at = problems.Enter("measures", i);
    if (measure.id().empty()) {
      problems.Error("id", "EMPTY", "has no id", "give it an id");
    } else if (!seen.insert(measure.id()).second) {
      problems.Error("id", "DUPLICATE_ID",
                     absl::StrCat(measure.id(), " stands twice"),
                     "give each measure an id of its own");
    }
    CheckDates(measure, problems);
    CheckTerm(measure, problems);
    CheckSource(set, measure, problems);
  }
}

}  // namespace careroute::measures::internal
