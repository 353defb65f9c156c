// services/hub/story/beginnings.h: how a case begins, for families whose story
// is told from later on.
//
//   Found found = AreFound(teller, "polyclinic-3", mother, child);
//   IsInformed(*found.family);
//   Consents(teller, *found.family, found.mother);

#ifndef CAREROUTE_SERVICES_HUB_STORY_BEGINNINGS_H_
#define CAREROUTE_SERVICES_HUB_STORY_BEGINNINGS_H_

#include <memory>
#include <string>

#include "services/hub/story/family_case.h"
#include "services/hub/story/person.h"

namespace careroute::services {

// A health organisation notices a child and records it; its coordinator has
// the case.
FamilyCase IsFound(const Teller& teller, absl::string_view organisation,
                   const Human& child);

struct Found {
  std::string mother;  // "persons/{person}"
  Human child;
  std::unique_ptr<FamilyCase> family;
};

// The same of a child with its mother, who is registered: one home and one
// telephone, which are said of her alone.
Found AreFound(const Teller& teller, absl::string_view organisation,
               const Human& mother, Human child);

// The parents are told which organisations can help.
void IsInformed(const FamilyCase& family);

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
