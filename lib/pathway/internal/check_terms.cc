#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "lib/catalogue/check_sources.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/term_range.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using google::protobuf::Message;
using model::v1::Source;
using model::v1::Term;

// What nobody lives to see.
constexpr std::int64_t kYearsMax = 100;

// Where a term is a length that is laid off again and again, or from a day
// backwards: the day of a month is no length.
bool IsLength(absl::string_view field) {
  static constexpr absl::string_view kFields[] = {
      "before_by", "not_older_than",  "reached_before_by",
      "max",       "keeps_place_for", "missed_after",
  };
  return std::find(std::begin(kFields), std::end(kFields), field) !=
         std::end(kFields);
}

// What comes round no sooner than the next day: a family is not called upon
// every minute.
bool IsRound(absl::string_view path) {
  return absl::EndsWith(path, "recurrence.every") ||
         absl::EndsWith(path, "contact_every") ||
         absl::EndsWith(path, "remind_every");
}

absl::string_view LastField(absl::string_view path) {
  const size_t dot = path.rfind('.');
  return dot == absl::string_view::npos ? path : path.substr(dot + 1);
}

// Dates are counted back in days, weeks, months and years.
bool CountsBack(absl::string_view path) {
  return absl::EndsWith(path, "before_by") &&
         !absl::EndsWith(path, "reached_before_by");
}

void CheckUnit(base::Problems& problems, const Term& term,
               const std::string& path) {
  const bool by_the_clock = term.unit() == model::v1::TIME_UNIT_MINUTE ||
                            term.unit() == model::v1::TIME_UNIT_HOUR;
  if (term.unit() == model::v1::TIME_UNIT_DAY_OF_NEXT_MONTH &&
      (IsLength(LastField(path)) || absl::EndsWith(path, "attempts.every"))) {
    problems.Error(path + ".unit", "WRONG_UNIT",
                   "a day of a month is no length",
                   "count days, weeks or months");
  }
  if (by_the_clock && CountsBack(path)) {
    problems.Error(path + ".unit", "WRONG_UNIT",
                   "a date is not counted back by the clock",
                   "count days, weeks, months or years");
  }
  if (by_the_clock && IsRound(path)) {
    problems.Error(path + ".unit", "WRONG_UNIT",
                   "comes round several times a day",
                   "count days, weeks, months or years");
  }
  Term longest;
  longest.set_n(kYearsMax);
  longest.set_unit(model::v1::TIME_UNIT_YEAR);
  if (SurelyLonger(term, longest)) {
    problems.Error(path + ".n", "OUT_OF_RANGE", "nobody lives to see it",
                   absl::StrCat("give at most ", kYearsMax, " years"));
  }
}

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
  CheckUnit(problems, term, path);
}

// Dates of the form YYYY-MM-DD sort as text; an empty one is open.
void CheckInForce(base::Problems& problems, const model::v1::Pathway& pathway,
                  const Source& source, const std::string& path) {
  if (!source.valid_to().empty() && source.valid_to() < pathway.valid_from()) {
    problems.Error(path + ".valid_to", "NOT_IN_FORCE",
                   "ended before the pathway begins",
                   "cite what is in force, or correct the date");
  }
  if (!pathway.valid_to().empty() && source.valid_from() > pathway.valid_to()) {
    problems.Error(path + ".valid_from", "NOT_IN_FORCE",
                   "begins after the pathway has ended",
                   "cite what is in force, or correct the date");
  }
}

}  // namespace

void CheckTermsAndSources(CheckContext& context) {
  catalogue::CheckSourcesOf(context.pathway, context.problems);
  WalkMessages(
      context.pathway, [&](const Message& part, const std::string& path) {
        if (part.GetDescriptor() == Term::descriptor()) {
          CheckTerm(context.problems, static_cast<const Term&>(part), path);
        } else if (part.GetDescriptor() == Source::descriptor()) {
          CheckInForce(context.problems, context.pathway,
                       static_cast<const Source&>(part), path);
        }
        return part.GetDescriptor() != model::v1::TextTable::descriptor();
      });
}

}  // namespace careroute::pathway::internal
