// lib/registry/duplicates.h: who may be the same person, and why.
//
// Pure comparison of identities the registry has found by blind index. Nothing
// is merged here or anywhere automatically: kSame means that a report about the
// one is a report about the other; everything below is for people to look at.
// Wrongly joining two children is far worse than knowing one child twice, so
// whatever looks like twins is twins until a document proves otherwise.
//
//   for (const Candidate& c : RankCandidates(identity, known)) {
//     c.person, c.verdict, c.because ...
//   }

#ifndef CAREROUTE_LIB_REGISTRY_DUPLICATES_H_
#define CAREROUTE_LIB_REGISTRY_DUPLICATES_H_

#include <span>
#include <string>
#include <vector>

#include "careroute/model/v1/explanation.pb.h"
#include "lib/registry/identity.h"

namespace careroute::registry {

// In falling order of what may be done with it.
enum class Verdict {
  // An identifier is the same and nothing contradicts. When two known persons
  // are both kSame, their records need merging: people decide.
  kSame,
  // An identifier is the same, but name or birth date say otherwise: one of
  // the records is wrong (a newborn entered with its mother's policy).
  kContradiction,
  // Born on one day of one mother, and not proved to be one child.
  kTwin,
  // Name and birth date agree, up to the slips people make.
  kLikely,
  // Enough agrees to ask.
  kPossible,
};

struct KnownPerson {
  // "persons/{person}".
  std::string person;
  NormalIdentity identity;
};

struct Candidate {
  std::string person;
  Verdict verdict = Verdict::kPossible;
  // 0 to 100: ranks candidates; 100 only for kSame.
  int likeness = 0;
  // The verdict with one reason for each thing compared, keys "duplicate.*";
  // explain_text.h has the sentences. Holds nothing of the identities.
  model::v1::Explanation because;
};

// Those of `known` who may be `subject`, best first: by verdict, then likeness,
// then name. Persons with too little in common are left out.
[[nodiscard]] std::vector<Candidate> RankCandidates(
    const NormalIdentity& subject, std::span<const KnownPerson> known);

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_DUPLICATES_H_
