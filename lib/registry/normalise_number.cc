#include "lib/registry/normalise_number.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace careroute::registry {
namespace {

// The longest number with generous separators; longer text is not read.
constexpr size_t kTextMax = 64;
constexpr size_t kSnilsSize = 11;
constexpr size_t kPolicySize = 16;
constexpr absl::string_view kLastUncheckedSnils = "001001998";
// E.164, after the plus.
constexpr size_t kPhoneDigitsMin = 8;
constexpr size_t kPhoneDigitsMax = 15;

// The digits of `text`; nothing when it holds more than digits and
// `separators`. No-break spaces come with text copied from documents.
std::optional<std::string> Digits(absl::string_view text,
                                  absl::string_view separators) {
  constexpr absl::string_view kNoBreakSpace = "\u00a0";
  if (text.size() > kTextMax) {
    return std::nullopt;
  }
  std::string digits;
  while (!text.empty()) {
    if (absl::StartsWith(text, kNoBreakSpace)) {
      text.remove_prefix(kNoBreakSpace.size());
      continue;
    }
    if (absl::ascii_isdigit(static_cast<unsigned char>(text[0]))) {
      digits.push_back(text[0]);
    } else if (separators.find(text[0]) == absl::string_view::npos) {
      return std::nullopt;
    }
    text.remove_prefix(1);
  }
  return digits;
}

int SnilsCheckNumber(absl::string_view digits) {
  int sum = 0;
  for (size_t i = 0; i < 9; ++i) {
    sum += (digits[i] - '0') * static_cast<int>(9 - i);
  }
  return sum % 101 % 100;
}

bool SnilsFits(absl::string_view digits) {
  const absl::string_view number = digits.substr(0, 9);
  const int written = (digits[9] - '0') * 10 + (digits[10] - '0');
  return number <= kLastUncheckedSnils || SnilsCheckNumber(number) == written;
}

// Year, month and day as numbers in this order, from either written form.
struct DateWords {
  absl::string_view year;
  absl::string_view month;
  absl::string_view day;
};

std::optional<DateWords> SplitDate(absl::string_view text) {
  const std::vector<absl::string_view> iso = absl::StrSplit(text, '-');
  if (iso.size() == 3) {
    return DateWords{.year = iso[0], .month = iso[1], .day = iso[2]};
  }
  const std::vector<absl::string_view> dotted = absl::StrSplit(text, '.');
  if (dotted.size() == 3) {
    return DateWords{.year = dotted[2], .month = dotted[1], .day = dotted[0]};
  }
  return std::nullopt;
}

// A number of exactly `size` digits, or -1.
int ExactDigits(absl::string_view word, size_t size) {
  int number = 0;
  if (word.size() != size) {
    return -1;
  }
  for (const char digit : word) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(digit))) {
      return -1;
    }
    number = number * 10 + (digit - '0');
  }
  return number;
}

std::optional<absl::CivilDay> ReadDate(absl::string_view text) {
  if (text.size() > kTextMax) {
    return std::nullopt;
  }
  const std::optional<DateWords> words =
      SplitDate(absl::StripAsciiWhitespace(text));
  if (!words.has_value()) {
    return std::nullopt;
  }
  const int year = ExactDigits(words->year, 4);
  const int month = ExactDigits(words->month, 2);
  const int day = ExactDigits(words->day, 2);
  if (year < 1 || month < 1 || day < 1) {
    return std::nullopt;
  }
  const absl::CivilDay date(year, month, day);
  // CivilDay carries 31 April over to 1 May instead of refusing it.
  if (date.month() != month || date.day() != day) {
    return std::nullopt;
  }
  return date;
}

}  // namespace

std::optional<std::string> NormaliseSnils(absl::string_view text,
                                          base::Problems& problems) {
  std::optional<std::string> digits = Digits(text, " -\t");
  if (!digits.has_value() || digits->size() != kSnilsSize) {
    problems.Error("", "SNILS_FORM", "is not 11 digits",
                   "write it as 123-456-789 01; leave it empty when there is "
                   "none yet");
    return std::nullopt;
  }
  if (!SnilsFits(*digits)) {
    problems.Error("", "SNILS_CHECK",
                   "has last two digits that do not fit the first nine",
                   "compare it with the document: a digit is wrong or two "
                   "changed places");
    return std::nullopt;
  }
  return digits;
}

std::optional<std::string> NormalisePolicyNumber(absl::string_view text,
                                                 base::Problems& problems) {
  std::optional<std::string> digits = Digits(text, " -\t");
  if (!digits.has_value() || digits->size() != kPolicySize) {
    problems.Error("", "POLICY_FORM", "is not 16 digits",
                   "give the number of the policy of the single form; leave "
                   "it empty when there is none yet");
    return std::nullopt;
  }
  return digits;
}

std::optional<std::string> NormalisePhone(absl::string_view text,
                                          base::Problems& problems) {
  const absl::string_view stripped = absl::StripAsciiWhitespace(text);
  const bool plus = absl::StartsWith(stripped, "+");
  const std::optional<std::string> digits =
      Digits(plus ? stripped.substr(1) : stripped, " -().\t");
  const size_t size = digits.has_value() ? digits->size() : 0;
  if (!plus && size == 10) {
    return absl::StrCat("+7", *digits);
  }
  if (!plus && size == 11 &&
      (digits->front() == '8' || digits->front() == '7')) {
    return absl::StrCat("+7", digits->substr(1));
  }
  if (plus && size >= kPhoneDigitsMin && size <= kPhoneDigitsMax &&
      digits->front() != '0' && (digits->front() != '7' || size == 11)) {
    return absl::StrCat("+", *digits);
  }
  problems.Error("", "PHONE_FORM", "is not a telephone number",
                 "write +7 and ten digits with the area code, without an "
                 "extension; a foreign number starts with +");
  return std::nullopt;
}

std::optional<absl::CivilDay> NormaliseDate(absl::string_view text,
                                            base::Problems& problems) {
  const std::optional<absl::CivilDay> date = ReadDate(text);
  if (!date.has_value()) {
    problems.Error("", "DATE_FORM", "is not a day of the calendar",
                   "write it as 2023-05-31 or 31.05.2023");
  }
  return date;
}

std::optional<absl::CivilDay> NormaliseBirthDate(
    const WrittenBirthDate& written, base::Problems& problems) {
  const std::optional<absl::CivilDay> date =
      NormaliseDate(written.text, problems);
  if (!date.has_value()) {
    return std::nullopt;
  }
  if (*date > written.today) {
    problems.Error("", "BIRTH_IN_FUTURE", "lies after today",
                   "correct the date, or register the child once it is born");
    return std::nullopt;
  }
  if (date->year() < written.today.year() - kAgeYearsMax) {
    problems.Error(
        "", "BIRTH_TOO_EARLY",
        absl::StrCat("lies more than ", kAgeYearsMax, " years before today"),
        "correct the year");
    return std::nullopt;
  }
  return date;
}

}  // namespace careroute::registry
