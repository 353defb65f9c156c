#include "lib/calendar/internal/words.h"

#include <array>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"

namespace careroute::calendar::internal {
namespace {

// Russian needs three forms: 1 день, 2 дня, 5 дней.
struct Noun {
  absl::string_view ru_one;
  absl::string_view ru_few;
  absl::string_view ru_many;
  absl::string_view en_one;
  absl::string_view en_many;
};

constexpr Noun kMinute = {"минута", "минуты", "минут", "minute", "minutes"};
constexpr Noun kHour = {"час", "часа", "часов", "hour", "hours"};
constexpr Noun kDay = {"календарный день", "календарных дня",
                       "календарных дней", "calendar day", "calendar days"};
constexpr Noun kWorkingDay = {"рабочий день", "рабочих дня", "рабочих дней",
                              "working day", "working days"};
constexpr Noun kWeek = {"неделя", "недели", "недель", "week", "weeks"};
constexpr Noun kMonth = {"месяц", "месяца", "месяцев", "month", "months"};
constexpr Noun kYear = {"год", "года", "лет", "year", "years"};

const Noun& NounOf(TimeUnit unit) {
  switch (unit) {
    case TimeUnit::kMinutes:
      return kMinute;
    case TimeUnit::kHours:
      return kHour;
    case TimeUnit::kWorkingDays:
      return kWorkingDay;
    case TimeUnit::kWeeks:
      return kWeek;
    case TimeUnit::kMonths:
      return kMonth;
    case TimeUnit::kYears:
      return kYear;
    case TimeUnit::kCalendarDays:
    case TimeUnit::kDayOfNextMonth:
      break;
  }
  return kDay;
}

absl::string_view RussianForm(const Noun& noun, int64_t n) {
  const int64_t tens = n % 100;
  const int64_t ones = n % 10;
  if (tens >= 11 && tens <= 14) {
    return noun.ru_many;
  }
  if (ones == 1) {
    return noun.ru_one;
  }
  return ones >= 2 && ones <= 4 ? noun.ru_few : noun.ru_many;
}

std::string Count(const Noun& noun, int64_t n, Language language) {
  return language == Language::kRussian
             ? absl::StrCat(n, " ", RussianForm(noun, n))
             : absl::StrCat(n, " ", n == 1 ? noun.en_one : noun.en_many);
}

// The time of day on the wall, and the date.
absl::CivilSecond Wall(const LocalTime& local) {
  const int minutes = local.zone.OffsetMinutesAt(local.time);
  return absl::ToCivilSecond(local.time + absl::Minutes(minutes),
                             absl::UTCTimeZone());
}

std::string OffsetDigits(const LocalTime& local) {
  const int minutes = local.zone.OffsetMinutesAt(local.time);
  const int size = minutes < 0 ? -minutes : minutes;
  return absl::StrFormat("%c%02d:%02d", minutes < 0 ? '-' : '+', size / 60,
                         size % 60);
}

std::string TitleOf(const model::v1::LocalizedText& title, Language language) {
  const absl::string_view wanted = language == Language::kRussian ? "ru" : "en";
  for (const auto& translation : title.translations()) {
    if (translation.language() == wanted) {
      return translation.text();
    }
  }
  return "";
}

std::string WeekdayWords(CivilDate date, Language language) {
  // In the order of absl::Weekday, which begins with Monday.
  constexpr std::array<absl::string_view, 7> kRussian = {
      "понедельник", "вторник", "среда",      "четверг",
      "пятница",     "суббота", "воскресенье"};
  constexpr std::array<absl::string_view, 7> kEnglish = {
      "Monday", "Tuesday",  "Wednesday", "Thursday",
      "Friday", "Saturday", "Sunday"};
  const auto day = static_cast<size_t>(absl::GetWeekday(date));
  return std::string(language == Language::kRussian ? kRussian[day]
                                                    : kEnglish[day]);
}

}  // namespace

std::string Amount(const Term& term, Language language) {
  return Count(NounOf(term.unit), term.n, language);
}

std::string AgeWords(int64_t months, Language language) {
  const int64_t years = months / 12;
  const int64_t rest = months % 12;
  std::string words;
  if (years > 0) {
    words = Count(kYear, years, language);
  }
  if (rest > 0 || years == 0) {
    absl::StrAppend(&words, words.empty() ? "" : " ",
                    Count(kMonth, rest, language));
  }
  return words;
}

std::string ElapsedWords(absl::Duration elapsed, Language language) {
  const int64_t minutes = absl::ToInt64Minutes(elapsed);
  return language == Language::kRussian
             ? absl::StrCat(minutes / 60, " ч ", minutes % 60, " мин")
             : absl::StrCat(minutes / 60, " h ", minutes % 60, " min");
}

std::string DateWords(CivilDate date, Language language) {
  return language == Language::kRussian
             ? absl::StrFormat("%02d.%02d.%04d", date.day(), date.month(),
                               date.year())
             : FormatDate(date);
}

std::string TimeWords(const LocalTime& local, Language language) {
  const absl::CivilSecond wall = Wall(local);
  const std::string date = DateWords(CivilDate(wall), language);
  const std::string time =
      absl::StrFormat("%02d:%02d", wall.hour(), wall.minute());
  return language == Language::kRussian ? absl::StrCat(date, " в ", time)
                                        : absl::StrCat(date, " at ", time);
}

std::string TimeForPrograms(const LocalTime& local) {
  const absl::CivilSecond wall = Wall(local);
  return absl::StrFormat("%04d-%02d-%02dT%02d:%02d:%02d%s", wall.year(),
                         wall.month(), wall.day(), wall.hour(), wall.minute(),
                         wall.second(), OffsetDigits(local));
}

std::string OffsetWords(const LocalTime& local) {
  return absl::StrCat("UTC", OffsetDigits(local));
}

std::string DayOffWords(const Calendar& calendar, CivilDate date,
                        Language language) {
  const DayNote note = calendar.Explain(date);
  if (note.kind == DayNote::Kind::kHoliday) {
    return TitleOf(note.holiday->title(), language);
  }
  if (note.kind == DayNote::Kind::kMovedDayOff) {
    return absl::StrCat(language == Language::kRussian
                            ? "выходной, перенесённый с "
                            : "a day off moved from ",
                        DateWords(note.moved, language));
  }
  return WeekdayWords(date, language);
}

}  // namespace careroute::calendar::internal
