// lib/scoring/internal/sheet.h: answers as an instrument understands them.

#ifndef CAREROUTE_LIB_SCORING_INTERNAL_SHEET_H_
#define CAREROUTE_LIB_SCORING_INTERNAL_SHEET_H_

#include <optional>
#include <vector>

#include "careroute/model/v1/assessment.pb.h"
#include "lib/base/problems.h"
#include "lib/scoring/instrument.h"

namespace careroute::scoring::internal {

// The answer to one item.
struct Given {
  // The answer as it came; null = none. Borrowed.
  const model::v1::AssessmentAnswer* answer = nullptr;
  // Position of the option; -1 for a frequency, and for an answer that is none.
  int option = -1;
};

struct Sheet {
  std::vector<Given> items;  // by position of the item
  int variant = -1;          // position of the age variant; -1 = none
  // False when nobody can tell which items are asked.
  bool age_known = false;
};

// Reads the answers. Adds every problem, with paths inside `answers`; nullopt
// when they are so far beyond their limits that nothing else should look at
// them. That an answer is missing is found later, since it depends on others.
// Borrows `answers`.
[[nodiscard]] std::optional<Sheet> ReadSheet(
    const Instrument& instrument, const model::v1::AssessmentAnswers& answers,
    base::Problems& problems);

}  // namespace careroute::scoring::internal

#endif  // CAREROUTE_LIB_SCORING_INTERNAL_SHEET_H_
