// lib/registry/blind_index.h: finds a person without storing what was searched.
//
// The registry looks persons up by SNILS, policy number, name and birth date,
// yet keeps none of these readable. Stored is a token: HMAC-SHA-256 over the
// kind and the normalised value under a key of the ring. Equal values give
// equal tokens; without the key a token says nothing, not even to someone who
// tries all names or numbers.
//
//   BlindIndex index(ring);
//   const Term term{.kind = TermKind::kSnils, .value = "11223344595"};
//   store index.Token(term);
//   find any of index.LookupTokens(term);

#ifndef CAREROUTE_LIB_REGISTRY_BLIND_INDEX_H_
#define CAREROUTE_LIB_REGISTRY_BLIND_INDEX_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "lib/registry/key_ring.h"

namespace careroute::registry {

// What a value is. The numbers are in stored tokens: never reused or changed.
enum class TermKind : int {
  kSnils = 1,
  kPolicyNumber = 2,
  // A document that identifies: kind, series and number together.
  kDocument = 3,
  // Temporary identity of a newborn: mother, birth date and birth order.
  kNewborn = 4,
  // A child's mother and its birth date: finds twins and newborns renamed.
  kMotherAndBirthDate = 5,
  // One part of a name with the birth date: finds a person in spite of a typo
  // in another part, of parts that changed places, of a new surname.
  kNamePartAndBirthDate = 6,
  // All parts of the name: finds a person in spite of a wrong birth date.
  kFullName = 7,
  kPhone = 8,
};

// A kind and a value normalised by lib/registry/normalise_*.h.
struct Term {
  TermKind kind = TermKind::kSnils;
  std::string value;

  friend auto operator<=>(const Term&, const Term&) = default;
};

// 8 bytes of key id, then the first 16 of the HMAC: two of a billion values
// collide with odds of one in 10^20, and a collision only costs a comparison.
inline constexpr size_t kTokenSize = 24;

// Thread-safe; `ring` must outlive it and not change meanwhile.
class BlindIndex {
 public:
  explicit BlindIndex(const KeyRing& ring) : ring_(ring) {}

  // Under the active key: what is stored.
  [[nodiscard]] std::string Token(const Term& term) const;

  // Under every readable key, the active one first: a row stored before a
  // rotation is found until it is indexed anew.
  [[nodiscard]] std::vector<std::string> LookupTokens(const Term& term) const;

  // Whether a stored token was made with the active key.
  [[nodiscard]] bool IsCurrent(absl::string_view token) const;

 private:
  const KeyRing& ring_;
};

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_BLIND_INDEX_H_
