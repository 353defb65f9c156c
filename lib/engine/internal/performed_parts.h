// lib/engine/internal/performed_parts.h: takes out of an event of a referral
// that is performed here what must be sealed, and puts it back.
//
// The clear event keeps moves, times, codes and the kinds of papers; who the
// person is, words, papers and results go into one part a class. The edition
// that declares facts and criteria is not here, so both are MEDICAL, the
// strictest they can be. Put back together the event is as it was.
//
//   for (const PlainClassPart& part : TakeParts(event)) SealPart(..., header);
//   PutBack(opened, event);

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_PERFORMED_PARTS_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_PERFORMED_PARTS_H_

#include <vector>

#include "careroute/event/v1/referral_event.pb.h"
#include "lib/engine/sealing.h"

namespace careroute::engine::internal {

// At most one part for each class, in the order of classes.
[[nodiscard]] std::vector<PlainClassPart> TakeParts(
    event::v1::ReferralEvent& event);

// Some parts may be missing: what they held stays out.
void PutBack(const std::vector<PlainClassPart>& parts,
             event::v1::ReferralEvent& event);

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_PERFORMED_PARTS_H_
