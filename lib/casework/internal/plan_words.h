// lib/casework/internal/plan_words.h: what is wrong with a plan, in words.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_PLAN_WORDS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_PLAN_WORDS_H_

#include <array>
#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "careroute/model/v1/plan_violation.pb.h"

namespace careroute::casework::internal {

// Names in one text; more would not be read. The violation names all.
inline constexpr size_t kPlanNamesMax = 10;

// One sentence of the table below.
enum class PlanSentence {
  kItemMissing,        // $0 elements, $1 parts
  kItemDoubled,        // $0 elements
  kItemUnknown,        // $0 elements
  kPartUnknown,        // $0 part, $1 parts
  kPartNotEmpty,       // $0 part, $1 fact, $2 elements, $3 other parts
  kPartNotDecided,     // $0 part, $1 fact, $2 elements
  kSumOverCap,         // $0 quantity, $1 sum, $2 cap, $3 surplus, $4 level
  kLineOverCap,        // the same of the largest; $5 elements
  kLevelNotKnown,      // $0 quantity, $1 fact
  kNoCap,              // $0 quantity, $1 fact, $2 value, $3 day
  kBothPeriods,        // $0 element, $1 times, $2 days
  kByTheMonth,         // $0 element, $1 times wanted, $2 quantity
  kByTheWeek,          // $0 element, $1 times stated, $2 quantity
  kWrongTimes,         // $0 element, $1 stated, $2 wanted
  kWeeksDoNotAddUp,    // $0 element, $1 in weeks, $2 in the month
  kWeekTooShort,       // $0 element, $1 week, $2 stated, $3 days it has
  kOtherWeeks,         // $0 element, $1 weeks wanted
  kMoreDaysThanAWeek,  // $0 element, $1 stated, $2 days of a week
  kQuantityUnknown,    // $0 element, $1 quantity, $2 quantities
  kQuantityDoubled,    // $0 element, $1 quantity
  kAmountOutOfRange,   // $0 element, $1 quantity, $2 stated, $3 largest
  kTooManyLines,       // $0 lines, $1 most
};

// Arguments of a sentence, in its order.
using PlanArguments = absl::Span<const std::string>;

// Writes message and mend in the language: Russian for "ru" and its regions,
// else English.
void Say(PlanSentence sentence, PlanArguments arguments,
         absl::string_view language, model::v1::PlanViolation& violation);

[[nodiscard]] bool IsRussian(absl::string_view language);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_PLAN_WORDS_H_
