// lib/casework/internal/draft_view.h: a draft as conditions see it.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_DRAFT_VIEW_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_DRAFT_VIEW_H_

#include <optional>

#include "lib/casework/internal/draft.h"
#include "lib/pathway/case_view.h"
#include "lib/pathway/evaluate.h"

namespace careroute::casework::internal {

// Borrows the draft and sees what it holds at the time of each question.
class DraftView final : public pathway::CaseView {
 public:
  explicit DraftView(const Draft& draft) : draft_(draft) {}

  [[nodiscard]] std::optional<pathway::FactReading> LatestFact(
      absl::string_view fact, SubjectRef subject) const override;
  void VisitFacts(absl::string_view fact,
                  absl::FunctionRef<bool(const pathway::FactReading&)> visit)
      const override;
  void VisitOutcomes(absl::string_view step,
                     absl::FunctionRef<bool(const pathway::OutcomeReading&)>
                         visit) const override;
  [[nodiscard]] bool IsLive(absl::string_view step,
                            std::optional<SubjectRef> subject) const override;
  [[nodiscard]] bool TrackIsSet(absl::string_view track) const override;
  [[nodiscard]] bool ConsentInForce(
      const model::v1::ConsentTest& test) const override;
  [[nodiscard]] absl::string_view Entry() const override;
  [[nodiscard]] pathway::Tri CriterionProved(
      absl::string_view criterion) const override;
  [[nodiscard]] pathway::Tri ReachedAge(
      const model::v1::Age& age,
      const model::v1::Term* before_by) const override;
  [[nodiscard]] absl::Time Now() const override;
  [[nodiscard]] std::optional<absl::Time> AddTerm(
      absl::Time start, const model::v1::Term& term) const override;

 private:
  const Draft& draft_;
};

// The birthday on which the person turns the age; nullopt when the birth date
// or the parameter is not known.
[[nodiscard]] std::optional<absl::CivilDay> BirthdayOf(
    const Draft& draft, const model::v1::Age& age);

// The day from which the law counts the age as reached.
[[nodiscard]] std::optional<absl::CivilDay> DayOfAge(const Draft& draft,
                                                     const model::v1::Age& age);

// Whether the condition holds in the draft.
[[nodiscard]] inline pathway::Tri Ask(const Draft& draft,
                                      const model::v1::Condition& condition,
                                      SubjectRef asking) {
  return pathway::Evaluate(condition, DraftView(draft), asking);
}

// The same as of before the command: what an answer was turned from.
[[nodiscard]] pathway::Tri AskBefore(const Draft& draft,
                                     const model::v1::Condition& condition,
                                     SubjectRef asking);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_DRAFT_VIEW_H_
