// lib/calendar/internal/words.h: amounts, dates and times as people write them
// in Russian and English.

#ifndef CAREROUTE_LIB_CALENDAR_INTERNAL_WORDS_H_
#define CAREROUTE_LIB_CALENDAR_INTERNAL_WORDS_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "lib/calendar/calendar.h"
#include "lib/calendar/civil_date.h"
#include "lib/calendar/explain.h"
#include "lib/calendar/term.h"
#include "lib/calendar/zone.h"

namespace careroute::calendar::internal {

// "5 рабочих дней", "1 working day". A day of the next month counts days.
[[nodiscard]] std::string Amount(const Term& term, Language language);

// "3 года 2 месяца", "3 years 2 months".
[[nodiscard]] std::string AgeWords(int64_t months, Language language);

// "2 ч 30 мин", "2 h 30 min"; a part of a minute counts as none.
[[nodiscard]] std::string ElapsedWords(absl::Duration elapsed,
                                       Language language);

// "09.01.2026" in Russian, "2026-01-09" in English.
[[nodiscard]] std::string DateWords(CivilDate date, Language language);

// The date and the time of day on the wall of `zone`.
struct LocalTime {
  const Zone& zone;
  absl::Time time;
};
[[nodiscard]] std::string TimeWords(const LocalTime& local, Language language);

// RFC 3339 with the offset of the zone at that time.
[[nodiscard]] std::string TimeForPrograms(const LocalTime& local);

// "UTC+10:00".
[[nodiscard]] std::string OffsetWords(const LocalTime& local);

// Why nobody works on `date`: "воскресенье", "День Победы", "выходной,
// перенесённый с 02.11.2024".
[[nodiscard]] std::string DayOffWords(const Calendar& calendar, CivilDate date,
                                      Language language);

}  // namespace careroute::calendar::internal

#endif  // CAREROUTE_LIB_CALENDAR_INTERNAL_WORDS_H_
