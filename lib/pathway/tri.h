// lib/pathway/tri.h: yes, no or not known.
//
// Nothing is assumed of a fact nobody recorded, so every question about a case
// has three answers. The tables are Kleene's: a "no" decides an And, a "yes"
// decides an Or, and not known stays not known unless the rule says otherwise.
//
//   if (And(has_consent, has_ground) == Tri::kYes) { ... }

#ifndef CAREROUTE_LIB_PATHWAY_TRI_H_
#define CAREROUTE_LIB_PATHWAY_TRI_H_

#include <cstdint>

namespace careroute::pathway {

enum class Tri : std::uint8_t { kNo, kYes, kUnknown };

constexpr Tri TriOf(bool truth) { return truth ? Tri::kYes : Tri::kNo; }

constexpr Tri Not(Tri a) {
  return a == Tri::kUnknown ? a : TriOf(a == Tri::kNo);
}

constexpr Tri And(Tri a, Tri b) {
  if (a == Tri::kNo || b == Tri::kNo) {
    return Tri::kNo;
  }
  return a == Tri::kYes ? b : Tri::kUnknown;
}

constexpr Tri Or(Tri a, Tri b) { return Not(And(Not(a), Not(b))); }

}  // namespace careroute::pathway

#endif  // CAREROUTE_LIB_PATHWAY_TRI_H_
