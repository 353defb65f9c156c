// Absurd requests: refused with the field and the mend, never a wrong date.

#include <limits>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/calendar/deadline.h"
#include "lib/calendar/test_calendars.h"

namespace careroute::calendar {
namespace {

using testing::HasSubstr;

constexpr int64_t kHuge = std::numeric_limits<int64_t>::max();
constexpr int64_t kTiny = std::numeric_limits<int64_t>::min();

DeadlineRequest Sound() {
  return {.limit = Term{5, TimeUnit::kWorkingDays},
          .start = At("2025-10-13T10:00:00+10:00"),
          .calendar = "ru",
          .zone = "RU-KHA"};
}

std::string Refusal(const DeadlineRequest& request) {
  const absl::StatusOr<Deadline> deadline =
      ComputeDeadline(ShippedCalendars(), request);
  EXPECT_EQ(deadline.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(deadline.status().message());
}

TEST(DeadlineRequest, RefusesTermsOutOfTheirLimits) {
  const std::vector<Term> terms = {
      {-1, TimeUnit::kCalendarDays},   {kTermMax + 1, TimeUnit::kCalendarDays},
      {kHuge, TimeUnit::kMinutes},     {kTiny, TimeUnit::kMinutes},
      {kHuge, TimeUnit::kWorkingDays}, {kTiny, TimeUnit::kWorkingDays},
      {kHuge, TimeUnit::kYears},       {kTiny, TimeUnit::kMonths},
      {0, TimeUnit::kMinutes},         {0, TimeUnit::kHours},
      {0, TimeUnit::kWeeks},           {0, TimeUnit::kMonths},
      {0, TimeUnit::kYears},           {0, TimeUnit::kDayOfNextMonth},
      {32, TimeUnit::kDayOfNextMonth},
  };
  for (const Term& term : terms) {
    DeadlineRequest request = Sound();
    request.limit = term;
    EXPECT_THAT(Refusal(request), HasSubstr("limit.n: ")) << term.n;
  }
  DeadlineRequest request = Sound();
  request.limit = Term{5, static_cast<TimeUnit>(99)};
  EXPECT_THAT(Refusal(request), HasSubstr("limit.unit: is no unit"));
}

TEST(DeadlineRequest, RefusesEndsBeyondTheYears) {
  for (const Term& term :
       {Term{kTermMax, TimeUnit::kCalendarDays}, Term{500, TimeUnit::kYears},
        Term{kTermMax, TimeUnit::kYears}, Term{kTermMax, TimeUnit::kMonths},
        Term{kTermMax, TimeUnit::kWeeks},
        Term{kTermMax, TimeUnit::kWorkingDays}}) {
    DeadlineRequest request = Sound();
    request.limit = term;
    EXPECT_THAT(Refusal(request), HasSubstr("1900 to 2200")) << term.n;
  }
}

TEST(DeadlineRequest, AnswersUpToTheLastYear) {
  DeadlineRequest request = Sound();
  request.statutory = true;
  request.start = At("2200-12-20T10:00:00+10:00");
  request.limit = Term{5, TimeUnit::kCalendarDays};
  EXPECT_TRUE(ComputeDeadline(ShippedCalendars(), request).ok());
  request.limit = Term{1, TimeUnit::kMonths};
  EXPECT_THAT(Refusal(request), HasSubstr("1900 to 2200"));
}

TEST(DeadlineRequest, RefusesInstantsOutOfRange) {
  for (const absl::Time start :
       {absl::InfiniteFuture(), absl::InfinitePast(),
        At("1899-12-31T00:00:00Z"), At("2201-01-02T00:00:00Z")}) {
    for (const TimeUnit unit : {TimeUnit::kHours, TimeUnit::kWorkingDays}) {
      DeadlineRequest request = Sound();
      request.limit = Term{5, unit};
      request.start = start;
      EXPECT_THAT(Refusal(request), HasSubstr("start: is out of range"));
    }
  }
}

TEST(DeadlineRequest, RefusesUnknownPlacesAndOffersTheKnown) {
  DeadlineRequest request = Sound();
  request.calendar = "xx";
  EXPECT_THAT(Refusal(request), HasSubstr("calendar: "));
  EXPECT_THAT(Refusal(request), HasSubstr("ru-2026.1"));
  request = Sound();
  request.zone = "Mars";
  EXPECT_THAT(Refusal(request), HasSubstr("zone: "));
  EXPECT_THAT(Refusal(request), HasSubstr("RU-KHA"));
  request.zone = "";
  EXPECT_THAT(Refusal(request), HasSubstr("zone: "));
}

TEST(DeadlineRequest, RefusesBrokenStops) {
  const absl::Time noon = At("2025-10-14T12:00:00+10:00");
  std::vector<Stop> stops = {{noon, noon - absl::Nanoseconds(1)}};
  DeadlineRequest request = Sound();
  request.stops = stops;
  EXPECT_THAT(Refusal(request), HasSubstr("stops[0].to: lies before"));
  stops = {{noon, noon + absl::Hours(1)}, {absl::InfinitePast(), noon}};
  request.stops = stops;
  EXPECT_THAT(Refusal(request), HasSubstr("stops[1].from: is out of range"));
  stops = {{noon, absl::InfiniteFuture()}};
  request.stops = stops;
  EXPECT_THAT(Refusal(request), HasSubstr("stops[0].to: is out of range"));
  stops = {{noon, std::nullopt}};
  request.stops = stops;
  EXPECT_THAT(Refusal(request), HasSubstr("as_of: is needed"));
  stops.assign(kStopsMax + 1, {noon, noon});
  request.stops = stops;
  EXPECT_THAT(Refusal(request), HasSubstr("stops: has 1001 stops"));
}

TEST(DeadlineRequest, RefusesAStopThatLeadsBeyondTheYears) {
  const std::vector<Stop> stops = {
      {At("2025-10-15T00:00:00+10:00"), At("2200-12-30T00:00:00+10:00")}};
  for (const TimeUnit unit :
       {TimeUnit::kCalendarDays, TimeUnit::kWorkingDays, TimeUnit::kHours}) {
    DeadlineRequest request = Sound();
    request.limit = Term{200, unit};
    request.stops = stops;
    EXPECT_THAT(Refusal(request), HasSubstr("1900 to 2200"));
  }
}

TEST(DeadlineRequest, RefusesAgesAndDatesOutOfRange) {
  DeadlineRequest request = Sound();
  for (const BeforeAge& age :
       {BeforeAge{Day("2023-05-10"), 0, 0}, BeforeAge{Day("2023-05-10"), -3, 0},
        BeforeAge{Day("2023-05-10"), 151, 0},
        BeforeAge{Day("2023-05-10"), 150, 1},
        BeforeAge{Day("2023-05-10"), 3, -1},
        BeforeAge{Day("2023-05-10"), std::numeric_limits<int>::max(),
                  std::numeric_limits<int>::max()}}) {
    request.limit = age;
    EXPECT_THAT(Refusal(request), HasSubstr("limit.years: is no age"));
  }
  request.limit = BeforeAge{CivilDate(1800, 1, 1), 3, 0};
  EXPECT_THAT(Refusal(request), HasSubstr("limit.birth_date: "));
  request.limit = BeforeAge{Day("2190-01-01"), 18, 0};
  EXPECT_THAT(Refusal(request), HasSubstr("1900 to 2200"));
  request.limit = BeforeDate{CivilDate(2300, 1, 1)};
  EXPECT_THAT(Refusal(request), HasSubstr("limit.date: "));
}

TEST(DeadlineRequest, ListsEverythingThatIsWrong) {
  const std::vector<Stop> stops = {
      {At("2025-10-14T12:00:00Z"), At("2025-10-14T11:00:00Z")}};
  const std::string refusal = Refusal({.limit = Term{-5, TimeUnit::kMonths},
                                       .start = absl::InfiniteFuture(),
                                       .calendar = "ru",
                                       .zone = "nowhere",
                                       .stops = stops});
  for (const char* field :
       {"limit.n: ", "start: ", "zone: ", "stops[0].to: "}) {
    EXPECT_THAT(refusal, HasSubstr(field));
  }
}

TEST(DeadlineRequest, IgnoresTheStartOfAFixedDate) {
  DeadlineRequest request = Sound();
  request.start = absl::InfiniteFuture();
  request.limit = BeforeDate{Day("2026-01-05")};
  EXPECT_TRUE(ComputeDeadline(ShippedCalendars(), request).ok());
}

}  // namespace
}  // namespace careroute::calendar
