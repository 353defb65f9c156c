#include <algorithm>
#include <numeric>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using model::v1::MonthGrid;
using model::v1::MonthRow;

class MonthChecker {
 public:
  explicit MonthChecker(CheckContext& context)
      : problems_(context.problems) {
    for (const model::v1::NamedList& list : context.pathway.lists()) {
      listed_.insert(list.items().begin(), list.items().end());
    }
  }

  void Check(const MonthGrid& grid) {
    const auto at = problems_.Enter("month");
    rowed_.clear();
    if (grid.week_days().empty()) {
      problems_.Error("week_days", "EMPTY", "the month has no weeks",
                      "say how many days each has");
    }
    if (grid.times().empty()) {
      problems_.Error("times", "EMPTY",
                      "does not say which quantity is counted by the month",
                      "name it");
    }
    if (!grid.times().empty() && grid.times() == grid.days()) {
      problems_.Error("days", "CONTRADICTORY",
                      "the same quantity counts by the week and by the month",
                      "name two");
    }
    const int days =
        std::accumulate(grid.week_days().begin(), grid.week_days().end(), 0);
    for (int i = 0; i < grid.rows_size(); ++i) {
      const auto row = problems_.Enter("rows", i);
      CheckRow(grid.rows(i), grid.week_days_size(), days);
    }
  }

 private:
  void CheckRow(const MonthRow& row, int weeks, int days) {
    if (row.items().empty()) {
      problems_.Error("items", "EMPTY", "the row is of nothing",
                      "name its elements");
    }
    for (int i = 0; i < row.items_size(); ++i) {
      const std::string field = FieldPath("", "items", i);
      if (!listed_.contains(row.items(i))) {
        problems_.Error(field, "UNKNOWN_ID",
                        absl::StrCat("no list holds ", row.items(i)),
                        "name an element of a list");
      } else if (!rowed_.insert(row.items(i)).second) {
        problems_.Error(field, "DUPLICATE_ID",
                        absl::StrCat(row.items(i), " has a row already"),
                        "remove one");
      }
    }
    if (row.times() < 1 || row.times() > days) {
      problems_.Error("times", "OUT_OF_RANGE",
                      "comes never, or more often than the month has days",
                      absl::StrCat("state 1 to ", days));
    }
    CheckWeeks(row, weeks);
  }

  void CheckWeeks(const MonthRow& row, int weeks) {
    for (int i = 0; i < row.weeks_size(); ++i) {
      if (row.weeks(i) < 1 || row.weeks(i) > weeks) {
        problems_.Error(FieldPath("", "weeks", i), "OUT_OF_RANGE",
                        absl::StrCat("the month has no week ", row.weeks(i)),
                        absl::StrCat("name one of 1 to ", weeks));
      }
    }
    if (!row.weeks().empty() && row.weeks_size() != row.times()) {
      problems_.Error("weeks", "CONTRADICTORY",
                      "names another number of weeks than it comes times",
                      "name one week a time, or none");
    }
  }

  base::Problems& problems_;
  // Borrowed from the pathway.
  absl::flat_hash_set<absl::string_view> listed_;
  absl::flat_hash_set<absl::string_view> rowed_;
};

}  // namespace

void CheckMonths(CheckContext& context) {
  MonthChecker checker(context);
  for (int i = 0; i < context.pathway.steps_size(); ++i) {
    const auto step = context.problems.Enter("steps", i);
    const auto& invariants = context.pathway.steps(i).invariants();
    for (int k = 0; k < invariants.size(); ++k) {
      if (invariants.Get(k).has_month()) {
        const auto at = context.problems.Enter("invariants", k);
        checker.Check(invariants.Get(k).month());
      }
    }
  }
}

}  // namespace careroute::pathway::internal
