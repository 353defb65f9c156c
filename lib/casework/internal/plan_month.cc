// The planned month: what comes by the month and what by the week.

#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lib/casework/internal/plan_rules.h"

namespace careroute::casework::internal {
namespace {

using model::v1::ListInvariant;
using model::v1::MonthGrid;
using model::v1::MonthRow;
using model::v1::PlanLine;
using model::v1::PlanViolation;

class MonthChecker {
 public:
  MonthChecker(const ListInvariant& rule, PlanFindings& findings)
      : rule_(rule), grid_(rule.month()), findings_(findings) {}

  void Check(int at, const PlanLine& line) {
    at_ = at;
    line_ = &line;
    row_ = RowOf(line.item());
    times_ = Stated(grid_.times());
    days_ = Stated(grid_.days());
    ReadWeeks();
    CheckPeriod();
    CheckWeeks();
    CheckDays();
  }

 private:
  [[nodiscard]] const MonthRow* RowOf(const std::string& item) const {
    for (const MonthRow& row : grid_.rows()) {
      if (std::find(row.items().begin(), row.items().end(), item) !=
          row.items().end()) {
        return &row;
      }
    }
    return nullptr;
  }

  // An amount of nothing states nothing.
  [[nodiscard]] int64_t Stated(const std::string& quantity) const {
    return quantity.empty() ? 0 : AmountOf(*line_, quantity).value_or(0);
  }

  void ReadWeeks() {
    weeks_.clear();
    for (int i = 0; i < grid_.week_days_size(); ++i) {
      weeks_.push_back(Stated(WeekQuantity(grid_, i + 1)));
    }
  }

  PlanViolation& Add(model::v1::PlanFault fault, const std::string& quantity,
                     int64_t amount) {
    PlanViolation& one = findings_.Add(&rule_, fault);
    one.set_path(PathOf(at_));
    one.add_items(line_->item());
    one.set_part(line_->part());
    one.set_quantity(quantity);
    one.set_amount(amount);
    if (row_ != nullptr && row_->has_source()) {
      *one.mutable_source() = row_->source();
    }
    return one;
  }

  void Say(PlanSentence sentence, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), findings_.Item(line_->item()));
    findings_.Say(sentence, arguments);
  }

  void CheckPeriod() {
    if (times_ > 0 && days_ > 0) {
      Add(model::v1::PLAN_FAULT_WRONG_PERIOD, grid_.days(), days_);
      return Say(PlanSentence::kBothPeriods,
                 {absl::StrCat(times_), absl::StrCat(days_)});
    }
    if (row_ != nullptr && days_ > 0) {
      Add(model::v1::PLAN_FAULT_WRONG_PERIOD, grid_.days(), days_);
      return Say(PlanSentence::kByTheMonth,
                 {absl::StrCat(row_->times()), grid_.times()});
    }
    if (row_ == nullptr && times_ > 0) {
      Add(model::v1::PLAN_FAULT_WRONG_PERIOD, grid_.times(), times_);
      return Say(
          PlanSentence::kByTheWeek,
          {absl::StrCat(times_), grid_.days().empty() ? "0" : grid_.days()});
    }
    if (row_ != nullptr && times_ > 0 && times_ != row_->times()) {
      PlanViolation& one =
          Add(model::v1::PLAN_FAULT_WRONG_TIMES, grid_.times(), times_);
      one.set_cap(row_->times());
      one.set_surplus(std::max<int64_t>(times_ - row_->times(), 0));
      Say(PlanSentence::kWrongTimes,
          {absl::StrCat(times_), absl::StrCat(row_->times())});
    }
  }

  void CheckWeeks() {
    const int64_t in_weeks =
        std::accumulate(weeks_.begin(), weeks_.end(), int64_t{0});
    if (in_weeks == 0) {
      return;
    }
    if (in_weeks != times_) {
      Add(model::v1::PLAN_FAULT_WRONG_WEEKS, grid_.times(), in_weeks)
          .set_cap(times_);
      Say(PlanSentence::kWeeksDoNotAddUp,
          {absl::StrCat(in_weeks), absl::StrCat(times_)});
    }
    for (int i = 0; i < grid_.week_days_size(); ++i) {
      const int64_t stated = weeks_[static_cast<size_t>(i)];
      if (stated > grid_.week_days(i)) {
        PlanViolation& one = Add(model::v1::PLAN_FAULT_WRONG_WEEKS,
                                 WeekQuantity(grid_, i + 1), stated);
        one.set_cap(grid_.week_days(i));
        one.set_surplus(stated - grid_.week_days(i));
        Say(PlanSentence::kWeekTooShort,
            {absl::StrCat(i + 1), absl::StrCat(stated),
             absl::StrCat(grid_.week_days(i))});
      }
    }
    if (row_ != nullptr && !row_->weeks().empty() && !AreItsWeeks()) {
      Add(model::v1::PLAN_FAULT_WRONG_WEEKS, grid_.week(), in_weeks);
      Say(PlanSentence::kOtherWeeks, {absl::StrJoin(row_->weeks(), ", ")});
    }
  }

  [[nodiscard]] bool AreItsWeeks() const {
    for (size_t i = 0; i < weeks_.size(); ++i) {
      const auto wanted = std::count(row_->weeks().begin(), row_->weeks().end(),
                                     static_cast<int>(i) + 1);
      if (weeks_[i] != wanted) {
        return false;
      }
    }
    return true;
  }

  // No week of the planned month is longer than a week.
  void CheckDays() {
    const auto longest =
        std::max_element(grid_.week_days().begin(), grid_.week_days().end());
    if (longest == grid_.week_days().end() || days_ <= *longest) {
      return;
    }
    PlanViolation& one =
        Add(model::v1::PLAN_FAULT_OVER_CAP, grid_.days(), days_);
    one.set_cap(*longest);
    one.set_surplus(days_ - *longest);
    Say(PlanSentence::kMoreDaysThanAWeek,
        {absl::StrCat(days_), absl::StrCat(*longest)});
  }

  const ListInvariant& rule_;
  const MonthGrid& grid_;
  PlanFindings& findings_;
  // Of the line at hand.
  int at_ = 0;
  const PlanLine* line_ = nullptr;
  const MonthRow* row_ = nullptr;
  int64_t times_ = 0;
  int64_t days_ = 0;
  std::vector<int64_t> weeks_;
};

}  // namespace

void CheckMonth(const ListInvariant& rule, PlanFindings& findings) {
  MonthChecker checker(rule, findings);
  for (int i = 0; i < findings.plan().size(); ++i) {
    checker.Check(i, findings.plan().Get(i));
  }
}

}  // namespace careroute::casework::internal
