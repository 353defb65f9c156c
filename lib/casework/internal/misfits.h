// lib/casework/internal/misfits.h: what of a case another edition lacks.
//
// A case may be moved to an edition only when everything it stands on has a
// place there: steps that are live or to come, facts, tracks, rights, plans.
//
//   for (const Misfit& one : MisfitsOf(state, edition)) Report(one);

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_MISFITS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_MISFITS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "lib/casework/case.h"
#include "lib/pathway/edition.h"

namespace careroute::casework::internal {

struct Misfit {
  std::string what;        // "step/intake", "fact/care_level"
  absl::string_view mend;  // what to do before the case can be moved
};

// In the order of the case, each thing once; empty = the case fits.
[[nodiscard]] std::vector<Misfit> MisfitsOf(const Case& state,
                                            const pathway::Edition& edition);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_MISFITS_H_
