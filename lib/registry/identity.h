// lib/registry/identity.h: an identity as it compares and as it is found.
//
// The identity a person was registered with stays as it was written, sealed.
// For comparing and finding, this is its normal form; it lives in memory only,
// while the sealed original is open.
//
//   base::Problems problems;
//   const NormalIdentity identity =
//       NormaliseIdentity({.identity = written, .today = today}, problems);
//   for (const Term& term : TermsOf(identity)) index.Token(term) ...

#ifndef CAREROUTE_LIB_REGISTRY_IDENTITY_H_
#define CAREROUTE_LIB_REGISTRY_IDENTITY_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "careroute/model/v1/person.pb.h"
#include "lib/base/problems.h"
#include "lib/registry/blind_index.h"
#include "lib/registry/normalise_address.h"
#include "lib/registry/normalise_name.h"

namespace careroute::registry {

// Empty members are not known.
struct NormalIdentity {
  NormalName name;
  std::optional<absl::CivilDay> birth_date;
  std::string snils;
  std::string policy_number;
  // "kind number" of documents that identify, sorted.
  std::vector<std::string> documents;
  // Sorted.
  std::vector<std::string> phones;
  // Where the person is registered and where the person stays.
  std::vector<NormalAddress> addresses;
  // "persons/{person}".
  std::string mother;
  // 1, 2, ... of several; 0 = not known, or a single child.
  int birth_order = 0;

  friend bool operator==(const NormalIdentity&,
                         const NormalIdentity&) = default;
};

struct IdentityInput {
  const model::v1::Identity& identity;
  // In the person's region: no birth lies after it.
  absl::CivilDay today;
};

// Reports every problem under the field's own name ("snils", "phones[1]");
// what is wrong is left empty in the result. No text of a problem repeats what
// was written.
[[nodiscard]] NormalIdentity NormaliseIdentity(const IdentityInput& input,
                                               base::Problems& problems);

// All a person is found by, sorted, each once: stored as tokens, and looked up
// to find candidates for RankCandidates (duplicates.h). A day and month that
// changed places give the same terms, and so do parts of a name.
[[nodiscard]] std::vector<Term> TermsOf(const NormalIdentity& identity);

// Those that only one person can have: SNILS and policy number. The registry
// claims them, so that two reports at once make one person.
[[nodiscard]] std::vector<Term> UniqueTermsOf(const NormalIdentity& identity);

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_IDENTITY_H_
