// tests/torture/exchange_sides.h: may a referral stand so at its two hubs?
//
// Of what each of them shows to whom it concerns.
//
//   CAREROUTE_RETURN_IF_ERROR(CheckPerformance(at_east));
//   CAREROUTE_RETURN_IF_ERROR(CompareSides({.east = at_east, .west =
//   at_west}));

#ifndef CAREROUTE_TESTS_TORTURE_EXCHANGE_SIDES_H_
#define CAREROUTE_TESTS_TORTURE_EXCHANGE_SIDES_H_

#include <string>

#include "absl/status/status.h"
#include "careroute/model/v1/referral.pb.h"

namespace careroute::tests {

// Why what it told did not arrive: it may no longer be told.
inline constexpr char kWithheld[] = "withheld";

// What is wrong with a case or a referral of that name.
[[nodiscard]] absl::Status Wrong(const std::string& name,
                                 const std::string& what);

// The state, and the outcome where there is one, in words.
[[nodiscard]] std::string StandingOf(const model::v1::Referral& referral);

// Whether its performer is still at it.
[[nodiscard]] bool IsOpen(const model::v1::Referral& referral);

// Whether the west need not know of it.
[[nodiscard]] bool MayBeAbsent(const model::v1::Referral& east);

// Entries are numbered without a gap, and at most one of them ends it.
[[nodiscard]] absl::Status CheckPerformance(
    const model::v1::Referral& referral);

struct BothSides {
  const model::v1::Referral& east;
  const model::v1::Referral& west;
};
[[nodiscard]] absl::Status CompareSides(const BothSides& sides);

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_TORTURE_EXCHANGE_SIDES_H_
