// lib/picture/internal/condition_text.h: a condition as one sentence.

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_CONDITION_TEXT_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_CONDITION_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/condition.pb.h"
#include "lib/pathway/edition.h"

namespace careroute::picture::internal {

// With the sentences of lib/pathway/explain_text.h for its parts, "and" and
// "or" between them.
[[nodiscard]] std::string ConditionText(const model::v1::Condition& condition,
                                        const pathway::Edition& edition,
                                        absl::string_view language);

// The same for a test that stands alone.
[[nodiscard]] std::string FactTestText(const model::v1::FactTest& test,
                                       const pathway::Edition& edition,
                                       absl::string_view language);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_CONDITION_TEXT_H_
