// services/hub/generate/invented_people.h: people who do not exist.
//
// Names are put together from lists; a birth date lies in the range that is
// asked for. Numbers have the right form and belong to nobody: a policy number
// begins with three zeros and a telephone with the area code 000, and neither
// is given out.
//
//   const command::v1::RegisterPerson child = InventPerson(
//       {.random = random, .born = {from, to}, .district = "khabarovsk", ...});

#ifndef CAREROUTE_SERVICES_HUB_GENERATE_INVENTED_PEOPLE_H_
#define CAREROUTE_SERVICES_HUB_GENERATE_INVENTED_PEOPLE_H_

#include <cstdint>
#include <string>

#include "absl/time/civil_time.h"
#include "careroute/command/v1/person_command.pb.h"
#include "lib/base/random.h"

namespace careroute::services {

enum class Gender { kFemale, kMale };

// Which people two numbers tell apart: the whole of `caseload` below a
// million, of `number` below ten million.
struct PersonNumber {
  uint32_t caseload = 0;
  uint32_t number = 0;
};

struct InventedHome {
  std::string region;
  std::string district;  // and the settlement of that name
};

struct InventionOptions {
  base::Random& random;
  Gender gender = Gender::kFemale;
  // Both days count.
  absl::CivilDay born_from;
  absl::CivilDay born_to;
  InventedHome home;
  PersonNumber number;
  bool with_policy = true;
  bool with_phone = true;
};

[[nodiscard]] command::v1::RegisterPerson InventPerson(
    const InventionOptions& options);

// Their surname and home become the child's, and they its representative:
// `name` is the parent's, "persons/{person}".
void MakeChildOf(const command::v1::RegisterPerson& parent,
                 const std::string& name, command::v1::RegisterPerson& child);

// The name of somebody who works somewhere, such as "Вера Ивина".
[[nodiscard]] std::string InventColleague(base::Random& random);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_GENERATE_INVENTED_PEOPLE_H_
