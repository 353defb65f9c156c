// lib/casework/internal/plan_rules.h: the rules over the lists of a plan, each
// on its own; plan_check.h asks all of them.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_PLAN_RULES_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_PLAN_RULES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "lib/casework/internal/plan_words.h"
#include "lib/casework/plan_check.h"

namespace careroute::casework::internal {

using PlanRepeated = google::protobuf::RepeatedPtrField<model::v1::PlanLine>;

// What was found so far, and how things are called. Borrows the question and
// the plan.
class PlanFindings {
 public:
  PlanFindings(const PlanQuestion& question, const PlanRepeated& plan)
      : question_(question), plan_(plan) {}

  [[nodiscard]] const PlanQuestion& question() const { return question_; }
  [[nodiscard]] const PlanRepeated& plan() const { return plan_; }

  // A violation of a rule; null = of none. Its words follow by `Say`.
  model::v1::PlanViolation& Add(const model::v1::ListInvariant* rule,
                                model::v1::PlanFault fault);
  void Say(PlanSentence sentence, PlanArguments arguments);

  // The title of an element, a fact, a value; the id where there is none.
  [[nodiscard]] std::string Item(absl::string_view item) const;
  [[nodiscard]] std::string Fact(absl::string_view fact) const;
  [[nodiscard]] std::string Value(absl::string_view fact,
                                  absl::string_view value) const;
  // Titles in one text, the first of many.
  [[nodiscard]] std::string Items(
      const google::protobuf::RepeatedPtrField<std::string>& items) const;

  [[nodiscard]] std::vector<model::v1::PlanViolation> Take() {
    return std::move(found_);
  }

 private:
  [[nodiscard]] std::string Title(const std::string& key,
                                  absl::string_view id) const;

  const PlanQuestion& question_;
  const PlanRepeated& plan_;
  std::vector<model::v1::PlanViolation> found_;
};

// "plan[3]"; with a quantity "plan[3].quantities[0]".
[[nodiscard]] std::string PathOf(int line, int quantity = -1);

// The amount a line states; nullopt = it states none. A hostile amount stays
// within its bounds.
[[nodiscard]] std::optional<int64_t> AmountOf(const model::v1::PlanLine& line,
                                              absl::string_view quantity);

// The quantity of a week of the planned month: "times_in_week_2".
[[nodiscard]] std::string WeekQuantity(const model::v1::MonthGrid& grid,
                                       int week);

// Lines and quantities that no rule could count. False when there are so many
// lines that nothing else is asked.
bool CheckForm(PlanFindings& findings);

void CheckPartition(const model::v1::ListInvariant& rule,
                    PlanFindings& findings);
void CheckSum(const model::v1::ListInvariant& rule, PlanFindings& findings);
void CheckMonth(const model::v1::ListInvariant& rule, PlanFindings& findings);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_PLAN_RULES_H_
