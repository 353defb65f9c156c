#include "lib/calendar/test_calendars.h"

#include <fstream>
#include <iterator>
#include <vector>

#include "gtest/gtest.h"
#include "lib/base/check.h"
#include "lib/calendar/load.h"

namespace careroute::calendar {
namespace {

CalendarSet LoadShipped() {
  const std::string name = "lib/calendar/catalogue/ru-2026.1.textproto";
  const std::vector<CalendarFile> files = {
      {.name = name, .text = ReadTestFile(name)}};
  base::Problems problems;
  CalendarSet calendars = LoadCalendars(files, problems);
  EXPECT_TRUE(problems.empty()) << problems.ToStatus();
  return calendars;
}

}  // namespace

std::string ReadTestFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.is_open()) << path << ": run the test from the root";
  return {std::istreambuf_iterator<char>(file),
          std::istreambuf_iterator<char>()};
}

const CalendarSet& ShippedCalendars() {
  static const auto* const kCalendars = new CalendarSet(LoadShipped());
  return *kCalendars;
}

const Calendar& Russia() {
  const absl::StatusOr<const Calendar*> russia = ShippedCalendars().Find("ru");
  CAREROUTE_CHECK(russia.ok());
  return **russia;
}

absl::Time At(absl::string_view text) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &time, &error))
      << text << ": " << error;
  return time;
}

CivilDate Day(absl::string_view text) {
  const absl::StatusOr<CivilDate> date = ParseDate(text);
  EXPECT_TRUE(date.ok()) << text << " " << date.status();
  return date.ok() ? *date : kDateMin;
}

}  // namespace careroute::calendar
