// lib/exchange/internal/entry_words.h: the words of an entry of a case, out of
// the sealed parts of its event. Pure.

#ifndef CAREROUTE_LIB_EXCHANGE_INTERNAL_ENTRY_WORDS_H_
#define CAREROUTE_LIB_EXCHANGE_INTERNAL_ENTRY_WORDS_H_

#include <string>
#include <vector>

#include "careroute/model/v1/referral.pb.h"
#include "lib/engine/sealing.h"

namespace careroute::exchange::internal {

// Note, lateness and papers. Fields end with `of_entry`: nothing for an entry
// made here, "/" and its number for one that was mirrored.
void PutWords(const std::vector<engine::PlainClassPart>& parts,
              const std::string& of_entry, model::v1::ReferralEntry& entry);

// Texts, of which an event does not say whose they are: it has one entry with
// any.
void PutTexts(const std::vector<engine::PlainClassPart>& parts,
              model::v1::ReferralEntry& entry);

}  // namespace careroute::exchange::internal

#endif  // CAREROUTE_LIB_EXCHANGE_INTERNAL_ENTRY_WORDS_H_
