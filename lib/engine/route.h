// lib/engine/route.h: a family's route: what was, is and comes.
//
// Everything a coordinator must know of a case on one page, made from the
// folded case, its edition and the directory. It decides nothing and stores
// nothing; what it shows has either happened or stands in the pathway.
//
//   const model::v1::Route route = BuildRoute(
//       reading, {.language = "ru", .now = clock.Now(),
//                 .calendars = &calendars, .other_cases = rows});
//
// Rows, in this order:
//   done       each way a step ended, by when it happened;
//   live       NOW, OVERDUE or SUSPENDED, by number;
//   next       the main way from each live step, as follows.
// The main way: of a step's outcomes, in the order written, the first that ends
// it. What that outcome starts comes next, asked with the step taken as ended
// so; then the main way of that, kNextDepthMax steps far. An `if` that is then
// no leaves a step out; one that is not known leaves it in. Silence, refusals
// and notes on the way are not expected of anybody, so blocks for them appear
// only once they run. After the main way come the steps scheduled for a day
// within kScheduledWithin, by day; dates before an age are schedules too.
//
// Support measures: first those the family was told of, by when; then, unless
// the family asked for quiet or has lost somebody, those it has a right to by
// the facts recorded, and those that depend on a fact nobody recorded.

#ifndef CAREROUTE_LIB_ENGINE_ROUTE_H_
#define CAREROUTE_LIB_ENGINE_ROUTE_H_

#include <string>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "careroute/model/v1/case.pb.h"
#include "careroute/model/v1/route.pb.h"
#include "lib/access/data_class_set.h"
#include "lib/calendar/calendar_set.h"
#include "lib/engine/cases.h"
#include "lib/engine/past_work.h"
#include "lib/measures/measure_sets.h"

namespace careroute::engine {

// Steps ahead of a live one: further, too much may happen first.
inline constexpr int kNextDepthMax = 4;
// Rows of the main way: a coordinator plans for three to eight steps.
inline constexpr int kNextRowsMax = 8;
// Scheduled rows: those of one childhood are about a dozen.
inline constexpr int kScheduledRowsMax = 8;
// How far ahead scheduled steps are shown: birth to three in early help.
inline constexpr absl::Duration kScheduledWithin = absl::Hours(24 * 366 * 3);
// How far ahead `upcoming` looks.
inline constexpr int kUpcomingDays = 90;

// Help meanwhile in words: opened from the event that recorded it.
struct InterimHelpText {
  int32_t occurrence = 0;
  std::string text;
};

// A person by name, for representatives: each has a record of their own.
struct PersonName {
  std::string person;  // "persons/{person}"
  std::string name;
};

struct RouteOptions {
  // Of the texts; empty = the pathway's first. The program's own words are
  // Russian for "ru", English for any other.
  std::string language;
  // Titles in the family's plain words. Without addresses and the place of stay
  // when these are kept from one of the representatives.
  bool for_family = false;
  absl::Time now;
  // Must not be null.
  const calendar::CalendarSet* calendars = nullptr;
  // What the caller may see: facts and reasons of other classes are left out
  // and named in `withheld`. Fields with a class of their own are removed
  // afterwards, by lib/access.
  access::DataClassSet visible = access::DataClassSet::All();
  // Of the person and the household, as far as the caller takes part in them.
  absl::Span<const model::v1::CaseRow> other_cases;
  // Of one occurrence the last holds. For occurrences not named here the
  // recorded fact `interim_help` serves.
  absl::Span<const InterimHelpText> interim_help;
  // Steps that are over, with what went wrong on the way. Those not named here
  // are told by their outcome alone.
  absl::Span<const PastWork> past_work;
  // The support measures this hub knows; null = none. Those the family was told
  // of are shown all the same.
  const measures::MeasureSets* measures = nullptr;
  // Of representatives, as far as they are registered and not erased.
  absl::Span<const PersonName> names;
};

// Pure and total. `reading` must be complete; its case must have been opened.
[[nodiscard]] model::v1::Route BuildRoute(const CaseReading& reading,
                                          const RouteOptions& options);

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_ROUTE_H_
