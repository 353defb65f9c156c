#include "tests/scenarios/compact.h"

#include <set>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "lib/base/status_macros.h"

namespace careroute::scenarios {
namespace {

constexpr char kRegion[] = "RU-DEMO";
constexpr char kLanguage[] = "ru";
constexpr int kUtcHours = 10;
constexpr char kTown[] = "town";

absl::Status NotUnderstood(absl::string_view what, absl::string_view text) {
  return absl::InvalidArgumentError(
      absl::StrCat("not understood as ", what, ": ", text));
}

// "+3d": 3 and 'd'.
struct Span {
  int n = 0;
  char unit = 0;
};

bool SpanOf(absl::string_view text, Span& span) {
  if (!absl::ConsumePrefix(&text, "+") || text.size() < 2) return false;
  span.unit = text.back();
  text.remove_suffix(1);
  return absl::SimpleAtoi(text, &span.n);
}

std::string Text(absl::CivilDay day) { return absl::FormatCivilTime(day); }

absl::Status FillValue(const model::v1::FactDeclaration& declared,
                       absl::string_view value, absl::CivilDay today,
                       model::v1::FactValue& into) {
  int64_t number = 0;
  switch (declared.type()) {
    case model::v1::FACT_TYPE_BOOL:
      if (value != "true" && value != "false") {
        return NotUnderstood("yes or no", value);
      }
      into.set_truth(value == "true");
      return absl::OkStatus();
    case model::v1::FACT_TYPE_INTEGER:
      if (!absl::SimpleAtoi(value, &number)) {
        return NotUnderstood("a number", value);
      }
      into.set_number(number);
      return absl::OkStatus();
    case model::v1::FACT_TYPE_DATE:
      into.set_date(DateOf(value, today));
      return absl::OkStatus();
    default:
      into.set_choice(std::string(value.data(), value.size()));
      return absl::OkStatus();
  }
}

const model::v1::FactDeclaration* Declared(const model::v1::Pathway& pathway,
                                           absl::string_view id) {
  for (const auto& one : pathway.facts()) {
    if (one.id() == id) return &one;
  }
  return nullptr;
}

absl::StatusOr<std::string> NameOf(absl::string_view id,
                                   const Persons& persons) {
  const auto it = persons.find(std::string(id.data(), id.size()));
  if (it == persons.end()) return NotUnderstood("somebody registered", id);
  return it->second;
}

}  // namespace

absl::TimeZone HomeZone(const testing::v1::Given& given) {
  const int hours = given.has_utc_hours() ? given.utc_hours() : kUtcHours;
  return absl::FixedTimeZone(hours * 60 * 60);
}

absl::StatusOr<absl::Time> MomentOf(absl::string_view text, absl::Time now,
                                    absl::TimeZone zone) {
  absl::Time time;
  std::string error;
  for (const char* form : {"%Y-%m-%d %H:%M", "%Y-%m-%d"}) {
    if (absl::ParseTime(form, text, zone, &time, &error)) return time;
  }
  Span span;
  if (!SpanOf(text, span)) return NotUnderstood("a moment", text);
  const absl::CivilSecond was = absl::ToCivilSecond(now, zone);
  switch (span.unit) {
    case 'h':
      return now + absl::Hours(span.n);
    case 'd':
      return now + absl::Hours(24) * span.n;
    case 'm':
      return absl::FromCivil(
          absl::CivilSecond(was.year(), was.month() + span.n, was.day(),
                            was.hour(), was.minute(), was.second()),
          zone);
    case 'y':
      return absl::FromCivil(
          absl::CivilSecond(was.year() + span.n, was.month(), was.day(),
                            was.hour(), was.minute(), was.second()),
          zone);
    default:
      return NotUnderstood("a span of time", text);
  }
}

std::string DateOf(absl::string_view text, absl::CivilDay today) {
  Span span;
  if (SpanOf(text, span) && span.unit == 'd') return Text(today + span.n);
  return std::string(text.data(), text.size());
}

absl::StatusOr<model::v1::Fact> FactOf(absl::string_view text,
                                       const FactContext& context) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(text, absl::MaxSplits('=', 1));
  const std::pair<absl::string_view, absl::string_view> subject =
      absl::StrSplit(parts.first, absl::MaxSplits('#', 1));
  const model::v1::FactDeclaration* declared =
      Declared(context.pathway, subject.first);
  if (declared == nullptr) return NotUnderstood("a fact", text);
  model::v1::Fact fact;
  fact.set_fact(declared->id());
  if (!subject.second.empty()) {
    int number = 0;
    if (!absl::SimpleAtoi(subject.second, &number)) {
      return NotUnderstood("the number of whom the fact is of", text);
    }
    fact.mutable_subject()->set_kind(declared->subject());
    fact.mutable_subject()->set_number(number);
  }
  fact.mutable_value();
  if (parts.second != "?") {
    CAREROUTE_RETURN_IF_ERROR(FillValue(*declared, parts.second, context.today,
                                        *fact.mutable_value()));
  }
  return fact;
}

