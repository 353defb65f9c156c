// lib/pathway/condition_text.h: a condition as one sentence.
//
// Nobody's case answers it: the sentence says what must hold, not what does.
//
//   ConditionText(guard.must_hold(), edition, "en");
//   // "consent to share is in force and the age is known"

#ifndef CAREROUTE_LIB_PATHWAY_CONDITION_TEXT_H_
#define CAREROUTE_LIB_PATHWAY_CONDITION_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/condition.pb.h"
#include "lib/pathway/edition.h"

namespace careroute::pathway {

// With the sentences of lib/pathway/explain_text.h for its parts, "and" and
// "or" between them.
[[nodiscard]] std::string ConditionText(const model::v1::Condition& condition,
                                        const Edition& edition,
                                        absl::string_view language);

// The same for a test that stands alone.
[[nodiscard]] std::string FactTestText(const model::v1::FactTest& test,
                                       const Edition& edition,
                                       absl::string_view language);

// A value of a fact as a person reads it: its title, or yes and no.
[[nodiscard]] std::string FactValueText(absl::string_view fact,
                                        absl::string_view value,
                                        const Edition& edition,
                                        absl::string_view language);

}  // namespace careroute::pathway

#endif  // CAREROUTE_LIB_PATHWAY_CONDITION_TEXT_H_
