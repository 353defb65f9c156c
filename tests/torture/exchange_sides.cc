#include "tests/torture/exchange_sides.h"

#include <cstdint>

#include "absl/strings/str_cat.h"

namespace careroute::tests {
namespace {

using model::v1::Referral;

bool Ends(model::v1::ReferralMove move) {
  return move == model::v1::REFERRAL_MOVE_REJECTED ||
         move == model::v1::REFERRAL_MOVE_COMPLETED ||
         move == model::v1::REFERRAL_MOVE_FAILED ||
         move == model::v1::REFERRAL_MOVE_CANCELLED;
}

}  // namespace

absl::Status Wrong(const std::string& name, const std::string& what) {
  return absl::InternalError(absl::StrCat(name, ": ", what));
}

std::string StandingOf(const Referral& referral) {
  return absl::StrCat(model::v1::ReferralState_Name(referral.state()),
                      referral.outcome().empty() ? "" : " ",
                      referral.outcome());
}

bool IsOpen(const Referral& referral) {
  switch (referral.state()) {
    case model::v1::REFERRAL_STATE_RECEIVED:
    case model::v1::REFERRAL_STATE_ACCEPTED:
    case model::v1::REFERRAL_STATE_IN_PROGRESS:
    case model::v1::REFERRAL_STATE_ON_HOLD:
      return true;
    default:
      return false;
  }
}

bool MayBeAbsent(const Referral& east) {
  return east.undelivered() == kWithheld ||
         east.state() == model::v1::REFERRAL_STATE_CANCELLED;
}

absl::Status CheckPerformance(const Referral& referral) {
  int32_t number = 0;
  int ends = 0;
  for (const model::v1::ReferralEntry& entry : referral.performance()) {
    if (entry.sequence() != ++number) {
      return Wrong(referral.name(),
                   absl::StrCat("entry ", number, " of the performance is ",
                                entry.sequence()));
    }
    if (Ends(entry.move())) ++ends;
  }
  if (ends <= 1) return absl::OkStatus();
  return Wrong(referral.name(), absl::StrCat("it ended ", ends, " times"));
}

absl::Status CompareSides(const BothSides& sides) {
  const std::string& name = sides.east.name();
  if (StandingOf(sides.east) != StandingOf(sides.west)) {
    return Wrong(name,
                 absl::StrCat("it is ", StandingOf(sides.east), " at east and ",
                              StandingOf(sides.west), " at west"));
  }
  // The performer no longer reads the entries of one that is over.
  if (sides.west.performance_size() == 0) return absl::OkStatus();
  const int east = sides.east.performance_size();
  const int west = sides.west.performance_size();
  if (east == west) return absl::OkStatus();
  return Wrong(name, absl::StrCat("its performance has ", east,
                                  " entries at east and ", west, " at west"));
}

}  // namespace careroute::tests
