#include <string>

#include "absl/strings/str_cat.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using google::protobuf::Message;
using model::v1::Source;
using model::v1::Term;

void CheckTerm(base::Problems& problems, const Term& term,
               const std::string& path) {
  if (!IsStated(term)) {
    problems.Error(path, "NO_UNIT", "the term has no unit",
                   "state n and unit, or a region parameter");
    return;
  }
  if (term.unit() == model::v1::TIME_UNIT_UNSPECIFIED) {
    return;
  }
  if (term.n() < 1) {
    problems.Error(path + ".n", "OUT_OF_RANGE", "the term is empty",
                   "give a number of at least 1");
  }
  if (term.unit() == model::v1::TIME_UNIT_DAY_OF_NEXT_MONTH && term.n() > 31) {
    problems.Error(path + ".n", "OUT_OF_RANGE", "no month has that day",
                   "give a day from 1 to 31");
  }
}

void CheckSource(base::Problems& problems, const Source& source,
                 const std::string& path) {
  if (source.provenance() == model::v1::PROVENANCE_RECALLED &&
      source.confidence() == model::v1::CONFIDENCE_UNSPECIFIED) {
    problems.Warning(path, "NO_CONFIDENCE",
                     "recalled law does not say how well it is remembered",
                     "state the confidence");
  }
  if (source.provenance() != model::v1::PROVENANCE_RECALLED &&
      source.confidence() != model::v1::CONFIDENCE_UNSPECIFIED) {
    problems.Warning(path + ".confidence", "NEEDLESS_CONFIDENCE",
                     "only recalled law states a confidence", "remove it");
  }
  if (source.provenance() == model::v1::PROVENANCE_UNSPECIFIED) {
    problems.Error(path, "NO_PROVENANCE", "the source has no provenance",
                   "state it");
  }
  if (!source.valid_to().empty() && source.valid_to() < source.valid_from()) {
    problems.Error(path + ".valid_to", "ENDS_BEFORE_IT_BEGINS",
                   "ends before it begins", "correct the dates");
  }
}

}  // namespace

void CheckTermsAndSources(CheckContext& context) {
  WalkMessages(
      context.pathway, [&](const Message& part, const std::string& path) {
        if (part.GetDescriptor() == Term::descriptor()) {
          CheckTerm(context.problems, static_cast<const Term&>(part), path);
        } else if (part.GetDescriptor() == Source::descriptor()) {
          CheckSource(context.problems, static_cast<const Source&>(part), path);
        }
        return part.GetDescriptor() != model::v1::TextTable::descriptor();
      });
}

}  // namespace careroute::pathway::internal
