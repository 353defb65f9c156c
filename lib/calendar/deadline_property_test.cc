// What must hold of every deadline, over requests drawn from a printed seed.

#include <algorithm>
#include <array>
#include <cstdint>
#include <variant>
#include <vector>

#include "gtest/gtest.h"
#include "lib/base/random.h"
#include "lib/calendar/deadline.h"
#include "lib/calendar/test_calendars.h"

namespace careroute::calendar {
namespace {

constexpr uint64_t kSeed = 20251013;
constexpr int kDraws = 4000;

constexpr std::array<TimeUnit, 8> kUnits = {
    TimeUnit::kMinutes,     TimeUnit::kHours,         TimeUnit::kCalendarDays,
    TimeUnit::kWorkingDays, TimeUnit::kWeeks,         TimeUnit::kMonths,
    TimeUnit::kYears,       TimeUnit::kDayOfNextMonth};

bool IsElapsed(TimeUnit unit) {
  return unit == TimeUnit::kMinutes || unit == TimeUnit::kHours;
}

// Draws instants on whole hours of the published years, so that midnights and
// other coincidences are common.
absl::Time DrawTime(base::Random& random, absl::Time from, int hours) {
  return from + absl::Hours(static_cast<int64_t>(
                    random.Uniform(static_cast<uint64_t>(hours))));
}

struct Draw {
  DeadlineRequest request;
  std::vector<Stop> stops;
};

Stop DrawStop(base::Random& random, absl::Time start) {
  const absl::Time from = DrawTime(random, start - absl::Hours(72), 24 * 30);
  return {.from = from, .to = DrawTime(random, from, 24 * 12)};
}

Draw DrawRequest(base::Random& random) {
  constexpr std::array<absl::string_view, 4> kZones = {"RU-MOW", "RU-KEM",
                                                       "RU-ZAB", "RU-KHA"};
  Draw draw;
  const TimeUnit unit = kUnits[random.Uniform(kUnits.size())];
  draw.request.limit = Term{static_cast<int64_t>(1 + random.Uniform(31)), unit};
  draw.request.start =
      DrawTime(random, At("2024-01-01T00:00:00+03:00"), 24 * 900);
  draw.request.calendar = "ru";
  draw.request.zone = kZones[random.Uniform(kZones.size())];
  draw.request.statutory = random.Uniform(2) == 0;
  for (uint64_t left = random.Uniform(5); left > 0; --left) {
    draw.stops.push_back(DrawStop(random, draw.request.start));
  }
  return draw;
}

Deadline Compute(const Draw& draw) {
  DeadlineRequest request = draw.request;
  request.stops = draw.stops;
  const absl::StatusOr<Deadline> deadline =
      ComputeDeadline(ShippedCalendars(), request);
  EXPECT_TRUE(deadline.ok()) << deadline.status();
  return deadline.ok() ? *deadline : Deadline{};
}

class EveryDeadline : public testing::Test {
 protected:
  template <typename Check>
  void ForDraws(Check check) {
    SCOPED_TRACE(testing::Message() << "seed " << kSeed);
    base::SeededRandom random(kSeed);
    for (int i = 0; i < kDraws && !HasFailure(); ++i) {
      SCOPED_TRACE(testing::Message() << "draw " << i);
      check(DrawRequest(random), random);
    }
  }
};

TEST_F(EveryDeadline, EndsItsLastLocalDay) {
  ForDraws([](const Draw& draw, base::Random&) {
    const Deadline deadline = Compute(draw);
    const Zone* zone = Russia().FindZone(draw.request.zone);
    EXPECT_EQ(zone->LocalDate(deadline.due - absl::Nanoseconds(1)),
              deadline.last_date);
    if (!IsElapsed(std::get<Term>(draw.request.limit).unit)) {
      EXPECT_EQ(deadline.due, zone->EndOfDay(deadline.last_date));
    }
    EXPECT_GT(deadline.due, draw.request.start);
  });
}

TEST_F(EveryDeadline, GrowsWithItsTerm) {
  ForDraws([](Draw draw, base::Random&) {
    const Deadline deadline = Compute(draw);
    Term& term = std::get<Term>(draw.request.limit);
    if (term.unit == TimeUnit::kDayOfNextMonth && term.n == 31) {
      return;
    }
    ++term.n;
    EXPECT_GE(Compute(draw).due, deadline.due);
  });
}

TEST_F(EveryDeadline, IsNeverShortenedByAStop) {
  ForDraws([](Draw draw, base::Random& random) {
    const absl::Time before = Compute(draw).due;
    draw.stops.push_back(DrawStop(random, draw.request.start));
    EXPECT_GE(Compute(draw).due, before);
  });
}

TEST_F(EveryDeadline, DoesNotDependOnTheOrderOfStops) {
  ForDraws([](Draw draw, base::Random&) {
    const absl::Time due = Compute(draw).due;
    std::reverse(draw.stops.begin(), draw.stops.end());
    EXPECT_EQ(Compute(draw).due, due);
  });
}

TEST_F(EveryDeadline, NeverEndsWhileTheClockStands) {
  ForDraws([](const Draw& draw, base::Random&) {
    const absl::Time due = Compute(draw).due;
    for (const Stop& stop : draw.stops) {
      // A stop that begins at the end came too late.
      EXPECT_FALSE(stop.from < due && due <= *stop.to &&
                   *stop.to > draw.request.start && stop.from < *stop.to);
    }
  });
}

TEST_F(EveryDeadline, StatutoryIsOnAWorkingDayAndNotEarlier) {
  ForDraws([](Draw draw, base::Random&) {
    draw.request.statutory = false;
    const Deadline plain = Compute(draw);
    draw.request.statutory = true;
    const Deadline statutory = Compute(draw);
    EXPECT_GE(statutory.due, plain.due);
    const TimeUnit unit = std::get<Term>(draw.request.limit).unit;
    if (IsElapsed(unit)) {
      EXPECT_EQ(statutory.due, plain.due);
    } else {
      EXPECT_TRUE(Russia().IsWorkingDay(statutory.last_date));
    }
  });
}

// Without stops, a walk over the days must find the same last day.
TEST_F(EveryDeadline, OfWorkingDaysAgreesWithAWalk) {
  ForDraws([](Draw draw, base::Random&) {
    draw.stops.clear();
    Term& term = std::get<Term>(draw.request.limit);
    term.unit = TimeUnit::kWorkingDays;
    const Zone* zone = Russia().FindZone(draw.request.zone);
    CivilDate day = zone->LocalDate(draw.request.start);
    for (int64_t left = term.n; left > 0;) {
      left -= Russia().IsWorkingDay(++day) ? 1 : 0;
    }
    EXPECT_EQ(Compute(draw).last_date, day);
  });
}

// True when some stop covers every hour of the local day, asked one by one.
bool IsCovered(const Draw& draw, CivilDate day) {
  const Zone* zone = Russia().FindZone(draw.request.zone);
  for (absl::Time hour = zone->StartOfDay(day); hour < zone->EndOfDay(day);
       hour += absl::Hours(1)) {
    const bool stopped = std::any_of(
        draw.stops.begin(), draw.stops.end(), [hour](const Stop& stop) {
          return stop.from <= hour && hour < *stop.to;
        });
    if (!stopped) {
      return false;
    }
  }
  return true;
}

// With stops, a term of days ends on the n-th day it counts that no stop
// covers, except where a stop holds the end open beyond it.
void ExpectUncoveredDays(Draw draw, TimeUnit unit) {
  Term& term = std::get<Term>(draw.request.limit);
  term.unit = unit;
  draw.request.statutory = false;
  const Zone* zone = Russia().FindZone(draw.request.zone);
  CivilDate day = zone->LocalDate(draw.request.start);
  for (int64_t left = term.n; left > 0;) {
    ++day;
    const bool counts =
        unit != TimeUnit::kWorkingDays || Russia().IsWorkingDay(day);
    left -= counts && !IsCovered(draw, day) ? 1 : 0;
  }
  const Deadline deadline = Compute(draw);
  const bool held = std::any_of(
      deadline.steps.begin(), deadline.steps.end(), [](const auto& step) {
        return step.kind == DeadlineStep::Kind::kStopHolds;
      });
  if (held) {
    EXPECT_GT(deadline.last_date, day);
  } else {
    EXPECT_EQ(deadline.last_date, day);
  }
}

TEST_F(EveryDeadline, OfCalendarDaysCountsTheDaysNoStopCovers) {
  ForDraws([](const Draw& draw, base::Random&) {
    ExpectUncoveredDays(draw, TimeUnit::kCalendarDays);
  });
}

TEST_F(EveryDeadline, OfWorkingDaysCountsTheDaysNoStopCovers) {
  ForDraws([](const Draw& draw, base::Random&) {
    ExpectUncoveredDays(draw, TimeUnit::kWorkingDays);
  });
}

}  // namespace
}  // namespace careroute::calendar
