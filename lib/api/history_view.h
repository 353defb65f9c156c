// lib/api/history_view.h: an event of a case as one caller reads it.

#ifndef CAREROUTE_LIB_API_HISTORY_VIEW_H_
#define CAREROUTE_LIB_API_HISTORY_VIEW_H_

#include "careroute/api/v1/case_service.pb.h"
#include "lib/api/viewer.h"
#include "lib/engine/cases.h"

namespace careroute::api {

// The event with the parts the viewer may read; the others are named.
[[nodiscard]] v1::CaseHistoryEvent HistoryEventOf(
    const engine::CaseHistory& history, const Viewer& viewer);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_HISTORY_VIEW_H_
