// services/hub/story/person.h: invented people and what is said of them.
//
//   const std::string mother =
//       Register(teller, System("polyclinic-3"), {.given_name = "Марина",
//       ...});
//   auto report = Need({.given_name = "София", ..., .mother = mother});

#ifndef CAREROUTE_SERVICES_HUB_STORY_PERSON_H_
#define CAREROUTE_SERVICES_HUB_STORY_PERSON_H_

#include <string>
#include <vector>

#include "careroute/api/v1/case_read_messages.pb.h"
#include "careroute/command/v1/person_command.pb.h"
#include "careroute/model/v1/consent.pb.h"
#include "services/hub/story/teller.h"

namespace careroute::services {

struct Human {
  std::string family_name;
  std::string given_name;
  std::string middle_name;
  std::string birth_date;
  std::string snils;
  std::string phone;
  std::string district = "khabarovsk";
  std::string settlement = "khabarovsk";
  std::string line;                  // street and house
  int birth_order = 0;               // of twins
  std::string language = "ru";       // spoken at home
  std::vector<std::string> parents;  // "persons/{person}"
};

[[nodiscard]] command::v1::RegisterPerson Describe(const Human& human);

// Registers somebody; answers "persons/{person}".
std::string Register(const Teller& teller, const Who& who, const Human& human);

// A report by a health worker who saw that development lags behind.
[[nodiscard]] api::v1::ReportNeedRequest Need(const Human& child);

struct ConsentTerms {
  std::string by;  // "persons/{person}"
  std::string purpose = "early-help";
  std::vector<model::v1::AgencyKind> to_kinds;
  std::string to;   // last day; empty = until withdrawn
  std::string day;  // it was signed
};

// A signed consent to pass on who the child is, how to reach the family and
// what they need; for the way to kindergarten, also what concerns education.
[[nodiscard]] model::v1::Consent ConsentOf(const ConsentTerms& terms);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_STORY_PERSON_H_
