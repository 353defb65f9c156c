// lib/pathway/internal/parameter_value.h: does a value fit its parameter?
//
// Asked of a parameter's default by the checker and of a region's value by the
// binder.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_PARAMETER_VALUE_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_PARAMETER_VALUE_H_

#include "absl/strings/string_view.h"
#include "careroute/model/v1/pathway.pb.h"
#include "lib/base/problems.h"

namespace careroute::pathway::internal {

// Adds a problem at `field` of the current place when the value has another
// type than the parameter, is out of its range, or is not concrete.
void CheckParameterValue(const model::v1::Parameter& parameter,
                         const model::v1::ParameterValue& value,
                         absl::string_view field, base::Problems& problems);

// Whether a term at this place may say that there is no limit: a limit, a
// freshness, a bound of a stop, the window of a right. A date that something
// starts on, or a repetition, needs a number.
[[nodiscard]] bool MayBeUnlimited(absl::string_view path);

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_PARAMETER_VALUE_H_
