#include "lib/api/internal/string_form.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "lib/base/plain_text.h"

namespace careroute::api::internal {
namespace {

constexpr size_t kSegmentMax = 64;
constexpr size_t kIdMax = 64;
constexpr int kYearMin = 1900;
constexpr int kYearMax = 2199;

bool IsSegmentCharacter(char c) {
  return absl::ascii_islower(static_cast<unsigned char>(c)) ||
         absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '_' ||
         c == '-';
}

bool IsUuid(absl::string_view value) {
  constexpr size_t kLength = 36;
  if (value.size() != kLength) return false;
  for (size_t i = 0; i < kLength; ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    const auto c = static_cast<unsigned char>(value[i]);
    if (hyphen ? c != '-' : !absl::ascii_isxdigit(c)) return false;
  }
  return true;
}

bool IsDate(absl::string_view value) {
  constexpr size_t kLength = 10;
  if (value.size() != kLength || value[4] != '-' || value[7] != '-') {
    return false;
  }
  for (size_t i = 0; i < kLength; ++i) {
    if (i == 4 || i == 7) continue;
    if (!absl::ascii_isdigit(static_cast<unsigned char>(value[i]))) {
      return false;
    }
  }
  absl::CivilDay day;
  // A day such as 30 February is normalised by the parser: compare.
  if (!absl::ParseCivilTime(value, &day)) return false;
  return absl::FormatCivilTime(day) == value && day.year() >= kYearMin &&
         day.year() <= kYearMax;
}

// A string of a oneof, or of a list, is there even when it is empty.
bool IsId(absl::string_view value) {
  if (value.empty() || value.size() > kIdMax) return false;
  if (!absl::ascii_islower(static_cast<unsigned char>(value[0]))) return false;
  return std::all_of(value.begin(), value.end(),
                     [](char c) { return IsSegmentCharacter(c) || c == '.'; });
}

bool IsLanguage(absl::string_view value) {
  const std::vector<absl::string_view> parts = absl::StrSplit(value, '-');
  if (parts[0].size() < 2 || parts[0].size() > 3) return false;
  return std::all_of(parts.begin(), parts.end(), [](absl::string_view part) {
    return !part.empty() && part.size() <= 8 &&
           std::all_of(part.begin(), part.end(), [](char c) {
             return absl::ascii_isalnum(static_cast<unsigned char>(c));
           });
  });
}

bool FitsOne(absl::string_view name, absl::string_view pattern) {
  const std::vector<absl::string_view> wanted = absl::StrSplit(pattern, '/');
  const std::vector<absl::string_view> given = absl::StrSplit(name, '/');
  if (wanted.size() != given.size()) return false;
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] != "*") {
      if (wanted[i] != given[i]) return false;
      continue;
    }
    if (given[i].empty() || given[i].size() > kSegmentMax ||
        !std::all_of(given[i].begin(), given[i].end(), IsSegmentCharacter)) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool FitsPattern(absl::string_view name, absl::string_view pattern) {
  const std::vector<absl::string_view> forms = absl::StrSplit(pattern, '|');
  return std::any_of(
      forms.begin(), forms.end(),
      [name](absl::string_view form) { return FitsOne(name, form); });
}

void CheckForm(absl::string_view value, const options::v1::FieldRules& rules,
               absl::string_view name, base::Problems& problems) {
  switch (rules.format()) {
    case options::v1::STRING_FORMAT_UUID:
      if (IsUuid(value)) return;
      return problems.Error(name, "NOT_A_UUID", "is no UUID",
                            "send 8-4-4-4-12 hexadecimal digits");
    case options::v1::STRING_FORMAT_RESOURCE_NAME:
      if (FitsPattern(value, rules.resource())) return;
      return problems.Error(
          name, "WRONG_NAME", "is no name of this kind",
          absl::StrCat("send ",
                       absl::StrReplaceAll(rules.resource(), {{"|", " or "}}),
                       ", each * being 1 to 64 of a-z, 0-9, "
                       "_ and -"));
    case options::v1::STRING_FORMAT_DATE:
      if (IsDate(value)) return;
      return problems.Error(name, "NOT_A_DATE", "is no date of the calendar",
                            "send YYYY-MM-DD, from 1900 to 2199");
    case options::v1::STRING_FORMAT_ID:
      if (IsId(value)) return;
      return problems.Error(name, "NOT_AN_ID", "is no id",
                            "send a small letter, then at most 63 of a-z, "
                            "0-9, _, - and .");
    case options::v1::STRING_FORMAT_LANGUAGE:
      if (IsLanguage(value)) return;
      return problems.Error(name, "NOT_A_LANGUAGE", "is no language tag",
                            "send a BCP 47 tag such as ru or en");
    default:
      if (base::IsPlainText(value)) return;
      return problems.Error(name, "NOT_TEXT",
                            "holds a character nobody sees: a control "
                            "character or a mark of direction",
                            "send plain text; tab and line feed are allowed");
  }
}

}  // namespace careroute::api::internal
