#include "lib/calendar/calendar_set.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"

namespace careroute::calendar {
namespace {

constexpr int kSerialMax =
    9999;  // four digits are more decrees than a year has

// A decimal number without sign, spaces or leading zeros.
bool ReadNumber(absl::string_view text, int& number) {
  return !text.empty() && text[0] >= '1' && text[0] <= '9' &&
         text.size() <= 4 && absl::SimpleAtoi(text, &number);
}

// The set holds only editions whose id was checked when they were loaded.
EditionNumber NumberOf(const Calendar& calendar) {
  const absl::StatusOr<EditionNumber> number =
      ParseEdition(calendar.id(), calendar.edition());
  return number.ok() ? *number : EditionNumber{};
}

bool ComesBefore(const Calendar& a, const Calendar& b) {
  return a.id() != b.id() ? a.id() < b.id() : NumberOf(a) < NumberOf(b);
}

}  // namespace

absl::StatusOr<EditionNumber> ParseEdition(absl::string_view calendar,
                                           absl::string_view edition) {
  EditionNumber number;
  absl::string_view rest = edition;
  const bool prefixed =
      absl::ConsumePrefix(&rest, calendar) && absl::ConsumePrefix(&rest, "-");
  const size_t dot = rest.find('.');
  if (!prefixed || dot == absl::string_view::npos ||
      !ReadNumber(rest.substr(0, dot), number.year) ||
      !ReadNumber(rest.substr(dot + 1), number.serial) ||
      number.year < kYearMin || number.year > kYearMax ||
      number.serial > kSerialMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("is not an edition of the calendar; write the calendar, "
                     "a year and a serial number, such as ",
                     calendar, "-2026.1"));
  }
  return number;
}

absl::Status CalendarSet::Add(std::shared_ptr<const Calendar> calendar) {
  const Calendar* const added = calendar.get();
  if (!by_name_.emplace(added->edition(), added).second) {
    return absl::AlreadyExistsError(
        absl::StrCat("edition ", added->edition(),
                     " is there already; give the new one the next number"));
  }
  const Calendar*& newest = by_name_[added->id()];
  if (newest == nullptr || ComesBefore(*newest, *added)) {
    newest = added;
  }
  const auto place = std::upper_bound(
      editions_.begin(), editions_.end(), calendar,
      [](const auto& a, const auto& b) { return ComesBefore(*a, *b); });
  editions_.insert(place, std::move(calendar));
  return absl::OkStatus();
}

absl::StatusOr<const Calendar*> CalendarSet::Find(
    absl::string_view name) const {
  if (const auto found = by_name_.find(name); found != by_name_.end()) {
    return found->second;
  }
  return absl::NotFoundError(
      absl::StrCat("is no calendar that is loaded; ", Offer()));
}

std::string CalendarSet::Offer() const {
  if (editions_.empty()) {
    return "load a calendar first";
  }
  return absl::StrCat("use the id or an edition of one of: ",
                      absl::StrJoin(editions_, ", ",
                                    [](std::string* out, const auto& calendar) {
                                      absl::StrAppend(out, calendar->edition());
                                    }));
}

}  // namespace careroute::calendar
