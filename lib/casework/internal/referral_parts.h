// lib/casework/internal/referral_parts.h: takes what must be sealed out of the
// messages of a referral.
//
// The clear event keeps moves, times, codes and declared facts; words, papers
// and what was disclosed go into one part a class.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_PARTS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_PARTS_H_

#include "careroute/model/v1/referral.pb.h"
#include "google/protobuf/repeated_field.h"
#include "lib/casework/internal/parts.h"
#include "lib/pathway/edition.h"

namespace careroute::casework::internal {

// Words, texts and the numbers of papers. The kinds of papers stay: an outcome
// needs them.
void TakeParts(
    google::protobuf::RepeatedPtrField<model::v1::ReferralEntry>& entries,
    Parts& parts);

// The same for entries another hub wrote, of which one event may hold several:
// the field of each word ends with "/" and the number of its entry.
void TakeMirroredParts(
    google::protobuf::RepeatedPtrField<model::v1::ReferralEntry>& entries,
    Parts& parts);

// Identity and needs class by class, texts, and the codes of grounds. Way,
// consent, classes and time stay.
void TakeParts(const pathway::Edition& edition, model::v1::Disclosed& disclosed,
               Parts& parts);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_PARTS_H_
