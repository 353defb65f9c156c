// lib/pathway/reading.h: an index over a pathway that no region has bound yet.
//
// A picture or a comparison asks an edition for titles and for what starts
// what, before anybody has set a region's numbers.
//
//   const auto edition = EditionForReading(loaded.pathway);
//   if (IsSetByRegion(limit.within(), *edition)) ...

#ifndef CAREROUTE_LIB_PATHWAY_READING_H_
#define CAREROUTE_LIB_PATHWAY_READING_H_

#include <memory>

#include "careroute/model/v1/pathway.pb.h"
#include "lib/pathway/edition.h"

namespace careroute::pathway {

// The pathway, expanded, with a binding without value for each parameter that
// has none. A bound one stays as it is. No case may pin the result: its hash is
// that of no edition. Null when it is larger than an edition may be, or still
// uses blocks.
[[nodiscard]] std::shared_ptr<const Edition> EditionForReading(
    model::v1::Pathway pathway);

// Whether a term of such an edition waits for a region's number. IsNoLimit says
// yes to it too.
[[nodiscard]] bool IsSetByRegion(const model::v1::Term& term,
                                 const Edition& edition);

}  // namespace careroute::pathway

#endif  // CAREROUTE_LIB_PATHWAY_READING_H_