absl::Status AddPlanLines(
    absl::string_view text, const model::v1::Pathway& pathway,
    google::protobuf::RepeatedPtrField<model::v1::PlanLine>& plan) {
  const std::vector<absl::string_view> words = absl::StrSplit(text, ' ');
  const std::pair<std::string, std::string> parts =
      absl::StrSplit(words[0], absl::MaxSplits('=', 1));
  std::vector<std::string> items = {parts.first};
  if (parts.first == "*") {
    if (pathway.lists().empty()) return NotUnderstood("a list", text);
    std::set<std::string> named;
    for (const model::v1::PlanLine& line : plan) named.insert(line.item());
    items.clear();
    for (const std::string& item : pathway.lists(0).items()) {
      if (named.count(item) == 0) items.push_back(item);
    }
  }
  for (const std::string& item : items) {
    model::v1::PlanLine& line = *plan.Add();
    line.set_item(item);
    line.set_part(parts.second);
    for (size_t i = 1; i < words.size(); ++i) {
      const std::pair<std::string, std::string> quantity =
          absl::StrSplit(words[i], absl::MaxSplits(':', 1));
      int64_t amount = 0;
      if (!absl::SimpleAtoi(quantity.second, &amount)) {
        return NotUnderstood("a quantity", words[i]);
      }
      line.add_quantities()->set_of(quantity.first);
      line.mutable_quantities()->rbegin()->set_amount(amount);
    }
  }
  return absl::OkStatus();
}

model::v1::Document DocumentOf(absl::string_view kind, absl::CivilDay today) {
  model::v1::Document document;
  document.set_kind(std::string(kind.data(), kind.size()));
  document.set_issued_on(Text(today));
  return document;
}

absl::StatusOr<model::v1::Actor> ActorOf(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '/');
  if (parts.size() != 2) return NotUnderstood("organisation/member", text);
  model::v1::Actor actor;
  actor.set_organisation(absl::StrCat("organisations/", parts[0]));
  actor.set_member(absl::StrCat(actor.organisation(), "/members/", parts[1]));
  actor.set_purpose("care");
  if (parts[1] == "specialist") {
    actor.set_role(model::v1::ACTOR_ROLE_PERFORMER);
  } else if (parts[1] == "registrar") {
    actor.set_role(model::v1::ACTOR_ROLE_REGISTRAR);
  } else if (parts[1] == "administrator") {
    actor.set_role(model::v1::ACTOR_ROLE_ADMINISTRATOR);
  } else {
    actor.set_role(model::v1::ACTOR_ROLE_COORDINATOR);
  }
  return actor;
}

