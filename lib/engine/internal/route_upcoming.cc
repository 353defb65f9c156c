#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/calendar/age.h"
#include "lib/calendar/civil_date.h"
#include "lib/engine/internal/route_parts.h"
#include "lib/engine/route_words.h"
#include "lib/pathway/term_text.h"
#include "lib/registry/renewals.h"

namespace careroute::engine::internal {
namespace {

using model::v1::Upcoming;
using model::v1::UpcomingKind;

// What happens on which day, as it is found.
class Found {
 public:
  explicit Found(const RoutePage& page)
      : today_(page.today), last_(page.today + kUpcomingDays) {}

  void Add(absl::CivilDay day, UpcomingKind kind, std::string title) {
    if (day < today_ || day > last_) return;
    Upcoming one;
    one.set_date(calendar::FormatDate(day));
    one.set_kind(kind);
    one.set_title(std::move(title));
    const auto same = [&one](const Upcoming& other) {
      return other.date() == one.date() && other.title() == one.title();
    };
    if (std::none_of(all_.begin(), all_.end(), same)) {
      all_.push_back(std::move(one));
    }
  }

  // A date as text; anything else is no date.
  void Add(const std::string& day, UpcomingKind kind, std::string title) {
    const auto parsed = calendar::ParseDate(day);
    if (parsed.ok()) Add(*parsed, kind, std::move(title));
  }

  void WriteTo(model::v1::Route& route) {
    std::stable_sort(all_.begin(), all_.end(),
                     [](const Upcoming& a, const Upcoming& b) {
                       return a.date() < b.date();
                     });
    for (Upcoming& one : all_) *route.add_upcoming() = std::move(one);
  }

 private:
  absl::CivilDay today_;
  absl::CivilDay last_;
  std::vector<Upcoming> all_;
};

// Who a representative is, in a word or two.
std::string RepresentativeWords(const RoutePage& page,
                                const registry::RepresentativeRecord* one) {
  if (one == nullptr) return "";
  const std::string basis = BasisWords(one->basis, page.language);
  const std::string name = one->person.empty()
                               ? page.Organisation(one->organisation).title()
                               : page.NameOf(one->person);
  return name.empty() ? basis : absl::StrCat(name, ", ", basis);
}

std::string AgeWords(const RoutePage& page, int years, int months) {
  model::v1::Age age;
  age.set_years(years);
  age.set_months(months);
  return pathway::AgeText(age, page.language);
}

// What ends is shown on its last day; renewals are due on the day after.
void AddRenewal(const RoutePage& page, const registry::Renewal& renewal,
                Found& found) {
  const registry::RepresentativeRecord* one =
      page.reading.person->record->FindRepresentative(renewal.argument);
  if (renewal.message_key == "renewal.birthday") {
    if (page.MaySee(model::v1::DATA_CLASS_IDENTITY)) {
      found.Add(renewal.on, model::v1::UPCOMING_KIND_BIRTHDAY,
                PhraseText(Phrase::kDecidesChanges, page.language,
                           AgeWords(page, renewal.argument, 0)));
    }
  } else if (renewal.message_key == "renewal.parent_turns_16") {
    found.Add(renewal.on, model::v1::UPCOMING_KIND_BIRTHDAY,
              PhraseText(Phrase::kParentTurns16, page.language));
  } else if (renewal.message_key == "renewal.document_expires") {
    found.Add(renewal.on - 1, model::v1::UPCOMING_KIND_DOCUMENT,
              PhraseText(Phrase::kDocumentExpires, page.language,
                         one == nullptr ? std::string()
                                        : page.Document(one->document_kind),
                         RepresentativeWords(page, one)));
  } else {
    found.Add(renewal.on - 1, model::v1::UPCOMING_KIND_DOCUMENT,
              PhraseText(Phrase::kRepresentativeEnds, page.language,
                         RepresentativeWords(page, one)));
  }
}

// Ages the pathway itself speaks of, in months.
std::set<int> AgesOf(const pathway::Edition& edition) {
  std::set<int> ages;
  const auto add = [&ages](const model::v1::Age& age) {
    ages.insert(age.years() * 12 + age.months());
  };
  if (edition.pathway().has_entry_below()) {
    add(edition.pathway().entry_below());
  }
  for (const model::v1::Step& step : edition.pathway().steps()) {
    for (const model::v1::RunsUntil& until : step.runs_until()) {
      if (until.date().has_age()) add(until.date().age());
    }
    for (const model::v1::Limit& limit : step.limits()) {
      if (limit.has_before_age()) add(limit.before_age());
    }
  }
  return ages;
}

void AddPerson(const RoutePage& page, Found& found) {
  const OpenPersonPtr& person = page.reading.person;
  if (person == nullptr || person->record == nullptr || person->erased) return;
  for (const registry::Renewal& renewal : registry::RenewalsIn(
           DeciderInputOf(*person),
           {.first = page.today, .last = page.today + kUpcomingDays})) {
    AddRenewal(page, renewal, found);
  }
  if (!person->birth_date.has_value() ||
      !page.MaySee(model::v1::DATA_CLASS_IDENTITY)) {
    return;
  }
  for (const int months : AgesOf(page.edition)) {
    found.Add(calendar::Birthday(*person->birth_date, {.months = months}),
              model::v1::UPCOMING_KIND_BIRTHDAY,
              PhraseText(Phrase::kAgeReached, page.language,
                         AgeWords(page, months / 12, months % 12)));
  }
}

void AddCase(const RoutePage& page, Found& found) {
  for (const casework::ConsentRecord& one : page.state.consents) {
    if (one.state != model::v1::CONSENT_STATE_GIVEN) continue;
    found.Add(one.to, model::v1::UPCOMING_KIND_CONSENT,
              PhraseText(Phrase::kConsentEnds, page.language,
                         MatterWords(one.matter, page.language)));
  }
  for (const casework::RightRecord& one : page.state.rights) {
    if (!one.close.has_value()) continue;
    // The window closes at an exclusive instant: its last day is shown.
    found.Add(page.DayOf(*one.close - absl::Nanoseconds(1)),
              model::v1::UPCOMING_KIND_RIGHT,
              PhraseText(Phrase::kRightCloses, page.language,
                         page.Title(absl::StrCat("step/", one.step))));
  }
  for (const casework::ScheduleRecord& one : page.state.schedules) {
    found.Add(page.DayOf(one.due), model::v1::UPCOMING_KIND_STEP,
              one.step.empty()
                  ? PhraseText(Phrase::kLookAgain, page.language)
                  : PhraseText(Phrase::kStepStarts, page.language,
                               page.Title(absl::StrCat("step/", one.step))));
  }
  found.Add(page.state.next_contact_date, model::v1::UPCOMING_KIND_CONTACT,
            PhraseText(Phrase::kContactFamily, page.language));
}

}  // namespace

void AddUpcoming(const RoutePage& page, model::v1::Route& route) {
  Found found(page);
  AddPerson(page, found);
  if (!page.state.ending.has_value()) AddCase(page, found);
  found.WriteTo(route);
}

}  // namespace careroute::engine::internal
