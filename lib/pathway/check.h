// lib/pathway/check.h: everything that is wrong with a pathway, before a family
// meets it.
//
//   base::Problems problems;
//   CheckPathway(loaded->pathway, {}, problems);
//   loaded->source_map.Locate(problems);
//   for (const base::Problem& problem : problems.list()) Print(problem);
//
// An error means that a case on this pathway can go wrong: an id that names
// nothing, a step nobody can reach, an outcome after which nothing happens, a
// deadline that contradicts another, a disclosure without a ground. A warning
// means that a person should look. CHECKS.md lists every reason.

#ifndef CAREROUTE_LIB_PATHWAY_CHECK_H_
#define CAREROUTE_LIB_PATHWAY_CHECK_H_

#include <cstdint>

#include "careroute/model/v1/pathway.pb.h"
#include "lib/base/problems.h"

namespace careroute::pathway {

struct CheckOptions {
  // Where the walks begin; a problem a walk found names its seed, which walks
  // the same way again.
  std::uint64_t seed = 1;
  // How many random lives of a case are tried.
  int walks = 10'000;
};

// Adds problems with paths inside `pathway`, which must be expanded and may be
// bound or not. Total: any message at all is answered in bounded time. The same
// input gives the same problems in the same order. Pure.
void CheckPathway(const model::v1::Pathway& pathway,
                  const CheckOptions& options, base::Problems& problems);

}  // namespace careroute::pathway

#endif  // CAREROUTE_LIB_PATHWAY_CHECK_H_
