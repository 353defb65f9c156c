#include "lib/casework/internal/places.h"

#include "lib/calendar/count_back.h"
#include "lib/calendar/deadline.h"
#include "lib/calendar/term_from_proto.h"
#include "lib/casework/case.h"

namespace careroute::casework::internal {
namespace {

bool IsElapsed(calendar::TimeUnit unit) {
  return unit == calendar::TimeUnit::kMinutes ||
         unit == calendar::TimeUnit::kHours;
}

absl::Duration Elapsed(const calendar::Term& term) {
  return term.unit == calendar::TimeUnit::kMinutes ? absl::Minutes(term.n)
                                                   : absl::Hours(term.n);
}

}  // namespace

Places::Places(const Context& context, absl::string_view coordinator)
    : context_(context) {
  if (const std::optional<Place> found = Find(OrganisationOf(coordinator));
      found.has_value()) {
    home_ = *found;
    today_ = home_.zone->LocalDate(context.now);
    today_text_ = calendar::FormatDate(today_);
  }
}

std::optional<Place> Places::Find(absl::string_view organisation) const {
  const OrganisationFacts* facts = context_.directory->Find(organisation);
  if (facts == nullptr) {
    return std::nullopt;
  }
  const auto found = context_.calendars->Find(facts->calendar);
  if (!found.ok()) {
    return std::nullopt;
  }
  const calendar::Zone* zone = (*found)->FindZone(facts->zone);
  if (zone == nullptr) {
    return std::nullopt;
  }
  return Place{.calendar = *found, .zone = zone};
}

Place Places::Of(absl::string_view organisation) const {
  if (organisation.empty()) {
    return home_;
  }
  return Find(organisation).value_or(home_);
}

absl::CivilDay Places::DayOf(absl::Time time) const {
  return home_.zone->LocalDate(time);
}

absl::Time Places::StartOf(absl::CivilDay day) const {
  return home_.zone->StartOfDay(day);
}

std::optional<absl::CivilDay> Places::Day(absl::string_view text) {
  if (text.empty()) {
    return std::nullopt;
  }
  const auto parsed = calendar::ParseDate(text);
  if (!parsed.ok()) {
    return std::nullopt;
  }
  return *parsed;
}

std::optional<absl::Time> Places::AddTerm(absl::Time start,
                                          const model::v1::Term& term) const {
  const auto plain = calendar::TermFromProto(term);
  if (!ok() || !plain.ok()) {
    return std::nullopt;
  }
  const auto deadline = calendar::ComputeDeadline(
      *context_.calendars, {.limit = *plain,
                            .start = start,
                            .calendar = home_.calendar->edition(),
                            .zone = home_.zone->id()});
  if (!deadline.ok()) {
    return std::nullopt;
  }
  return deadline->due;
}

std::optional<absl::Time> Places::Before(absl::CivilDay day,
                                         const model::v1::Term* term) const {
  if (!ok() || !calendar::IsSupported(day)) {
    return std::nullopt;
  }
  if (term == nullptr || term->unit() == model::v1::TIME_UNIT_UNSPECIFIED) {
    return StartOf(day);
  }
  const auto plain = calendar::TermFromProto(*term);
  if (!plain.ok()) {
    return std::nullopt;
  }
  if (IsElapsed(plain->unit)) {
    return StartOf(day) - Elapsed(*plain);
  }
  const auto earlier = calendar::CountBack(
      *context_.calendars, {.term = *plain,
                            .before = day,
                            .calendar = home_.calendar->edition(),
                            .zone = home_.zone->id()});
  if (!earlier.ok()) {
    return std::nullopt;
  }
  return earlier->at;
}

}  // namespace careroute::casework::internal
