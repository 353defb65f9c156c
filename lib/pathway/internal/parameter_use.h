// lib/pathway/internal/parameter_use.h: where a pathway names its region
// parameters.
//
// In three places: Term.parameter, Age.parameter, and any string that is "$id"
// as a whole (a service, a kind of document). Texts are never looked into.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_PARAMETER_USE_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_PARAMETER_USE_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "careroute/model/v1/pathway.pb.h"

namespace careroute::pathway::internal {

enum class ParameterPlace { kTerm, kAge, kString };

struct ParameterUse {
  ParameterPlace place;
  absl::string_view parameter;
  // Where: "steps[3].limits[0].within". For kString the string itself.
  std::string path;
  // For kTerm and kAge.
  const model::v1::Term* term = nullptr;
  const model::v1::Age* age = nullptr;
};

// The id in "$id"; empty when the text is not a reference.
[[nodiscard]] absl::string_view ReferencedParameter(absl::string_view text);

// Calls `visit` for every use, in field order. What `visit` gets is valid only
// during the call.
void VisitParameterUses(const model::v1::Pathway& pathway,
                        absl::FunctionRef<void(const ParameterUse&)> visit);

// The first parameter of a bound pathway that is not bound after all; empty
// when none.
[[nodiscard]] std::string FirstUnboundParameter(
    const model::v1::Pathway& pathway);

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_PARAMETER_USE_H_
