// lib/pathway/compare.h: what is different between two editions, and what that
// means for cases that are open on the former one.
//
// A methodologist asks this before cases are moved, and a region before it
// publishes: which steps went, whose limits became shorter, which act a number
// now comes from.
//
//   const model::v1::EditionDifference difference = Compare(
//       {.old_pathway = &old, .new_pathway = &renewed, .language = "ru"});
//   for (const auto& one : difference.differences()) Print(one);
//
// Things are the same thing when they have the same id; what was renamed is
// told as removed and added. Two limits are compared as lengths of time only
// where their units can be: minutes with hours, days with weeks, months with
// years, working days among themselves. Where they cannot, some cases get more
// time and some less, and the difference says so.

#ifndef CAREROUTE_LIB_PATHWAY_COMPARE_H_
#define CAREROUTE_LIB_PATHWAY_COMPARE_H_

#include <string>

#include "careroute/model/v1/edition_difference.pb.h"
#include "careroute/model/v1/pathway.pb.h"

namespace careroute::pathway {

// Both are borrowed, expanded, and bound or not; neither must be null. A bound
// one is best compared with a bound one: a parameter and its number are no
// common measure.
struct CompareOptions {
  const model::v1::Pathway* old_pathway = nullptr;
  const model::v1::Pathway* new_pathway = nullptr;
  // Of titles and amounts; empty = the first of the later edition.
  std::string language;
};

// Values longer than this are cut: a reader looks the rest up.
inline constexpr size_t kDifferenceValueMax = 500;

// Pure and total. Does not fill the hashes of the editions.
[[nodiscard]] model::v1::EditionDifference Compare(
    const CompareOptions& options);

}  // namespace careroute::pathway

#endif  // CAREROUTE_LIB_PATHWAY_COMPARE_H_
