// lib/registry/normalise_number.h: identifiers, dates and telephones as they
// compare.
//
// People write the same number with spaces, hyphens and brackets, the same date
// in two orders, the same telephone with 8 and +7. Each function takes what was
// written and gives the one form that is stored and compared; or it reports at
// the current place of `problems` what is wrong and what would mend it, without
// repeating the number, and gives nothing.
//
//   { auto at = problems.Enter("snils");
//     snils = NormaliseSnils("112-233-445 95", problems); }  // "11223344595"

#ifndef CAREROUTE_LIB_REGISTRY_NORMALISE_NUMBER_H_
#define CAREROUTE_LIB_REGISTRY_NORMALISE_NUMBER_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "lib/base/problems.h"

namespace careroute::registry {

// SNILS: 11 digits, the last two a check number over the first nine: each
// digit times its place counted from the right, summed, modulo 101, 100 read
// as 00. Numbers up to 001-001-998 were issued without one and pass as they
// are. (Reporting rules of the Pension Fund, section 8 of the appendix, as
// published; the place of 100 is recalled.)
[[nodiscard]] std::optional<std::string> NormaliseSnils(
    absl::string_view text, base::Problems& problems);

// Number of a policy of the single form (ENP): 16 digits. Its check digit is
// not looked at: the rule could not be confirmed in an act.
[[nodiscard]] std::optional<std::string> NormalisePolicyNumber(
    absl::string_view text, base::Problems& problems);

// Telephone in the form +79141234567. Ten digits, or eleven that start with 8
// or 7, are Russian; others need a + and have 8 to 15 digits (E.164).
// Extensions and local numbers without an area code are refused.
[[nodiscard]] std::optional<std::string> NormalisePhone(
    absl::string_view text, base::Problems& problems);

// Day written 2023-05-31 or 31.05.2023; refuses days no calendar has.
[[nodiscard]] std::optional<absl::CivilDay> NormaliseDate(
    absl::string_view text, base::Problems& problems);

// What is known about a birth: written, and today for the region concerned.
struct WrittenBirthDate {
  absl::string_view text;
  absl::CivilDay today;
};

// As NormaliseDate; also refuses days after today and more than
// kAgeYearsMax years before it.
[[nodiscard]] std::optional<absl::CivilDay> NormaliseBirthDate(
    const WrittenBirthDate& written, base::Problems& problems);

// Nobody has lived longer; a birth before that is a slip of the pen.
inline constexpr int kAgeYearsMax = 125;

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_NORMALISE_NUMBER_H_
