// lib/picture/internal/performers.h: who acts, and in which lane.

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_PERFORMERS_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_PERFORMERS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/step.pb.h"
#include "lib/picture/internal/limit_text.h"

namespace careroute::picture::internal {

// Lanes in the order they are drawn: the family, whoever identified, the kinds
// of agencies in the order of their enum, the coordinator.
inline constexpr int kFamilyLane = 0;
inline constexpr int kIdentifyingLane = 1;
inline constexpr int kAgencyLanes = 2;  // + AgencyKind
inline constexpr int kCoordinatorLane = 100;

[[nodiscard]] std::string LaneText(int lane, absl::string_view language);

struct Who {
  int lane = kCoordinatorLane;
  std::string text;
};

// The performer of a step as a reader would name it. "The same as of step X" is
// followed to a role. "Whoever performs the step before" is, for a step of the
// pathway's own, who performs the first step that leads to it; a block is asked
// from many places, so that it names nobody and stands in that one's lane.
[[nodiscard]] Who WhoPerforms(const model::v1::Step& step, bool in_block,
                              const Tongue& tongue);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_PERFORMERS_H_
