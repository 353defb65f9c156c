// lib/api/watches.h: the streaming methods.
//
// A case's watch sends every event and resumes by version. A list's watch is
// level-triggered: it sends the current row of what changed, may repeat, never
// skips, and resumes by the store's position. A watch asks what the caller may
// see again with each message.

#ifndef CAREROUTE_LIB_API_WATCHES_H_
#define CAREROUTE_LIB_API_WATCHES_H_

#include "lib/api/pipeline.h"

namespace careroute::api {

// WatchCase, WatchCases, WatchReferrals.
void AddWatches(Pipeline& pipeline);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_WATCHES_H_
