#include "services/hub/story/person.h"

#include <utility>

#include "careroute/api/v1/registry_service.pb.h"

namespace careroute::services {
namespace {

std::vector<model::v1::DataClass> UsualClasses(const std::string& purpose) {
  return {model::v1::DATA_CLASS_IDENTITY, model::v1::DATA_CLASS_CONTACT,
          model::v1::DATA_CLASS_NEEDS,
          purpose == "preschool-transition" ? model::v1::DATA_CLASS_EDUCATION
                                            : model::v1::DATA_CLASS_SOCIAL};
}

}  // namespace

Human ChildOf(const Human& mother, const std::string& name, Human child) {
  child.phone = mother.phone;
  child.region = mother.region;
  child.district = mother.district;
  child.settlement = mother.settlement;
  child.line = mother.line;
  child.parents = {name};
  return child;
}

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
  home.set_region(human.region);
  home.set_district(human.district);
  home.set_settlement(human.settlement);
  home.set_line(human.line);
  person.mutable_needs()->set_language(human.language);
  for (const model::v1::AccessNeed need : human.access) {
    person.mutable_needs()->add_access(need);
  }
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

api::v1::ReportNeedRequest ReportOf(const Human& human,
                                    const std::string& pathway,
                                    const std::string& entry,
                                    const std::vector<model::v1::Fact>& facts) {
  api::v1::ReportNeedRequest report;
  report.set_pathway(pathway);
  report.set_entry(entry);
  *report.mutable_person() = Describe(human);
  for (const model::v1::Fact& fact : facts) *report.add_facts() = fact;
  return report;
}

void Appoint(const Teller& teller, const Who& who,
             const Appointment& appointment) {
  api::v1::AddRepresentativeRequest request;
  request.set_name(appointment.person);
  model::v1::Representative& one =
      *request.mutable_command()->mutable_representative();
  one.set_person(appointment.decides);
  one.set_basis(appointment.basis);
  one.mutable_document()->set_kind(appointment.document);
  one.mutable_document()->set_issued_on(teller.Day());
  one.set_from(teller.Day());
  teller.Do<api::v1::AddRepresentativeResponse>(
      who, "RegistryService.AddRepresentative", std::move(request));
}

api::v1::ReportNeedRequest Need(const Human& child) {
  api::v1::ReportNeedRequest report =
      ReportOf(child, "early-help", "health_identification", {});
  command::v1::ProvedCriterion& ground = *report.add_criteria();
  ground.set_criterion("f2025_development");
  ground.mutable_document()->set_kind("development-screening-sheet");
  return report;
}

model::v1::Consent ConsentOf(const ConsentTerms& terms) {
  model::v1::Consent consent;
  consent.set_matter(terms.matter);
  for (const model::v1::DataClass one :
       terms.classes.empty() ? UsualClasses(terms.purpose) : terms.classes) {
    consent.add_classes(one);
  }
  for (const model::v1::AgencyKind kind : terms.to_kinds) {
    consent.add_to_kinds(kind);
  }
  consent.set_purpose(terms.purpose);
  consent.set_from(terms.day);
  consent.set_to(terms.to);
  consent.set_given_by(terms.by);
  consent.set_word_given(model::v1::WORD_GIVEN_IN_WRITING);
  consent.set_explained_in(terms.explained_in);
  consent.mutable_document()->set_kind("consent-form");
  consent.mutable_document()->set_issued_on(terms.day);
  return consent;
}

}  // namespace careroute::services
