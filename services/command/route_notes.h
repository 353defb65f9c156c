// services/command/route_notes.h: what a row of a route waits for and rests on,
// a line each.

#ifndef CAREROUTE_SERVICES_COMMAND_ROUTE_NOTES_H_
#define CAREROUTE_SERVICES_COMMAND_ROUTE_NOTES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/explanation.pb.h"
#include "careroute/model/v1/route.pb.h"
#include "services/command/table.h"
#include "services/command/wall.h"

namespace careroute::services {

// Whom to turn to and what stands in the way first, then what to bring, then
// rules and sources. Empty for a row that is done.
[[nodiscard]] std::vector<Note> RouteNotes(const model::v1::RouteRow& row,
                                           const Wall& wall);

// "the guard — part: no; part: not known; can be met by: ...": a tree of
// reasons in one line, only the leaves that are not yes.
[[nodiscard]] std::string ReasonWords(const model::v1::Explanation& reason,
                                      absl::string_view language);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_ROUTE_NOTES_H_
