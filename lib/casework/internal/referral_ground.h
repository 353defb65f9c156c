// lib/casework/internal/referral_ground.h: the question of grounds as a
// referral asks it.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_GROUND_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_GROUND_H_

#include "absl/strings/string_view.h"
#include "careroute/model/v1/step.pb.h"
#include "lib/access/data_class_set.h"
#include "lib/casework/case.h"
#include "lib/casework/disclosure.h"
#include "lib/casework/internal/referral_refuse.h"
#include "lib/casework/referral_effect.h"

namespace careroute::casework::internal {

// What is to pass, by which way, to whom, in which work. All must be set.
struct Passing {
  const model::v1::Step* step = nullptr;
  const Occurrence* occurrence = nullptr;
  absl::string_view way;
  absl::string_view receiver;
  access::DataClassSet classes;
};

// The way of the step; null when it has none of this id.
[[nodiscard]] const model::v1::Way* FindWay(const model::v1::Step& step,
                                            absl::string_view id);

// The classes a way must pass and, of those it may, the ones asked.
[[nodiscard]] access::DataClassSet ClassesOf(const model::v1::Way& way,
                                             access::DataClassSet asked);

// The performer a way is meant for: its own, else the step's.
[[nodiscard]] const model::v1::Performer& ReceiverOf(
    const model::v1::Way& way, const model::v1::Step& step);

// Judges all classes of the passing, and whether the way is open at all, also
// when it passes none; `ground`, when not null, is told what each rests on.
// Null when all may pass; otherwise NO_GROUND with the tree of reasons, and who
// can give what is missing. A way in hand passes nothing and asks for nothing
// but its condition.
[[nodiscard]] RefusalPtr JudgePassing(const Passing& passing,
                                      const ReferralScene& scene,
                                      DisclosureVerdict* ground);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_GROUND_H_
