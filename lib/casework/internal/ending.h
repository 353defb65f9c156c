// lib/casework/internal/ending.h: a case ends, and comes back.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_ENDING_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_ENDING_H_

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"
#include "lib/casework/internal/draft.h"

namespace careroute::casework::internal {

// Ends the case: what stays open for the household stays, all other live work
// is set aside, so that an ending by mistake can be taken back. Clocks stop,
// drafts are cancelled, cancel is asked for what was sent.
void EndCase(absl::string_view ending,
             const google::protobuf::RepeatedPtrField<std::string>& keeps_open,
             Draft& draft);

// Takes the ending back: what was set aside lives again, consents that lapsed
// with it are in force again.
void ReopenCase(Draft& draft);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_ENDING_H_
