#include "lib/engine/internal/route_page.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "lib/calendar/civil_date.h"
#include "lib/directory/duty.h"
#include "lib/engine/internal/local_day.h"
#include "lib/engine/route_words.h"
#include "lib/pathway/explain_text.h"

namespace careroute::engine::internal {
namespace {

std::string LanguageOf(const RouteOptions& options,
                       const pathway::Edition& edition) {
  if (!options.language.empty()) return options.language;
  const auto& languages = edition.pathway().languages();
  return languages.empty() ? "ru" : languages[0];
}

// A sheet may fall into the hands of whom places are hidden from.
bool PlacesHidden(const CaseReading& reading, const RouteOptions& options) {
  if (!options.for_family || reading.person == nullptr ||
      reading.person->record == nullptr) {
    return false;
  }
  const auto& all = reading.person->record->representatives;
  return std::any_of(all.begin(), all.end(),
                     [](const auto& one) { return one.address_hidden_from; });
}

std::string HomeOf(const casework::Case& state) {
  return std::string(casework::OrganisationOf(state.coordinator));
}

std::optional<casework::PersonFacts> PersonOf(const CaseReading& reading,
                                              absl::CivilDay today) {
  if (reading.person == nullptr || reading.person->erased) return std::nullopt;
  return FactsOf(*reading.person, today);
}

}  // namespace

RoutePage::RoutePage(const CaseReading& given, const RouteOptions& asked)
    : reading(given),
      options(asked),
      state(*given.state),
      edition(*given.edition),
      language(LanguageOf(asked, *given.edition)),
      places_hidden(PlacesHidden(given, asked)),
      today(LocalDay(*asked.calendars, *given.directory, HomeOf(state),
                     asked.now)),
      directory_(
          {.picture = given.directory, .person = given.person, .today = today}),
      person_(PersonOf(given, today)),
      folded_({.state = state,
               .edition = edition,
               .now = asked.now,
               .directory = directory_,
               .calendars = *asked.calendars,
               .person = person_.has_value() ? &*person_ : nullptr}) {}

std::string RoutePage::Title(absl::string_view key) const {
  return std::string(options.for_family ? edition.FamilyText(key, language)
                                        : edition.Text(key, language));
}

std::string RoutePage::FamilyText(absl::string_view key) const {
  return std::string(edition.FamilyText(key, language));
}

std::string RoutePage::Document(const std::string& kind) const {
  if (kind.empty()) return "";
  const std::string key = absl::StrCat("document/", kind);
  std::string title = Title(key);
  if (title != key) return title;
  title = DocumentWords(kind, language);
  return title.empty() ? kind : title;
}

std::string RoutePage::NameOf(absl::string_view person) const {
  if (!MaySee(model::v1::DATA_CLASS_IDENTITY)) return "";
  for (const PersonName& one : options.names) {
    if (one.person == person) return one.name;
  }
  return "";
}

absl::CivilDay RoutePage::DayOf(absl::Time time) const {
  return zone() != nullptr ? zone()->LocalDate(time)
                           : absl::ToCivilDay(time, absl::UTCTimeZone());
}

model::v1::RouteContact RoutePage::Organisation(
    absl::string_view organisation) const {
  model::v1::RouteContact contact;
  contact.set_name(std::string(organisation));
  const model::v1::Organisation* found =
      reading.directory->directory.Find(organisation);
  if (found == nullptr) return contact;
  contact.set_title(found->title());
  contact.set_phone(found->phone());
  contact.set_hours(found->hours());
  if (!places_hidden) contact.set_address(found->address());
  return contact;
}

model::v1::RouteContact RoutePage::Member(absl::string_view member) const {
  model::v1::RouteContact contact =
      Organisation(casework::OrganisationOf(member));
  contact.set_name(std::string(member));
  const model::v1::Member* found =
      reading.directory->directory.FindMember(member);
  if (found == nullptr) return contact;
  if (!found->phone().empty()) contact.set_phone(found->phone());
  contact.set_absent_until(directory::AbsentUntil(*found, today));
  if (!found->display_name().empty()) {
    contact.set_title(
        contact.title().empty()
            ? found->display_name()
            : absl::StrCat(found->display_name(), ", ", contact.title()));
  }
  return contact;
}

model::v1::RouteContact RoutePage::Role(const std::string& role) const {
  model::v1::RouteContact contact;
  contact.set_title(edition.FindRole(role, today) == nullptr
                        ? pathway::RoleText(role, edition, language)
                        : Title(absl::StrCat("role/", role)));
  return contact;
}

model::v1::RouteContact RoutePage::Family() const {
  model::v1::RouteContact contact;
  contact.set_title(options.for_family
                        ? FamilyItselfWords(language)
                        : AgencyWords(model::v1::AGENCY_KIND_FAMILY, language));
  return contact;
}

model::v1::AgencyKind RoutePage::KindOf(absl::string_view organisation) const {
  const model::v1::Organisation* found =
      reading.directory->directory.Find(organisation);
  return found == nullptr ? model::v1::AGENCY_KIND_UNSPECIFIED : found->kind();
}

bool HoldsOn(absl::string_view from, absl::string_view to, absl::CivilDay day) {
  const std::string text = calendar::FormatDate(day);
  return (from.empty() || from <= text) && (to.empty() || to >= text);
}

}  // namespace careroute::engine::internal
