// lib/casework/internal/settle.h: lets the rules of the edition run until they
// come to rest.
//
// Every change the draft was told of asks the rules that depend on it again;
// what they do are changes in turn. The draft counts all of them, so a pathway
// whose rules start each other for ever overflows and is refused.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_SETTLE_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_SETTLE_H_

#include "lib/casework/internal/draft.h"

namespace careroute::casework::internal {

// Run once, after the command's own effects. The caller asks overflown().
void Settle(Draft& draft);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_SETTLE_H_
