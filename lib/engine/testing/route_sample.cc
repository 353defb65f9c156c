#include "lib/engine/testing/route_sample.h"

#include <memory>
#include <vector>

#include "lib/base/check.h"
#include "lib/engine/testing/test_files.h"
#include "lib/pathway/bind.h"

namespace careroute::engine::testing {
namespace {

EditionPtr LoadEdition() {
  auto edition = pathway::Edition::FromBound(
      pathway::SerializeBound(
          ReadPathway("lib/engine/testdata/route-pathway.textproto")),
      "");
  CAREROUTE_CHECK(edition.ok());
  return *edition;
}

model::v1::Organisation MakeOrganisation(const std::string& name,
                                         const std::string& title,
                                         model::v1::AgencyKind kind) {
  model::v1::Organisation made;
  made.set_name(name);
  made.set_title(title);
  made.set_kind(kind);
  made.set_phone("+7 4212 00-00-01");
  made.set_hours("9-17");
  made.set_address("1, First street");
  made.set_calendar("ru");
  made.set_zone("RU-KHA");
  return made;
}

DirectoryPtr MakeDirectory() {
  model::v1::Organisation clinic =
      MakeOrganisation(kClinic, "Clinic 1", model::v1::AGENCY_KIND_HEALTH);
  model::v1::Member& anna = *clinic.add_members();
  anna.set_name(kAnna);
  anna.set_phone("+7 900 000-00-02");
  anna.set_display_name("Anna Orlova");
  model::v1::Member& deputy = *clinic.add_members();
  deputy.set_name(kDeputy);
  deputy.set_display_name("Boris Kim");
  auto picture = std::make_shared<DirectoryPicture>();
  std::vector<directory::OrganisationPtr> all;
  for (const model::v1::Organisation& one :
       {clinic,
        MakeOrganisation(kCentre, "Centre \"Steps\"",
                         model::v1::AGENCY_KIND_SOCIAL),
        MakeOrganisation(kOther, "Other centre",
                         model::v1::AGENCY_KIND_SOCIAL)}) {
    all.push_back(std::make_shared<model::v1::Organisation>(one));
    picture->facts[one.name()] = {.name = one.name(),
                                  .kind = one.kind(),
                                  .calendar = one.calendar(),
                                  .zone = one.zone()};
  }
  picture->directory = picture->directory.With(all);
  return picture;
}

OpenPersonPtr MakePerson() {
  constexpr char kName[] = "persons/00000000000000000000000000000001";
  auto record = std::make_shared<registry::PersonRecord>();
  record->version = 1;
  record->state = model::v1::PERSON_STATE_REGISTERED;
  record->representatives.push_back(
      {.number = 1,
       .person = kMother,
       .basis = model::v1::REPRESENTATIVE_BASIS_PARENT,
       .from = registry::kFromBirth,
       .document_kind = "birth-certificate",
       .document_valid_to = absl::CivilDay(2025, 5, 20)});
  auto person = std::make_shared<OpenPerson>();
  person->version = 1;
  person->record = record;
  person->birth_date = absl::CivilDay(2022, 6, 1);
  model::v1::Person& open = person->person;
  open.set_name(kName);
  open.mutable_identity()->set_family_name("Иванов");
  open.mutable_identity()->set_birth_date("2022-06-01");
  open.mutable_needs()->set_language("ru");
  open.mutable_needs()->set_do_not_speak_with("a neighbour");
  model::v1::Representative& mother = *open.add_representatives();
  mother.set_name(std::string(kName) + "/representatives/1");
  mother.set_person(kMother);
  mother.set_basis(model::v1::REPRESENTATIVE_BASIS_PARENT);
  mother.set_from("2022-06-01");
  mother.mutable_document()->set_kind("birth-certificate");
  mother.mutable_document()->set_valid_to("2025-05-20");
  model::v1::Carer& former = *open.add_carers();
  former.set_relation("aunt");
  former.set_to("2025-01-01");
  open.add_carers()->set_relation("grandmother");
  return person;
}

casework::Referral MakeReferral(int32_t number, int32_t occurrence,
                                const std::string& performer) {
  casework::Referral made;
  made.number = number;
  made.kind = model::v1::REFERRAL_KIND_REFERRAL;
  made.occurrence = occurrence;
  made.requester = kClinic;
  made.performer = performer;
  made.delivery = model::v1::DELIVERY_SENT;
  made.disclosed.way = "by_consent";
  made.disclosed.consent = "cases/00000000000000000000000000000009/consents/1";
  made.disclosed.classes = {model::v1::DATA_CLASS_IDENTITY};
  made.disclosed.judge_time = At(4, 2);
  made.request.entries = 2;
  made.request.state = model::v1::REFERRAL_STATE_REQUESTED;
  made.request.first_time = At(4, 2);
  made.request.last_time = At(4, 2);
  return made;
}

// A limit that is over, a schedule, and where the person is.
void AddDates(casework::Case& state) {
  casework::DeadlineRecord due;
  due.number = 1;
  due.occurrence = 2;
  due.limit = "refer_due";
  due.rule.set_n(5);
  due.rule.set_unit(model::v1::TIME_UNIT_WORKING_DAY);
  due.start = At(4, 1);
  due.due = At(4, 8, 14);
  due.honours = {"no_way_through"};
  state.deadlines.push_back(due);
  state.schedules.push_back({.number = 1,
                             .step = "apply",
                             .due = At(5, 31, 14),
                             .scheduled_by = "date:0"});
  state.facts.push_back({.fact = "place_now",
                         .kind = pathway::FactKind::kChoice,
                         .text = "home",
                         .from = "2025-04-01",
                         .to = "2025-04-15",
                         .happened = At(4, 1)});
}

// Informed; the referral was refused once and waits for the second centre.
casework::Case MakeCase() {
  casework::Case state;
  state.version = 9;
  state.person = std::string(15, '\0') + '\1';
  state.edition = {.pathway = "small-help", .edition = "1"};
  state.entry = "found";
  state.identified_by = kClinic;
  state.opened = At(4, 1);
  state.coordinator = kAnna;
  state.deputy = kDeputy;
  state.last_contact = At(4, 1);
  state.next_contact_date = "2025-04-20";
  state.history.push_back({.step = "inform",
                           .count = 1,
                           .outcomes = {{.outcome = "informed",
                                         .happened = At(4, 1),
                                         .performer = kClinic,
                                         .version = 2}}});
  state.history.push_back({.step = "refer",
                           .count = 1,
                           .outcomes = {{.outcome = "no_answer",
                                         .happened = At(4, 7),
                                         .performer = kCentre,
                                         .version = 7}}});
  state.occurrences.push_back({.number = 2,
                               .step = "refer",
                               .performer = kOther,
                               .start = At(4, 2),
                               .started_by = "outcome:inform/informed",
                               .excluded = {kCentre},
                               .referrals = {1, 2}});
  casework::Referral refused = MakeReferral(1, 2, kCentre);
  refused.performance.entries = 1;
  refused.performance.state = model::v1::REFERRAL_STATE_REJECTED;
  refused.performance.reason = model::v1::REFERRAL_REASON_NO_PLACES;
  refused.performance.last_time = At(4, 4);
  state.referrals = {refused, MakeReferral(2, 2, kOther)};
  state.consents.push_back({.number = 1,
                            .matter = model::v1::CONSENT_MATTER_DATA,
                            .purpose = "help",
                            .from = "2025-04-01",
                            .to = "2025-06-30",
                            .given = At(4, 1)});
  AddDates(state);
  return state;
}

}  // namespace

absl::Time At(int month, int day, int hour) {
  return absl::FromCivil(absl::CivilHour(2025, month, day, hour),
                         absl::UTCTimeZone());
}

RouteSample::RouteSample()
    : state(MakeCase()),
      calendars_(LoadCalendars()),
      measures_(LoadMeasures()) {
  options.now = At(4, 8);
  options.calendars = &calendars_;
  options.measures = &measures_;
  options.language = "en";
  options.names = names_;
  reading.uid = *base::ParseUid("00000000000000000000000000000009");
  reading.edition = LoadEdition();
  reading.person = MakePerson();
  reading.directory = MakeDirectory();
}

model::v1::Route RouteSample::Build() {
  reading.version = state.version;
  reading.state = std::make_shared<casework::Case>(state);
  return BuildRoute(reading, options);
}

}  // namespace careroute::engine::testing