absl::StatusOr<model::v1::Consent> ConsentOf(
    const testing::v1::ConsentTerms& terms, const Persons& persons,
    absl::CivilDay today) {
  model::v1::Consent consent;
  const bool preschool = terms.purpose() == "preschool-transition";
  consent.set_matter(terms.matter() == model::v1::CONSENT_MATTER_UNSPECIFIED
                         ? model::v1::CONSENT_MATTER_DATA
                         : terms.matter());
  *consent.mutable_classes() = terms.classes();
  if (consent.matter() == model::v1::CONSENT_MATTER_DATA &&
      consent.classes().empty()) {
    consent.add_classes(model::v1::DATA_CLASS_IDENTITY);
    consent.add_classes(model::v1::DATA_CLASS_CONTACT);
    consent.add_classes(model::v1::DATA_CLASS_NEEDS);
    consent.add_classes(preschool ? model::v1::DATA_CLASS_EDUCATION
                                  : model::v1::DATA_CLASS_SOCIAL);
  }
  std::vector<std::string> kinds(terms.to_kinds().begin(),
                                 terms.to_kinds().end());
  if (kinds.empty()) kinds = {"social", "health", "education", "ngo"};
  for (const std::string& kind : kinds) {
    model::v1::AgencyKind parsed;
    if (!model::v1::AgencyKind_Parse(
            absl::StrCat("AGENCY_KIND_", absl::AsciiStrToUpper(kind)),
            &parsed)) {
      return NotUnderstood("an agency kind", kind);
    }
    consent.add_to_kinds(parsed);
  }
  consent.set_purpose(terms.purpose().empty() ? "early-help" : terms.purpose());
  consent.set_from(Text(today));
  consent.set_to(DateOf(terms.until(), today));
  CAREROUTE_ASSIGN_OR_RETURN(*consent.mutable_given_by(),
                             NameOf(terms.by(), persons));
  consent.set_word_given(model::v1::WORD_GIVEN_IN_WRITING);
  consent.set_explained_in("ru");
  *consent.mutable_document() = DocumentOf("consent-form", today);
  return consent;
}

absl::StatusOr<command::v1::RegisterPerson> PersonOf(
    const testing::v1::GivenPerson& person, const testing::v1::Given& given,
    const Persons& persons) {
  command::v1::RegisterPerson made;
  model::v1::Identity& identity = *made.mutable_identity();
  const std::pair<std::string, std::string> called = absl::StrSplit(
      person.called().empty() ? absl::StrCat("Ясень ", person.id())
                              : person.called(),
      absl::MaxSplits(' ', 1));
  identity.set_family_name(called.first);
  identity.set_given_name(called.second);
  identity.set_birth_date(person.born());
  identity.set_snils(person.snils());
  identity.set_birth_order(person.birth_order());
  identity.add_phones("+7 900 000-00-01");
  model::v1::Address& home = *identity.mutable_registered_at();
  home.set_region(given.region().empty() ? kRegion : given.region());
  home.set_district(person.district().empty() ? kTown : person.district());
  home.set_settlement(person.settlement().empty() ? home.district()
                                                  : person.settlement());
  made.mutable_needs()->set_language(
      given.language().empty() ? kLanguage : given.language());
  for (const std::string& parent : person.parents()) {
    model::v1::Representative& one = *made.add_representatives();
    CAREROUTE_ASSIGN_OR_RETURN(*one.mutable_person(), NameOf(parent, persons));
    one.set_basis(model::v1::REPRESENTATIVE_BASIS_PARENT);
    one.mutable_document()->set_kind("birth-certificate");
    one.mutable_document()->set_issued_on(person.born());
    one.set_from(person.born());
  }
  for (const std::string& carer : person.carers()) {
    model::v1::Carer& one = *made.add_carers();
    CAREROUTE_ASSIGN_OR_RETURN(*one.mutable_person(), NameOf(carer, persons));
    one.set_relation("бабушка");
    one.set_from(person.born());
  }
  return made;
}

}  // namespace careroute::scenarios
