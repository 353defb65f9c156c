// lib/calendar/internal/sentences.h: the words for each step of a deadline.

#ifndef CAREROUTE_LIB_CALENDAR_INTERNAL_SENTENCES_H_
#define CAREROUTE_LIB_CALENDAR_INTERNAL_SENTENCES_H_

#include "absl/strings/string_view.h"
#include "careroute/model/v1/calendar.pb.h"
#include "lib/calendar/deadline.h"

namespace careroute::calendar::internal {

// A sentence in two languages, with $0 to $3 for what it speaks of.
struct Sentence {
  DeadlineStep::Kind kind;
  absl::string_view key;
  absl::string_view ru;
  absl::string_view en;
  // The rule behind it; unspecified where the sentence only states a fact.
  model::v1::CountingRuleKind rule = model::v1::COUNTING_RULE_KIND_UNSPECIFIED;
};

// The sentence of a step; lives as long as the program.
[[nodiscard]] const Sentence& SentenceOf(const DeadlineStep& step);

}  // namespace careroute::calendar::internal

#endif  // CAREROUTE_LIB_CALENDAR_INTERNAL_SENTENCES_H_
