#include "lib/pathway/term_text.h"

#include <cstdint>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace careroute::pathway {
namespace {

using model::v1::Term;
using model::v1::TimeUnit;

// "1 день", "2 дня", "5 дней"; "1 day", "2 days".
struct UnitWords {
  const char* ru_one;
  const char* ru_few;
  const char* ru_many;
  const char* en_one;
  const char* en_many;
};

constexpr UnitWords kYear = {"год", "года", "лет", "year", "years"};
constexpr UnitWords kMonth = {"месяц", "месяца", "месяцев", "month", "months"};

UnitWords WordsOf(TimeUnit unit) {
  switch (unit) {
    case model::v1::TIME_UNIT_MINUTE:
      return {"минута", "минуты", "минут", "minute", "minutes"};
    case model::v1::TIME_UNIT_HOUR:
      return {"час", "часа", "часов", "hour", "hours"};
    case model::v1::TIME_UNIT_CALENDAR_DAY:
      return {"календарный день", "календарных дня", "календарных дней",
              "calendar day", "calendar days"};
    case model::v1::TIME_UNIT_WORKING_DAY:
      return {"рабочий день", "рабочих дня", "рабочих дней", "working day",
              "working days"};
    case model::v1::TIME_UNIT_WEEK:
      return {"неделя", "недели", "недель", "week", "weeks"};
    case model::v1::TIME_UNIT_MONTH:
      return kMonth;
    case model::v1::TIME_UNIT_YEAR:
      return kYear;
    default:
      return {"", "", "", "", ""};
  }
}

const char* Choose(std::int64_t n, const UnitWords& words, bool russian) {
  if (!russian) {
    return n == 1 ? words.en_one : words.en_many;
  }
  const std::int64_t last_two = n % 100;
  const std::int64_t last = n % 10;
  if (last_two >= 11 && last_two <= 14) {
    return words.ru_many;
  }
  if (last == 1) {
    return words.ru_one;
  }
  return last >= 2 && last <= 4 ? words.ru_few : words.ru_many;
}

std::string Count(std::int64_t n, const UnitWords& words, bool russian) {
  return absl::StrCat(n, " ", Choose(n, words, russian));
}

}  // namespace

bool IsRussian(absl::string_view language) {
  return language == "ru" || absl::StartsWith(language, "ru-");
}

std::string TermText(const Term& term, absl::string_view language) {
  const bool russian = IsRussian(language);
  if (term.no_limit()) {
    return russian ? "не ограничено" : "no limit";
  }
  if (term.unit() == model::v1::TIME_UNIT_UNSPECIFIED) {
    return term.parameter();
  }
  if (term.unit() == model::v1::TIME_UNIT_DAY_OF_NEXT_MONTH) {
    return russian
               ? absl::StrCat("до ", term.n(), "-го числа следующего месяца")
               : absl::StrCat("by day ", term.n(), " of the next month");
  }
  return Count(term.n(), WordsOf(term.unit()), russian);
}

std::string AgeText(const model::v1::Age& age, absl::string_view language) {
  const bool russian = IsRussian(language);
  if (age.months() == 0) {
    return Count(age.years(), kYear, russian);
  }
  if (age.years() == 0) {
    return Count(age.months(), kMonth, russian);
  }
  return absl::StrCat(Count(age.years(), kYear, russian), " ",
                      Count(age.months(), kMonth, russian));
}

}  // namespace careroute::pathway
