// lib/scoring/internal/explain.h: why a score is what it is: the level, the
// modules, the items, each rule with its source.

#ifndef CAREROUTE_LIB_SCORING_INTERNAL_EXPLAIN_H_
#define CAREROUTE_LIB_SCORING_INTERNAL_EXPLAIN_H_

#include "careroute/model/v1/explanation.pb.h"
#include "lib/scoring/instrument.h"
#include "lib/scoring/internal/evaluate.h"
#include "lib/scoring/internal/sheet.h"
#include "lib/scoring/internal/words.h"

namespace careroute::scoring::internal {

struct Scored {
  const Instrument& instrument;
  const model::v1::AssessmentAnswers& answers;
  const Sheet& sheet;
  const Result& result;
  const Words& words;
};

// Every node has its sentence; arguments are ids and numbers, for programs.
[[nodiscard]] model::v1::Explanation Explain(const Scored& scored);

}  // namespace careroute::scoring::internal

#endif  // CAREROUTE_LIB_SCORING_INTERNAL_EXPLAIN_H_
