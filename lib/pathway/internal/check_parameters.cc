#include <string>

#include "absl/strings/str_cat.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/parameter_use.h"
#include "lib/pathway/internal/parameter_value.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using model::v1::Parameter;

bool HasTypeFor(const Parameter& parameter, ParameterPlace place) {
  switch (place) {
    case ParameterPlace::kTerm:
      return parameter.type() == model::v1::PARAMETER_TYPE_TERM;
    case ParameterPlace::kAge:
      return parameter.type() == model::v1::PARAMETER_TYPE_INTEGER;
    case ParameterPlace::kString:
      return parameter.type() == model::v1::PARAMETER_TYPE_ID ||
             parameter.type() == model::v1::PARAMETER_TYPE_TEXT;
  }
  return false;
}

void CheckParameter(base::Problems& problems, const Parameter& parameter) {
  if (parameter.type() == model::v1::PARAMETER_TYPE_UNSPECIFIED) {
    problems.Error("type", "NO_TYPE", "the parameter has no type", "state it");
    return;
  }
  if (parameter.max() != 0 && parameter.max() < parameter.min()) {
    problems.Error("max", "OUT_OF_RANGE", "is smaller than min",
                   "correct the range");
  }
  if (parameter.type() == model::v1::PARAMETER_TYPE_TERM &&
      parameter.min() < 0) {
    problems.Error("min", "OUT_OF_RANGE", "no term is shorter than nothing",
                   "give 0 or more");
  }
  if (!parameter.has_default_value()) {
    return;
  }
  CheckParameterValue(parameter, parameter.default_value(), "default_value",
                      problems);
  if (parameter.source().provenance() == model::v1::PROVENANCE_UNSPECIFIED) {
    problems.Error("source", "NO_PROVENANCE", "the default has no source",
                   "state act and provenance");
  }
}

}  // namespace

void CheckParameters(CheckContext& context) {
  for (int i = 0; i < context.pathway.parameters_size(); ++i) {
    const auto at = context.problems.Enter("parameters", i);
    CheckParameter(context.problems, context.pathway.parameters(i));
  }
  const auto check_type = [&](absl::string_view id, ParameterPlace place,
                              const std::string& path) {
    const Parameter* parameter = context.FindParameter(id);
    if (parameter != nullptr && !HasTypeFor(*parameter, place)) {
      context.problems.Error(
          path, "WRONG_TYPE",
          absl::StrCat("parameter ", id, " has a type that does not fit here"),
          "use a parameter of the right type");
    }
  };
  VisitParameterUses(context.pathway, [&](const ParameterUse& use) {
    check_type(use.parameter, use.place, use.path);
  });
  for (int i = 0; i < context.pathway.steps_size(); ++i) {
    const model::v1::Step& step = context.pathway.steps(i);
    const std::string path = FieldPath("", "steps", i);
    check_type(step.attempts().tries_parameter(), ParameterPlace::kAge,
               path + ".attempts.tries_parameter");
    check_type(step.visits().at_most_parameter(), ParameterPlace::kAge,
               path + ".visits.at_most_parameter");
  }
  for (int i = 0; i < context.pathway.cap_tables_size(); ++i) {
    const model::v1::CapTable& table = context.pathway.cap_tables(i);
    for (int k = 0; k < table.rows_size(); ++k) {
      check_type(
          table.rows(k).parameter(), ParameterPlace::kAge,
          FieldPath(FieldPath("", "cap_tables", i), "rows", k) + ".parameter");
    }
  }
}

}  // namespace careroute::pathway::internal
