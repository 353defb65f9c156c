#include "lib/calendar/age.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/calendar/test_calendars.h"

namespace careroute::calendar {
namespace {

TEST(AgeOn, CountsCompletedYearsAndMonths) {
  struct Row {
    std::string birth;
    std::string on;
    Age age;
  };
  const std::vector<Row> rows = {
      {"2023-05-10", "2023-05-10", {0, 0}},
      {"2023-05-10", "2023-06-09", {0, 0}},
      {"2023-05-10", "2023-06-10", {0, 1}},
      {"2023-05-10", "2026-05-09", {2, 11}},
      {"2023-05-10", "2026-05-10", {3, 0}},
      {"2024-01-31", "2024-02-28", {0, 0}},
      {"2024-01-31", "2024-02-29", {0, 1}},
      {"2024-01-31", "2025-02-28", {1, 1}},
      {"2020-02-29", "2021-02-27", {0, 11}},
      {"2020-02-29", "2021-02-28", {1, 0}},
      {"2020-02-29", "2024-02-28", {3, 11}},
      {"2020-02-29", "2024-02-29", {4, 0}},
      {"1926-11-22", "2026-11-22", {100, 0}},
  };
  for (const Row& row : rows) {
    const absl::StatusOr<Age> age =
        AgeOn({.birth_date = Day(row.birth), .on = Day(row.on)});
    ASSERT_TRUE(age.ok()) << age.status();
    EXPECT_EQ(age->years, row.age.years) << row.birth << " " << row.on;
    EXPECT_EQ(age->months, row.age.months) << row.birth << " " << row.on;
  }
}

TEST(AgeOn, RefusesTheUnbornAndTheAbsurd) {
  EXPECT_THAT(AgeOn({.birth_date = Day("2023-05-10"), .on = Day("2023-05-09")})
                  .status()
                  .message(),
              testing::HasSubstr("on: lies before the birth"));
  EXPECT_THAT(
      AgeOn({.birth_date = CivilDate(1800, 1, 1), .on = CivilDate(2300, 1, 1)})
          .status()
          .message(),
      testing::AllOf(testing::HasSubstr("birth_date: "),
                     testing::HasSubstr("on: ")));
}

TEST(Birthday, OfTheLastDayOfFebruary) {
  EXPECT_EQ(Birthday(Day("2020-02-29"), {.years = 3}), Day("2023-02-28"));
  EXPECT_EQ(Birthday(Day("2020-02-29"), {.years = 4}), Day("2024-02-29"));
  EXPECT_EQ(Birthday(Day("2024-08-31"), {.months = 18}), Day("2026-02-28"));
}

TEST(AgeAttainedFrom, FollowsTheRuleOfTheCalendar) {
  struct Row {
    std::string birth;
    std::string on_birthday;
    std::string day_after;
  };
  const std::vector<Row> rows = {
      {"2008-05-10", "2026-05-10", "2026-05-11"},
      {"2008-02-29", "2026-02-28", "2026-03-01"},
      {"2006-02-28", "2024-02-28", "2024-02-29"},
      {"2007-12-31", "2025-12-31", "2026-01-01"},
  };
  for (const Row& row : rows) {
    AttainQuery query{.birth_date = Day(row.birth), .age = {.years = 18}};
    EXPECT_EQ(AgeAttainedFrom(query), Day(row.on_birthday)) << row.birth;
    query.rule = AgeAttained::kDayAfter;
    EXPECT_EQ(AgeAttainedFrom(query), Day(row.day_after)) << row.birth;
  }
}

TEST(CorrectAge, CountsAPretermChildFromTerm) {
  // Born at 30 weeks and 2 days: 68 days before term.
  const CorrectionQuery born{.birth_date = Day("2025-01-01"),
                             .gestation_weeks = 30,
                             .gestation_days = 2,
                             .on = Day("2025-07-01")};
  const absl::StatusOr<CorrectedAge> age = CorrectAge(born);
  ASSERT_TRUE(age.ok());
  EXPECT_TRUE(age->preterm);
  EXPECT_EQ(age->counted_from, Day("2025-03-10"));
  EXPECT_EQ(age->days, 113);
  EXPECT_EQ(age->weeks, 16);
}

TEST(CorrectAge, IsNegativeBeforeTerm) {
  CorrectionQuery query{.birth_date = Day("2025-01-01"),
                        .gestation_weeks = 36,
                        .gestation_days = 6,
                        .on = Day("2025-01-01")};
  // Term is 22 days later.
  EXPECT_EQ(CorrectAge(query)->days, -22);
  EXPECT_EQ(CorrectAge(query)->weeks, -4);
  query.on = Day("2025-01-22");
  EXPECT_EQ(CorrectAge(query)->weeks, -1);
  query.on = Day("2025-01-23");
  EXPECT_EQ(CorrectAge(query)->weeks, 0);
}

TEST(CorrectAge, LeavesAChildBornAtTermAlone) {
  for (const int weeks : {37, 40, 42}) {
    const absl::StatusOr<CorrectedAge> age =
        CorrectAge({.birth_date = Day("2025-01-01"),
                    .gestation_weeks = weeks,
                    .on = Day("2025-01-15")});
    ASSERT_TRUE(age.ok());
    EXPECT_FALSE(age->preterm);
    EXPECT_EQ(age->days, 14);
  }
}

TEST(CorrectAge, RefusesWhatNoPregnancyIs) {
  for (const int weeks : {-1, 0, 19, 45}) {
    EXPECT_FALSE(CorrectAge({.birth_date = Day("2025-01-01"),
                             .gestation_weeks = weeks,
                             .on = Day("2025-01-15")})
                     .ok());
  }
  EXPECT_FALSE(CorrectAge({.birth_date = Day("2025-01-01"),
                           .gestation_weeks = 30,
                           .gestation_days = 7,
                           .on = Day("2025-01-15")})
                   .ok());
}

}  // namespace
}  // namespace careroute::calendar
