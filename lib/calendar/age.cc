#include "lib/calendar/age.h"

#include <cstdint>

#include "lib/base/problems.h"
#include "lib/base/status_macros.h"

namespace careroute::calendar {
namespace {

constexpr int kTermWeeks = 40;     // a full pregnancy, by convention
constexpr int kPretermWeeks = 37;  // born before it: preterm (WHO)
// Outside these nobody is born alive, or the number is a slip.
constexpr int kGestationWeeksMin = 20;
constexpr int kGestationWeeksMax = 44;

void CheckDates(const AgeQuery& query, base::Problems& problems) {
  constexpr absl::string_view kMend =
      "use a date from 1900-01-01 to 2200-12-31";
  if (!IsSupported(query.birth_date)) {
    problems.Error("birth_date", "OUT_OF_RANGE", "is out of range", kMend);
  }
  if (!IsSupported(query.on)) {
    problems.Error("on", "OUT_OF_RANGE", "is out of range", kMend);
  } else if (query.on < query.birth_date) {
    problems.Error("on", "BEFORE_BIRTH", "lies before the birth",
                   "ask for a day from the birth on");
  }
}

int FloorWeeks(int days) { return days >= 0 ? days / 7 : -((6 - days) / 7); }

}  // namespace

CivilDate Birthday(CivilDate birth_date, const Age& age) {
  return AddMonths(birth_date, int64_t{12} * age.years + age.months);
}

absl::StatusOr<Age> AgeOn(const AgeQuery& query) {
  base::Problems problems;
  CheckDates(query, problems);
  CAREROUTE_RETURN_IF_ERROR(problems.ToStatus());
  int months = static_cast<int>(absl::CivilMonth(query.on) -
                                absl::CivilMonth(query.birth_date));
  if (AddMonths(query.birth_date, months) > query.on) {
    --months;
  }
  return Age{.years = months / 12, .months = months % 12};
}

CivilDate AgeAttainedFrom(const AttainQuery& query) {
  const CivilDate birthday = Birthday(query.birth_date, query.age);
  return query.rule == AgeAttained::kDayAfter ? birthday + 1 : birthday;
}

absl::StatusOr<CorrectedAge> CorrectAge(const CorrectionQuery& query) {
  base::Problems problems;
  CheckDates({.birth_date = query.birth_date, .on = query.on}, problems);
  if (query.gestation_weeks < kGestationWeeksMin ||
      query.gestation_weeks > kGestationWeeksMax) {
    problems.Error("gestation_weeks", "OUT_OF_RANGE", "is out of range",
                   "use completed weeks, 20 to 44");
  }
  if (query.gestation_days < 0 || query.gestation_days > 6) {
    problems.Error("gestation_days", "OUT_OF_RANGE", "is out of range",
                   "use the days beyond the weeks, 0 to 6");
  }
  CAREROUTE_RETURN_IF_ERROR(problems.ToStatus());
  CorrectedAge age{.counted_from = query.birth_date};
  age.preterm = query.gestation_weeks < kPretermWeeks;
  if (age.preterm) {
    age.counted_from +=
        7 * (kTermWeeks - query.gestation_weeks) - query.gestation_days;
  }
  age.days = static_cast<int>(query.on - age.counted_from);
  age.weeks = FloorWeeks(age.days);
  return age;
}

}  // namespace careroute::calendar
