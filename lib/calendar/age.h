// lib/calendar/age.h: how old a person is, in the three senses that matter.
//
// What people say: a child turns three on the birthday (AgeOn, Birthday).
// What a right turns on: by Russian law a legal age is attained when the
// birthday is over (AgeAttainedFrom); the calendar's data chooses. What an
// instrument for infants wants: the age a preterm child would have if born at
// term (CorrectAge); rights never use it.
//
// The senses differ on the birthday itself, on purpose and to the person's
// good: "before the third birthday" obliges an agency up to the eve of it,
// while a right that lasts "until three" still holds on the day.
//
//   AgeOn({.birth_date = birth, .on = today});          // {2 years, 11 months}
//   AgeAttainedFrom({.birth_date = birth, .age = {.years = 18},
//                    .rule = ru->age_attained()});      // the day after
//
// Pure and thread-safe. Who was born on 29 February has the birthday on
// 28 February in other years: a term ends on the last day of its month when
// the month lacks the day (see README.md).

#ifndef CAREROUTE_LIB_CALENDAR_AGE_H_
#define CAREROUTE_LIB_CALENDAR_AGE_H_

#include "absl/status/statusor.h"
#include "lib/calendar/civil_date.h"

namespace careroute::calendar {

// From which day a person has a legal age.
enum class AgeAttained {
  kOnBirthday,  // from 00:00 of the birthday
  kDayAfter,    // from 00:00 of the day after it
};

// Completed years and the completed months beyond them.
struct Age {
  int years = 0;
  int months = 0;

  friend auto operator<=>(const Age&, const Age&) = default;
};

// The day on which somebody born on `birth_date` turns `age`. `months` may
// exceed 11: {.months = 18} is a year and a half.
[[nodiscard]] CivilDate Birthday(CivilDate birth_date, const Age& age);

struct AgeQuery {
  CivilDate birth_date;
  CivilDate on;
};

// The age on a day as people say it. INVALID_ARGUMENT when a date is out of
// range or the person is not yet born.
[[nodiscard]] absl::StatusOr<Age> AgeOn(const AgeQuery& query);

struct AttainQuery {
  CivilDate birth_date;
  Age age;
  AgeAttained rule = AgeAttained::kOnBirthday;
};

// The first day on which the person has the legal age.
[[nodiscard]] CivilDate AgeAttainedFrom(const AttainQuery& query);

struct CorrectionQuery {
  CivilDate birth_date;
  // Completed weeks, 20 to 44, and days, 0 to 6, of pregnancy at birth.
  int gestation_weeks = 40;
  int gestation_days = 0;
  CivilDate on;
};

struct CorrectedAge {
  // The day 40 weeks of pregnancy were, or would have been, complete for a
  // preterm child; the birth date for any other.
  CivilDate counted_from;
  // Days since then; negative before a preterm child reaches term.
  int days = 0;
  // Completed weeks since then; -1 in the week before.
  int weeks = 0;
  // True for a preterm child: born before 37 completed weeks.
  bool preterm = false;

  friend bool operator==(const CorrectedAge&, const CorrectedAge&) = default;
};

// INVALID_ARGUMENT as AgeOn, and when the gestation is out of range.
[[nodiscard]] absl::StatusOr<CorrectedAge> CorrectAge(
    const CorrectionQuery& query);

}  // namespace careroute::calendar

#endif  // CAREROUTE_LIB_CALENDAR_AGE_H_
