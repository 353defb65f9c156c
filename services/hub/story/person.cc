#include "services/hub/story/person.h"

#include <utility>

#include "careroute/api/v1/registry_service.pb.h"

namespace careroute::services {
namespace {

constexpr char kRegion[] = "RU-DEMO";

}  // namespace

command::v1::RegisterPerson Describe(const Human& human) {
  command::v1::RegisterPerson person;
  model::v1::Identity& identity = *person.mutable_identity();
  identity.set_family_name(human.family_name);
  identity.set_given_name(human.given_name);
  identity.set_middle_name(human.middle_name);
  identity.set_birth_date(human.birth_date);
  identity.set_snils(human.snils);
  identity.set_birth_order(human.birth_order);
  if (!human.phone.empty()) identity.add_phones(human.phone);
  model::v1::Address& home = *identity.mutable_registered_at();
  home.set_region(kRegion);
  home.set_district(human.district);
  home.set_settlement(human.settlement);
  home.set_line(human.line);
  person.mutable_needs()->set_language(human.language);
  for (const std::string& parent : human.parents) {
    model::v1::Representative& one = *person.add_representatives();
    one.set_person(parent);
    one.set_basis(model::v1::REPRESENTATIVE_BASIS_PARENT);
    one.mutable_document()->set_kind("birth-certificate");
    one.mutable_document()->set_issued_on(human.birth_date);
    one.set_from(human.birth_date);
  }
  return person;
}

std::string Register(const Teller& teller, const Who& who, const Human& human) {
  api::v1::RegisterPersonRequest request;
  *request.mutable_command() = Describe(human);
  return teller
      .Do<api::v1::RegisterPersonResponse>(
          who, "RegistryService.RegisterPerson", std::move(request))
      .person()
      .name();
}

api::v1::ReportNeedRequest Need(const Human& child) {
  api::v1::ReportNeedRequest report;
  report.set_pathway("early-help");
  report.set_entry("health_identification");
  *report.mutable_person() = Describe(child);
  command::v1::ProvedCriterion& ground = *report.add_criteria();
  ground.set_criterion("f2025_development");
  ground.mutable_document()->set_kind("development-screening-sheet");
  return report;
}

model::v1::Consent ConsentOf(const ConsentTerms& terms) {
  model::v1::Consent consent;
  consent.set_matter(model::v1::CONSENT_MATTER_DATA);
  consent.add_classes(model::v1::DATA_CLASS_IDENTITY);
  consent.add_classes(model::v1::DATA_CLASS_CONTACT);
  consent.add_classes(model::v1::DATA_CLASS_NEEDS);
  if (terms.purpose == "preschool-transition") {
    consent.add_classes(model::v1::DATA_CLASS_EDUCATION);
  } else {
    consent.add_classes(model::v1::DATA_CLASS_SOCIAL);
  }
  for (const model::v1::AgencyKind kind : terms.to_kinds) {
    consent.add_to_kinds(kind);
  }
  consent.set_purpose(terms.purpose);
  consent.set_from(terms.day);
  consent.set_to(terms.to);
  consent.set_given_by(terms.by);
  consent.set_word_given(model::v1::WORD_GIVEN_IN_WRITING);
  consent.set_explained_in("ru");
  consent.mutable_document()->set_kind("consent-form");
  consent.mutable_document()->set_issued_on(terms.day);
  return consent;
}

}  // namespace careroute::services
