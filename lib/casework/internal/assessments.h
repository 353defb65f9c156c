// lib/casework/internal/assessments.h: what an assessment found binds what the
// step then says.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_ASSESSMENTS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_ASSESSMENTS_H_

#include "absl/strings/string_view.h"
#include "careroute/model/v1/step.pb.h"
#include "lib/casework/internal/completion.h"
#include "lib/casework/internal/draft.h"
#include "lib/casework/internal/refuse.h"

namespace careroute::casework::internal {

// Refuses when an assessment was recorded in the occurrence and the outcome
// states another level than the latest one found. An instrument none of whose
// levels the fact can have, such as a scale recorded beside the questionnaire,
// decides nothing.
[[nodiscard]] RefusalPtr CheckLevel(const Draft& draft, const Live& live,
                                    const Target& target, const Facts& facts);

// Whether the member recorded an assessment in the step.
[[nodiscard]] bool HasAssessed(const Draft& draft, absl::string_view member,
                               absl::string_view step);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_ASSESSMENTS_H_
