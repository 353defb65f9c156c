// lib/calendar/explain.h: a deadline in sentences a caseworker understands.
//
//   for (const ExplanationLine& line :
//        *ExplainDeadline(calendars, deadline, Language::kRussian)) {
//     print(line.text, line.source.act());
//   }
//   // Событие произошло 30.12.2025 в 10:00 (UTC+10:00).
//   // Срок 5 рабочих дней, счёт со следующего дня: до 16.01.2026. (ГК РФ ...)
//
// Made from the steps of the deadline and the edition it names, so that the
// words can be asked for years later. Pure and thread-safe.

#ifndef CAREROUTE_LIB_CALENDAR_EXPLAIN_H_
#define CAREROUTE_LIB_CALENDAR_EXPLAIN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "careroute/model/v1/source.pb.h"
#include "lib/calendar/calendar_set.h"
#include "lib/calendar/deadline.h"

namespace careroute::calendar {

enum class Language { kRussian, kEnglish };

struct ExplanationLine {
  // Names the sentence for programs, such as "deadline.stop_added"; stable.
  std::string key;
  // What the sentence speaks of, in order, for programs: dates as YYYY-MM-DD,
  // instants as RFC 3339 in the zone, numbers and units as words of English.
  std::vector<std::string> arguments;
  // The sentence.
  std::string text;
  // The act behind it; empty where the sentence only states a fact.
  model::v1::Source source;
};

// One line a step, in order. NOT_FOUND when the edition or its zone is not in
// the set.
[[nodiscard]] absl::StatusOr<std::vector<ExplanationLine>> ExplainDeadline(
    const CalendarSet& calendars, const Deadline& deadline, Language language);

}  // namespace careroute::calendar

#endif  // CAREROUTE_LIB_CALENDAR_EXPLAIN_H_
