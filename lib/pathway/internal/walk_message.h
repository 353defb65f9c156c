// lib/pathway/internal/walk_message.h: every message inside a message, with
// its path; lib/catalogue walks.
//
// Under the names of this library.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_WALK_MESSAGE_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_WALK_MESSAGE_H_

#include "lib/catalogue/walk_message.h"

namespace careroute::pathway::internal {

using catalogue::FieldPath;
using catalogue::ForEachString;
using catalogue::kMessageDepthMax;
using catalogue::ReplaceStrings;
using catalogue::StringAt;
using catalogue::WalkMessages;
using catalogue::WalkMutableMessages;

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_WALK_MESSAGE_H_
