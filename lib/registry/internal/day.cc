#include "lib/registry/internal/day.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"

namespace careroute::registry::internal {
namespace {

constexpr int kYearMin = 1900;
constexpr int kYearMax = 2200;
constexpr absl::string_view kForm = "dddd-dd-dd";

// The digits at `from`, which HasForm has seen.
int Number(absl::string_view text, size_t from, size_t size) {
  int number = 0;
  for (const char digit : text.substr(from, size)) {
    number = number * 10 + (digit - '0');
  }
  return number;
}

bool HasForm(absl::string_view text) {
  if (text.size() != kForm.size()) {
    return false;
  }
  for (size_t i = 0; i < text.size(); ++i) {
    const bool digit = absl::ascii_isdigit(static_cast<unsigned char>(text[i]));
    if (kForm[i] == 'd' ? !digit : text[i] != '-') {
      return false;
    }
  }
  return true;
}

}  // namespace

std::optional<absl::CivilDay> ReadDay(absl::string_view text) {
  if (!HasForm(text)) {
    return std::nullopt;
  }
  const int year = Number(text, 0, 4);
  const int month = Number(text, 5, 2);
  const int day = Number(text, 8, 2);
  const absl::CivilDay read(year, month, day);
  // CivilDay carries 31 April over to 1 May instead of refusing it.
  if (year < kYearMin || year > kYearMax || read.month() != month ||
      read.day() != day) {
    return std::nullopt;
  }
  return read;
}

std::string WriteDay(absl::CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

absl::CivilDay Birthday(absl::CivilDay birth, int years) {
  const absl::CivilDay day(birth.year() + years, birth.month(), birth.day());
  return day.month() == birth.month() ? day : day - 1;
}

std::optional<absl::CivilDay> DayAfter(
    const std::optional<absl::CivilDay>& last) {
  if (!last.has_value() || last->year() < kYearMin || last->year() > kYearMax) {
    return std::nullopt;
  }
  return *last + 1;
}

}  // namespace careroute::registry::internal
