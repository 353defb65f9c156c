// services/hub/story/beginnings.h: how a case begins, for families whose story
// is told from later on.
//
//   FamilyCase lev = IsFound(teller, "polyclinic-3", child);
//   IsInformed(lev);
//   const std::string referral = Consents(lev, mother, {.organisation =
//   "..."});

#ifndef CAREROUTE_SERVICES_HUB_STORY_BEGINNINGS_H_
#define CAREROUTE_SERVICES_HUB_STORY_BEGINNINGS_H_

#include <string>

#include "services/hub/story/family_case.h"
#include "services/hub/story/person.h"

namespace careroute::services {

// A mother of the family name and place of the child, registered.
std::string RegisterMother(const Teller& teller, absl::string_view organisation,
                           Human mother);

// A health organisation notices and records; its coordinator has the case.
FamilyCase IsFound(const Teller& teller, absl::string_view organisation,
                   const Human& child);

// The parents are told which organisations can help.
void IsInformed(const Teller& teller, const FamilyCase& family);

// They consent to every agency of early help.
void Consents(const Teller& teller, const FamilyCase& family,
              const std::string& mother);

// They consent, are referred, and are accepted: the intake has begun.
void IsTaken(const Teller& teller, const FamilyCase& family,
             const std::string& mother, const std::string& provider);

// From intake to a programme with so many lines that the parents agree to.
void StartProgramme(const Teller& teller, const FamilyCase& family,
                    const std::string& provider, int lines);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_STORY_BEGINNINGS_H_
