#include "lib/calendar/internal/check_request.h"

#include <cstdint>
#include <string>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lib/calendar/civil_date.h"

namespace careroute::calendar::internal {
namespace {

using base::Problems;

constexpr absl::string_view kInstantMend = "use an instant from 1900 to 2200";

// More would make the message longer than anybody reads.
constexpr int kZonesNamedMax = 20;

std::string NameZones(const Calendar& calendar) {
  std::string names;
  const auto& zones = calendar.data().zones();
  for (int i = 0; i < zones.size() && i < kZonesNamedMax; ++i) {
    absl::StrAppend(&names, i == 0 ? "" : ", ", zones.Get(i).id());
  }
  return names;
}

struct Bounds {
  int64_t min;
  int64_t max;
};

Bounds BoundsOf(TimeUnit unit) {
  switch (unit) {
    case TimeUnit::kCalendarDays:
    case TimeUnit::kWorkingDays:
      return {.min = 0, .max = kTermMax};
    case TimeUnit::kDayOfNextMonth:
      return {.min = 1, .max = 31};
    case TimeUnit::kMinutes:
    case TimeUnit::kHours:
    case TimeUnit::kWeeks:
    case TimeUnit::kMonths:
    case TimeUnit::kYears:
      return {.min = 1, .max = kTermMax};
  }
  return {.min = 1, .max = 0};  // no unit at all: nothing fits
}

void CheckDate(CivilDate date, absl::string_view field, Problems& problems) {
  if (!IsSupported(date)) {
    problems.Error(field, "OUT_OF_RANGE", "is out of range",
                   "use a date from 1900-01-01 to 2200-12-31");
  }
}

void CheckAge(const BeforeAge& age, Problems& problems) {
  CheckDate(age.birth_date, "limit.birth_date", problems);
  const bool in_range = age.years >= 0 && age.years <= kAgeYearsMax &&
                        age.months >= 0 && age.months <= 12 * kAgeYearsMax;
  const int64_t months =
      in_range ? int64_t{12} * age.years + age.months : int64_t{0};
  if (months < 1 || months > int64_t{12} * kAgeYearsMax) {
    problems.Error("limit.years", "OUT_OF_RANGE", "is no age",
                   "use years and months that make 1 month to 150 years");
  }
}

struct CheckLimit {
  const DeadlineRequest& request;
  Problems& problems;

  void operator()(const Term& term) const {
    {
      const auto at = problems.Enter("limit");
      CheckTerm(term, problems);
    }
    if (!IsSupported(request.start)) {
      problems.Error("start", "OUT_OF_RANGE", "is out of range", kInstantMend);
    }
  }
  void operator()(const BeforeAge& age) const { CheckAge(age, problems); }
  void operator()(const BeforeDate& before) const {
    CheckDate(before.date, "limit.date", problems);
  }
};

void CheckStop(const DeadlineRequest& request, int index, Problems& problems) {
  const Stop& stop = request.stops[static_cast<size_t>(index)];
  const bool from_fits = IsSupported(stop.from);
  const bool to_fits = !stop.to || IsSupported(*stop.to);
  if (from_fits && to_fits && (!stop.to || stop.from <= *stop.to)) {
    return;
  }
  const auto at = problems.Enter("stops", index);
  if (!from_fits) {
    problems.Error("from", "OUT_OF_RANGE", "is out of range", kInstantMend);
  }
  if (!to_fits) {
    problems.Error("to", "OUT_OF_RANGE", "is out of range", kInstantMend);
  } else if (stop.to && *stop.to < stop.from) {
    problems.Error("to", "BEFORE_FROM", "lies before the stop begins",
                   "end the stop after it begins, or leave it running");
  }
}

void CheckStops(const DeadlineRequest& request, Problems& problems) {
  if (request.stops.size() > kStopsMax) {
    problems.Error("stops", "TOO_MANY",
                   absl::StrCat("has ", request.stops.size(), " stops"),
                   absl::StrCat("use at most ", kStopsMax));
    return;
  }
  bool running = false;
  for (int i = 0; i < static_cast<int>(request.stops.size()); ++i) {
    CheckStop(request, i, problems);
    running |= !request.stops[static_cast<size_t>(i)].to.has_value();
  }
  if (running && !IsSupported(request.as_of)) {
    problems.Error("as_of", "REQUIRED", "is needed while a stop runs",
                   "give the present instant");
  }
}

}  // namespace

Place FindPlace(const CalendarSet& calendars, const PlaceNames& names,
                Problems& problems) {
  Place place;
  const absl::StatusOr<const Calendar*> calendar =
      calendars.Find(names.calendar);
  if (!calendar.ok()) {
    problems.Error("calendar", "UNKNOWN", "is no calendar that is loaded",
                   calendars.Offer());
    return place;
  }
  place.calendar = *calendar;
  place.zone = place.calendar->FindZone(names.zone);
  if (place.zone == nullptr) {
    problems.Error(
        "zone", "UNKNOWN",
        absl::StrCat("is no zone of the calendar ", place.calendar->edition()),
        absl::StrCat("use one of: ", NameZones(*place.calendar)));
  }
  return place;
}

void CheckTerm(const Term& term, Problems& problems) {
  const Bounds bounds = BoundsOf(term.unit);
  if (bounds.max == 0) {
    problems.Error("unit", "BAD_VALUE", "is no unit of time",
                   "use a value of TimeUnit");
  } else if (term.n < bounds.min || term.n > bounds.max) {
    problems.Error("n", "OUT_OF_RANGE",
                   absl::StrCat("is ", term.n, ", which is out of range"),
                   absl::StrCat("use ", bounds.min, " to ", bounds.max));
  }
}

absl::StatusOr<Place> CheckRequest(const CalendarSet& calendars,
                                   const DeadlineRequest& request) {
  Problems problems;
  const Place place =
      FindPlace(calendars, {.calendar = request.calendar, .zone = request.zone},
                problems);
  std::visit(CheckLimit{request, problems}, request.limit);
  CheckStops(request, problems);
  if (problems.HasErrors()) {
    return problems.ToStatus();
  }
  return place;
}

absl::Status OutOfYears(absl::string_view field) {
  Problems problems;
  problems.Error(field, "OUT_OF_RANGE",
                 "leads to a day outside the years 1900 to 2200",
                 "use a shorter term or shorter stops, nearer to the present");
  return problems.ToStatus();
}

}  // namespace careroute::calendar::internal
