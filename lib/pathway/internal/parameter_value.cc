#include "lib/pathway/internal/parameter_value.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "lib/pathway/internal/check_shape.h"

namespace careroute::pathway::internal {
namespace {

using model::v1::Parameter;
using model::v1::ParameterValue;
using model::v1::Term;

constexpr size_t kIdLengthMax = 64;
constexpr std::int32_t kTermMax = 100'000;

bool HasType(const ParameterValue& value, model::v1::ParameterType type) {
  switch (type) {
    case model::v1::PARAMETER_TYPE_TERM:
      return value.has_term() || value.no_limit();
    case model::v1::PARAMETER_TYPE_INTEGER:
      return value.has_integer();
    case model::v1::PARAMETER_TYPE_ID:
      return value.has_id();
    case model::v1::PARAMETER_TYPE_TEXT:
      return value.has_text();
    default:
      return false;
  }
}

void CheckRange(const Parameter& parameter, std::int64_t number,
                absl::string_view field, base::Problems& problems) {
  if (number < parameter.min() ||
      (parameter.max() != 0 && number > parameter.max())) {
    problems.Error(field, "OUT_OF_RANGE",
                   absl::StrCat(number, " is out of the range of parameter ",
                                parameter.id()),
                   absl::StrCat("give a number from ", parameter.min(), " to ",
                                parameter.max()));
  }
}

void CheckTerm(const Parameter& parameter, const Term& term,
               absl::string_view field, base::Problems& problems) {
  if (!term.parameter().empty() || term.no_limit() ||
      term.unit() == model::v1::TIME_UNIT_UNSPECIFIED || term.n() < 0 ||
      term.n() > kTermMax) {
    problems.Error(field, "NOT_A_TERM",
                   absl::StrCat("parameter ", parameter.id(),
                                " needs a number and a unit"),
                   "give n and unit");
    return;
  }
  CheckRange(parameter, term.n(), field, problems);
}

// The name of the last field of a path.
absl::string_view LastField(absl::string_view path) {
  const size_t dot = path.rfind('.');
  return dot == absl::string_view::npos ? path : path.substr(dot + 1);
}

}  // namespace

void CheckParameterValue(const Parameter& parameter,
                         const ParameterValue& value, absl::string_view field,
                         base::Problems& problems) {
  if (!HasType(value, parameter.type())) {
    problems.Error(field, "WRONG_TYPE",
                   absl::StrCat("the value has another type than parameter ",
                                parameter.id()),
                   "give a value of the declared type");
    return;
  }
  if (value.has_term()) {
    CheckTerm(parameter, value.term(), field, problems);
  } else if (value.has_integer()) {
    CheckRange(parameter, value.integer(), field, problems);
  } else if (value.has_id() && !IsId(value.id(), kIdLengthMax)) {
    problems.Error(field, "NOT_AN_ID", "is not an id",
                   "use a-z, 0-9, \"_\", \"-\" and \".\", a letter first");
  } else if (value.has_text() && value.text().empty()) {
    problems.Error(field, "EMPTY", "the text is empty", "give a text");
  }
}

bool MayBeUnlimited(absl::string_view path) {
  static constexpr absl::string_view kFields[] = {"within",
                                                  "not_known",
                                                  "not_older_than",
                                                  "max",
                                                  "remind_every",
                                                  "window",
                                                  "keeps_place_for",
                                                  "answer_cancel_within",
                                                  "give_information_within"};
  if (absl::StrContains(path, ".tracks[")) {
    return false;
  }
  return std::find(std::begin(kFields), std::end(kFields), LastField(path)) !=
         std::end(kFields);
}

}  // namespace careroute::pathway::internal
