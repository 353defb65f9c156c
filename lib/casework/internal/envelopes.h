// lib/casework/internal/envelopes.h: what the performer's hub is told of a
// referral whose halves are kept by two hubs.
//
// An event of the case names what leaves, it holds no copy of it: the envelope
// is built and judged when it is sent. Envelopes of one referral are numbered
// from 1 without a gap, whatever they tell.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_ENVELOPES_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_ENVELOPES_H_

#include "absl/strings/string_view.h"
#include "lib/access/data_class_set.h"
#include "lib/casework/context.h"
#include "lib/casework/internal/draft.h"
#include "lib/casework/referral.h"

namespace careroute::casework::internal {

// The hub that writes the performer's half; empty = this one, or nobody. A
// referral stays where its half has begun, wherever its performer moves.
[[nodiscard]] absl::string_view HubOf(const Referral& referral,
                                      const DirectoryAnswers& directory);

// Whether this hub hosts the performer: what its hub does by itself happens at
// once.
[[nodiscard]] bool IsPerformedHere(const Referral& referral,
                                   const DirectoryAnswers& directory);

// What was disclosed with the referral may be used no more: `classes` lost
// their ground when the consent of this number ended.
void Recall(const Referral& referral, access::DataClassSet classes,
            int32_t consent, Draft& draft);

// The next envelope of the referral is one that its hub knows already.
void TellAgain(const Referral& referral, Draft& draft);

// One message for each referral sent to another hub whose request half grew in
// this command; of a case that is erased also the word to erase. Run when the
// command has no more effects.
void AddEnvelopes(Draft& draft);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_ENVELOPES_H_
