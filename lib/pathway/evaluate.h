// lib/pathway/evaluate.h: asks a condition of a case.
//
// Evaluate is what decides; Explain says why, over the same rules. A guard
// lets pass only on kYes; a start waits on kUnknown.
//
//   const SubjectRef finding{model::v1::SUBJECT_KIND_FINDING, 2};
//   if (Evaluate(guard.must_hold(), view, finding) != Tri::kYes) {
//     refusal.reasons.push_back(ExplainGuard(guard_question));
//   }
//
// How a question is answered where the words leave room:
//   - A fact test without same_subject asks whether any subject passes; one
//     with it asks only the asking occurrence's own.
//   - A fact nobody recorded, recorded as "not known", or older than
//     not_older_than is not known; if_unknown then decides. Age of a fact is
//     counted from when it happened in life.
//   - An outcome older than not_older_than does not count, so the answer is no.
//   - An empty list, a condition without a kind, a test without a question, or
//     nesting beyond kConditionDepthMax is not known: bad input never opens a
//     guard. The checker refuses all of them at load.

#ifndef CAREROUTE_LIB_PATHWAY_EVALUATE_H_
#define CAREROUTE_LIB_PATHWAY_EVALUATE_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/condition.pb.h"
#include "careroute/model/v1/step.pb.h"
#include "lib/pathway/case_view.h"
#include "lib/pathway/edition.h"
#include "lib/pathway/reason.h"
#include "lib/pathway/tri.h"

namespace careroute::pathway {

// Nobody can read a condition nested deeper than this, and the evaluator's
// stack must stay small whatever was loaded.
inline constexpr int kConditionDepthMax = 16;

// Pure and total; allocates nothing. `asking` is the subject of the occurrence
// for which the question is asked. Thread-safe as far as the view is.
[[nodiscard]] Tri Evaluate(const model::v1::Condition& condition,
                           const CaseView& view, SubjectRef asking);

// The same for a test that stands alone, as in StartRule.recorded.
[[nodiscard]] Tri Evaluate(const model::v1::FactTest& test,
                           const CaseView& view, SubjectRef asking);

// The same for an outcome test, as in StartRule.outcome and LimitStart.
[[nodiscard]] Tri Evaluate(const model::v1::OutcomeTest& test,
                           const CaseView& view, SubjectRef asking);

// The latest ending that passes the test; nullopt when none does. A limit
// starts its clock from it.
[[nodiscard]] std::optional<OutcomeReading> LatestMatch(
    const model::v1::OutcomeTest& test, const CaseView& view,
    SubjectRef asking);

// A question to explain. All are borrowed and must not be null.
struct Question {
  const Edition* edition = nullptr;  // names who can supply what is missing
  const CaseView* view = nullptr;
  SubjectRef asking;
};

// The tree of reasons. Its root answers what Evaluate answers. Not for the hot
// path: it allocates.
[[nodiscard]] Reason Explain(const model::v1::Condition& condition,
                             const Question& question);

// The same for a guard of a step: the root names step and guard, the role that
// can meet it, and its source.
[[nodiscard]] Reason ExplainGuard(absl::string_view step,
                                  const model::v1::Guard& guard,
                                  const Question& question);

}  // namespace careroute::pathway

#endif  // CAREROUTE_LIB_PATHWAY_EVALUATE_H_
