// lib/scoring/internal/reach.h: which sums and points there can be.
//
// So that the checker can say that no band covers a sum of 17, or that nobody
// can ever have level 4. Exact where answers are options; where something is
// counted, every number from the least to the most.

#ifndef CAREROUTE_LIB_SCORING_INTERNAL_REACH_H_
#define CAREROUTE_LIB_SCORING_INTERNAL_REACH_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "careroute/model/v1/instrument.pb.h"
#include "lib/scoring/exact.h"
#include "lib/scoring/internal/ends.h"

namespace careroute::scoring::internal {

// Numbers in ascending order, or all from the first to the last when `dense`.
// Never empty.
struct Values {
  bool dense = false;
  std::vector<Exact> numbers = {Exact()};
};

// More numbers than these are taken as dense; no form for people has them.
inline constexpr size_t kValuesMax = 20'000;

// What one module can have.
struct Reachable {
  Values sums;    // before its bands
  Values points;  // after them
};

// By module, at ages of one variant, or -1 at all other ages. Nullopt for a
// module of which nothing can be said, because something below it is written
// wrongly or goes round in a circle. Points of sums that no band covers are
// left out. Only for instruments whose grain fits. `pairs_left` shrinks by each
// pair of numbers that was combined; below 0 everything is taken as dense.
[[nodiscard]] std::vector<std::optional<Reachable>> ReachOf(
    const model::v1::Instrument& instrument, int variant,
    std::int64_t& pairs_left);

// The pairs for one instrument at all ages: some tens of milliseconds. NBA
// takes some thousand.
inline constexpr std::int64_t kPairsMax = 1'000'000;

// Whether all numbers have a common denominator up to kGrainMax.
[[nodiscard]] bool GrainFits(const model::v1::Instrument& instrument);

// Both together.
[[nodiscard]] Values UnionOf(const Values& a, const Values& b);

// Whether any of the values is in the range.
[[nodiscard]] bool Meets(const Values& values, const Ends& ends);

}  // namespace careroute::scoring::internal

#endif  // CAREROUTE_LIB_SCORING_INTERNAL_REACH_H_
