#include "lib/calendar/civil_date.h"

#include <algorithm>
#include <chrono>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace careroute::calendar {
namespace {

// A day of slack on both sides, since local time parts from UTC by less.
constexpr int64_t kSecondMin = (kDateMin - CivilDate(1970, 1, 1) + 1) * 86400;
constexpr int64_t kSecondMax = (kDateMax - CivilDate(1970, 1, 1)) * 86400;

// The digits of `text`, or -1 when anything else stands among them.
int Digits(absl::string_view text) {
  int number = 0;
  for (const char c : text) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) {
      return -1;
    }
    number = number * 10 + (c - '0');
  }
  return number;
}

bool Exists(CivilDate date, int month, int day) {
  return date.month() == month && date.day() == day;
}

}  // namespace

bool IsSupported(CivilDate date) {
  return date >= kDateMin && date <= kDateMax;
}

bool IsSupported(absl::Time time) {
  return time >= absl::FromUnixSeconds(kSecondMin) &&
         time < absl::FromUnixSeconds(kSecondMax);
}

absl::StatusOr<CivilDate> ParseDate(absl::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
    return absl::InvalidArgumentError(
        "is not a date; write it as YYYY-MM-DD, such as 2026-01-09");
  }
  const int year = Digits(text.substr(0, 4));
  const int month = Digits(text.substr(5, 2));
  const int day = Digits(text.substr(8, 2));
  if (year < 0 || month < 0 || day < 0) {
    return absl::InvalidArgumentError(
        "is not a date; write it as YYYY-MM-DD, such as 2026-01-09");
  }
  const CivilDate date(year, month, day);
  if (!Exists(date, month, day)) {
    return absl::InvalidArgumentError(
        "is a date that does not exist; check the month and the day");
  }
  if (!IsSupported(date)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "is out of range; use a year from ", kYearMin, " to ", kYearMax));
  }
  return date;
}

CivilDate DateOfDayNumber(int64_t days) {
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{days}}};
  return CivilDate(static_cast<int>(date.year()),
                   static_cast<unsigned>(date.month()),
                   static_cast<unsigned>(date.day()));
}

std::string FormatDate(CivilDate date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(),
                         date.day());
}

CivilDate AddMonths(CivilDate date, int64_t months) {
  return DayOfMonth(absl::CivilMonth(date) + months, date.day());
}

CivilDate DayOfMonth(absl::CivilMonth month, int64_t day) {
  const CivilDate last = CivilDate(month + 1) - 1;
  return CivilDate(month) + (std::min<int64_t>(day, last.day()) - 1);
}

}  // namespace careroute::calendar
