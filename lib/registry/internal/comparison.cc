#include "lib/registry/internal/comparison.h"

#include <algorithm>
#include <string>
#include <vector>

namespace careroute::registry::internal {
namespace {

// Documents and telephones may be several: one in common agrees, none in
// common says nothing, since people have more than were written down.
Agree ShareOne(const std::vector<std::string>& a,
               const std::vector<std::string>& b) {
  const bool shared =
      std::any_of(a.begin(), a.end(), [&b](const std::string& value) {
        return std::binary_search(b.begin(), b.end(), value);
      });
  return shared ? Agree::kYes : Agree::kNotKnown;
}

Agree CompareAllAddresses(const std::vector<NormalAddress>& a,
                          const std::vector<NormalAddress>& b) {
  Agree agree = Agree::kNotKnown;
  for (const NormalAddress& one : a) {
    for (const NormalAddress& other : b) {
      const AddressMatch match = CompareAddresses(one, other);
      if (match == AddressMatch::kSame) {
        return Agree::kYes;
      }
      if (match == AddressMatch::kDifferent) {
        agree = Agree::kNo;
      }
    }
  }
  return agree;
}

Agree CompareBirthOrders(int a, int b) {
  if (a == 0 || b == 0) {
    return Agree::kNotKnown;
  }
  return a == b ? Agree::kYes : Agree::kNo;
}

Agree CompareSurnames(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) {
    return Agree::kNotKnown;
  }
  return SameSurname(a, b) ? Agree::kYes : Agree::kNo;
}

}  // namespace

Comparison CompareIdentities(const NormalIdentity& a, const NormalIdentity& b) {
  return {
      .name = CompareNames(a.name, b.name),
      .date = CompareDates(a.birth_date, b.birth_date),
      .surname = CompareSurnames(a.name.surname, b.name.surname),
      .given = CompareValues(a.name.given, b.name.given),
      .snils = CompareValues(a.snils, b.snils),
      .policy_number = CompareValues(a.policy_number, b.policy_number),
      .document = ShareOne(a.documents, b.documents),
      .mother = CompareValues(a.mother, b.mother),
      .birth_order = CompareBirthOrders(a.birth_order, b.birth_order),
      .address = CompareAllAddresses(a.addresses, b.addresses),
      .phone = ShareOne(a.phones, b.phones),
  };
}

}  // namespace careroute::registry::internal
