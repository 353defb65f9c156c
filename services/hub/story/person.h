// services/hub/story/person.h: invented people and what is said of them.
//
//   const std::string mother =
//       Register(teller, System("polyclinic-3"), {.given_name = "Марина",
//       ...});
//   auto report = Need({.given_name = "София", ..., .parents = {mother}});

#ifndef CAREROUTE_SERVICES_HUB_STORY_PERSON_H_
#define CAREROUTE_SERVICES_HUB_STORY_PERSON_H_

#include <string>
#include <vector>

#include "careroute/api/v1/case_read_messages.pb.h"
#include "careroute/command/v1/person_command.pb.h"
#include "careroute/model/v1/consent.pb.h"
#include "careroute/model/v1/data_class.pb.h"
#include "careroute/model/v1/fact.pb.h"
#include "careroute/model/v1/needs.pb.h"
#include "careroute/model/v1/person.pb.h"
#include "services/hub/story/teller.h"

namespace careroute::services {

struct Human {
  std::string family_name;
  std::string given_name;
  std::string middle_name;
  std::string birth_date;
  std::string snils;
  std::string phone;
  std::string region = "RU-DEMO-KHA";
  std::string district = "khabarovsk";
  std::string settlement = "khabarovsk";
  std::string line;                  // street and house
  int birth_order = 0;               // of twins
  std::string language = "ru";       // spoken at home
  std::vector<std::string> parents;  // "persons/{person}"
  std::vector<model::v1::AccessNeed> access;
};

// The child of that mother, at her place and telephone.
[[nodiscard]] Human ChildOf(const Human& mother, const std::string& name,
                            Human child);

[[nodiscard]] command::v1::RegisterPerson Describe(const Human& human);

// Registers somebody; answers "persons/{person}".
std::string Register(const Teller& teller, const Who& who, const Human& human);

// A report by a health worker who saw that development lags behind.
[[nodiscard]] api::v1::ReportNeedRequest Need(const Human& child);

// A report on any pathway, by one of its entries, with what is known already.
[[nodiscard]] api::v1::ReportNeedRequest ReportOf(
    const Human& human, const std::string& pathway, const std::string& entry,
    const std::vector<model::v1::Fact>& facts);

// Somebody who may decide for a person from today on.
struct Appointment {
  std::string person;  // "persons/{person}"
  std::string decides;
  model::v1::RepresentativeBasis basis =
      model::v1::REPRESENTATIVE_BASIS_GUARDIAN;
  std::string document;  // its kind
};
void Appoint(const Teller& teller, const Who& who,
             const Appointment& appointment);

struct ConsentTerms {
  std::string by;  // "persons/{person}"
  model::v1::ConsentMatter matter = model::v1::CONSENT_MATTER_DATA;
  std::string purpose = "early-help";
  // Empty = who the person is, how to reach the family, what it needs, and
  // what is social or, for the way to kindergarten, concerns education.
  std::vector<model::v1::DataClass> classes;
  std::vector<model::v1::AgencyKind> to_kinds;
  std::string to;   // last day; empty = until withdrawn
  std::string day;  // it was signed
  std::string explained_in = "ru";
};

// A signed consent.
[[nodiscard]] model::v1::Consent ConsentOf(const ConsentTerms& terms);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_STORY_PERSON_H_
