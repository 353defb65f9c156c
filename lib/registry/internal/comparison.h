// lib/registry/internal/comparison.h: two identities, compared in everything.

#ifndef CAREROUTE_LIB_REGISTRY_INTERNAL_COMPARISON_H_
#define CAREROUTE_LIB_REGISTRY_INTERNAL_COMPARISON_H_

#include "lib/registry/identity.h"
#include "lib/registry/internal/compare.h"

namespace careroute::registry::internal {

// Everything that is compared.
struct Comparison {
  NameAgree name = NameAgree::kDifferent;
  DateAgree date = DateAgree::kNotKnown;
  Agree surname = Agree::kNotKnown;
  // Strict: names of twins may differ by one letter.
  Agree given = Agree::kNotKnown;
  Agree snils = Agree::kNotKnown;
  Agree policy_number = Agree::kNotKnown;
  Agree document = Agree::kNotKnown;
  Agree mother = Agree::kNotKnown;
  Agree birth_order = Agree::kNotKnown;
  Agree address = Agree::kNotKnown;
  Agree phone = Agree::kNotKnown;

  [[nodiscard]] bool SharesIdentifier() const {
    return snils == Agree::kYes || policy_number == Agree::kYes ||
           document == Agree::kYes;
  }
  // Born on one day of one mother; where a mother is not known, one surname
  // stands in, with one address or with two places in a birth of several.
  [[nodiscard]] bool IsOfOneBirth() const {
    return date == DateAgree::kSame &&
           (mother == Agree::kYes ||
            (mother == Agree::kNotKnown && surname == Agree::kYes &&
             (address == Agree::kYes || birth_order == Agree::kNo)));
  }
  // Things that speak for one person or one family.
  [[nodiscard]] int Support() const {
    return (mother == Agree::kYes ? 1 : 0) + (address == Agree::kYes ? 1 : 0) +
           (phone == Agree::kYes ? 1 : 0);
  }
};

[[nodiscard]] Comparison CompareIdentities(const NormalIdentity& a,
                                           const NormalIdentity& b);

}  // namespace careroute::registry::internal

#endif  // CAREROUTE_LIB_REGISTRY_INTERNAL_COMPARISON_H_
