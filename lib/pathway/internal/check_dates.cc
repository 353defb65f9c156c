#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/check_shape.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using model::v1::Pathway;
using model::v1::Role;

// Later than any day a pathway may speak of.
constexpr absl::CivilDay kOpen(2200, 1, 1);
// Earlier than any.
constexpr absl::CivilDay kAlways(1899, 12, 31);

absl::CivilDay DayOr(const std::string& text, absl::CivilDay otherwise) {
  absl::CivilDay day;
  return IsDate(text) && absl::ParseCivilTime(text, &day) ? day : otherwise;
}

// The days of one entry of a role, both counted.
struct Period {
  absl::CivilDay from;
  absl::CivilDay to;
  int role;
};

std::map<std::string, std::vector<Period>> PeriodsOf(const Pathway& pathway) {
  std::map<std::string, std::vector<Period>> periods;
  for (int i = 0; i < pathway.roles_size(); ++i) {
    const Role& role = pathway.roles(i);
    periods[role.id()].push_back(
        {DayOr(role.valid_from(), kAlways), DayOr(role.valid_to(), kOpen), i});
  }
  for (auto& [id, list] : periods) {
    std::sort(list.begin(), list.end(),
              [](const Period& a, const Period& b) { return a.from < b.from; });
  }
  return periods;
}

// A role needs somebody on every day on which the pathway may be walked.
void CheckRoleDays(CheckContext& context) {
  const Pathway& pathway = context.pathway;
  const absl::CivilDay begins = DayOr(pathway.valid_from(), kAlways);
  const absl::CivilDay ends = DayOr(pathway.valid_to(), kOpen);
  for (const auto& [id, periods] : PeriodsOf(pathway)) {
    absl::CivilDay needed = begins;
    int before = periods.front().role;
    for (const Period& period : periods) {
      if (period.from > needed) {
        break;
      }
      needed = std::max(needed, period.to + 1);
      before = period.role;
    }
    if (needed <= ends && needed <= kOpen) {
      context.problems.Error(
          FieldPath("", "roles", before), "ROLE_GAP",
          absl::StrCat("nobody holds role ", id, " on ",
                       absl::FormatCivilTime(needed)),
          "let one entry of the role begin the day after another ends");
    }
  }
}

// A ground that ended before the first case could begin is nobody's.
void CheckCriteriaDays(CheckContext& context) {
  const Pathway& pathway = context.pathway;
  for (int i = 0; i < pathway.criteria_size(); ++i) {
    const model::v1::Criterion& criterion = pathway.criteria(i);
    if (DayOr(criterion.valid_to(), kOpen) <
        DayOr(pathway.valid_from(), kAlways)) {
      const auto at = context.problems.Enter("criteria", i);
      context.problems.Error("valid_to", "NOT_IN_FORCE",
                             "ended before the pathway begins",
                             "remove the criterion, or correct the date");
    }
  }
}

}  // namespace

void CheckDays(CheckContext& context) {
  CheckRoleDays(context);
  CheckCriteriaDays(context);
}

}  // namespace careroute::pathway::internal
