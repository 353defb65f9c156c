#include "lib/calendar/civil_date.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace careroute::calendar {
namespace {

TEST(ParseDate, ReadsWhatFormatDateWrites) {
  for (CivilDate date = kDateMin; date <= kDateMax; date += 17) {
    const absl::StatusOr<CivilDate> read = ParseDate(FormatDate(date));
    ASSERT_TRUE(read.ok()) << FormatDate(date);
    ASSERT_EQ(*read, date);
  }
}

TEST(ParseDate, RefusesAnythingElse) {
  const std::vector<std::string> texts = {
      "",           "2025",        "2025-1-9",   "2025-02-29", "2025-13-01",
      "2025-00-10", "2025-04-31",  "09.01.2026", "2025/01/09", "2025-01-09 ",
      " 2025-01-9", "+025-01-09",  "-025-01-09", "2025-01-0x", "1899-12-31",
      "2201-01-01", "2025-01-09T", "20250109",   "0000-00-00"};
  for (const std::string& text : texts) {
    EXPECT_FALSE(ParseDate(text).ok()) << text;
  }
}

TEST(ParseDate, RefusesBytesBeyondAscii) {
  EXPECT_FALSE(ParseDate(std::string("2025-01-\xD9\xA0", 10)).ok());
  EXPECT_FALSE(ParseDate(std::string("2025-01-0\0", 10)).ok());
}

TEST(AddMonths, ClampsToTheEndOfTheMonth) {
  struct Row {
    CivilDate date;
    int64_t months;
    CivilDate expected;
  };
  const std::vector<Row> rows = {
      {CivilDate(2025, 1, 31), 1, CivilDate(2025, 2, 28)},
      {CivilDate(2024, 1, 31), 1, CivilDate(2024, 2, 29)},
      {CivilDate(2025, 1, 31), 2, CivilDate(2025, 3, 31)},
      {CivilDate(2025, 3, 31), -1, CivilDate(2025, 2, 28)},
      {CivilDate(2025, 5, 31), -3, CivilDate(2025, 2, 28)},
      {CivilDate(2024, 2, 29), 12, CivilDate(2025, 2, 28)},
      {CivilDate(2024, 2, 29), 48, CivilDate(2028, 2, 29)},
      {CivilDate(2024, 2, 29), -12, CivilDate(2023, 2, 28)},
      {CivilDate(2100, 1, 31), 1, CivilDate(2100, 2, 28)},
      {CivilDate(2000, 1, 31), 1, CivilDate(2000, 2, 29)},
      {CivilDate(2025, 12, 31), 2, CivilDate(2026, 2, 28)},
      {CivilDate(2026, 1, 15), -1, CivilDate(2025, 12, 15)},
      {CivilDate(2025, 6, 15), 0, CivilDate(2025, 6, 15)},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(AddMonths(row.date, row.months), row.expected)
        << FormatDate(row.date) << " + " << row.months;
  }
}

TEST(DateOfDayNumber, AgreesWithAbseil) {
  for (int64_t days = DayNumberOf(kDateMin) - 1000;
       days <= DayNumberOf(kDateMax) + 1000; ++days) {
    const CivilDate date = DateOfDayNumber(days);
    ASSERT_EQ(date, CivilDate(1970, 1, 1) + days);
    ASSERT_EQ(DayNumberOf(date), days);
  }
}

TEST(IsSupported, EndsWithTheYears) {
  EXPECT_TRUE(IsSupported(kDateMin));
  EXPECT_TRUE(IsSupported(kDateMax));
  EXPECT_FALSE(IsSupported(kDateMin - 1));
  EXPECT_FALSE(IsSupported(kDateMax + 1));
  EXPECT_TRUE(IsSupported(absl::UnixEpoch()));
  EXPECT_FALSE(IsSupported(absl::InfiniteFuture()));
  EXPECT_FALSE(IsSupported(absl::InfinitePast()));
}

}  // namespace
}  // namespace careroute::calendar
