#include "lib/calendar/calendar_set.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/calendar/load.h"
#include "lib/calendar/test_calendars.h"

namespace careroute::calendar {
namespace {

// The shipped text under another edition.
CalendarFile Edition(const std::string& edition) {
  const std::string text =
      ReadTestFile("lib/calendar/catalogue/ru-2026.1.textproto");
  return {.name = edition + ".textproto",
          .text = absl::StrReplaceAll(text, {{"ru-2026.1", edition}})};
}

CalendarSet Load(const std::vector<std::string>& editions) {
  std::vector<CalendarFile> files;
  files.reserve(editions.size());
  for (const std::string& edition : editions) {
    files.push_back(Edition(edition));
  }
  base::Problems problems;
  CalendarSet calendars = LoadCalendars(files, problems);
  EXPECT_TRUE(problems.empty()) << problems.ToStatus();
  return calendars;
}

TEST(CalendarSet, FindsTheNewestEditionByCalendarAndAnyByName) {
  const CalendarSet calendars =
      Load({"ru-2027.2", "ru-2027.10", "ru-2026.1", "ru-2027.9"});
  EXPECT_EQ((*calendars.Find("ru"))->edition(), "ru-2027.10");
  EXPECT_EQ((*calendars.Find("ru-2026.1"))->edition(), "ru-2026.1");
  std::vector<std::string> editions;
  editions.reserve(calendars.editions().size());
  for (const auto& calendar : calendars.editions()) {
    editions.push_back(calendar->edition());
  }
  EXPECT_THAT(editions, testing::ElementsAre("ru-2026.1", "ru-2027.2",
                                             "ru-2027.9", "ru-2027.10"));
}

TEST(CalendarSet, OffersWhatIsThere) {
  const absl::Status missing = ShippedCalendars().Find("de").status();
  EXPECT_EQ(missing.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(missing.message(), testing::HasSubstr("ru-2026.1"));
  EXPECT_THAT(CalendarSet().Find("ru").status().message(),
              testing::HasSubstr("load a calendar first"));
}

TEST(CalendarSet, RefusesAnEditionItHas) {
  CalendarSet calendars = Load({"ru-2026.1"});
  const auto again = calendars.editions().front();
  EXPECT_EQ(calendars.Add(again).code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(calendars.editions().size(), 1U);
}

TEST(CalendarSet, KeepsItsCalendarsWhenCopied) {
  auto calendars = std::make_unique<CalendarSet>(Load({"ru-2026.1"}));
  const CalendarSet copy = *calendars;
  const Calendar* found = *calendars->Find("ru");
  calendars.reset();
  EXPECT_EQ(*copy.Find("ru"), found);
  EXPECT_TRUE(found->IsWorkingDay(Day("2024-04-27")));
}

TEST(ParseEdition, TakesACalendarAYearAndANumber) {
  EXPECT_EQ(*ParseEdition("ru", "ru-2026.1"), (EditionNumber{2026, 1}));
  EXPECT_EQ(*ParseEdition("ru-kha", "ru-kha-2026.12"),
            (EditionNumber{2026, 12}));
  for (const char* edition :
       {"", "ru", "ru-", "ru-2026", "ru-2026.", "ru-2026.0", "ru-2026.01",
        "ru-02026.1", "ru-2026.1x", "ru-2026.-1", "ru2026.1", "de-2026.1",
        "ru-1899.1", "ru-2201.1", "ru-2026.99999", "ru-2026.1.1"}) {
    EXPECT_FALSE(ParseEdition("ru", edition).ok()) << edition;
  }
}

}  // namespace
}  // namespace careroute::calendar
