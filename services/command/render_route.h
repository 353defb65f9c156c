// services/command/render_route.h: a route as people read it.
//
//   out << RenderRoute(route, screen);        // the coordinator's page
//   out << RenderFamilySheet(route, screen);  // to print and hand over
//
// In the route's language, on the wall clock of its coordinator. What was
// withheld is simply absent, and the page says which classes are.

#ifndef CAREROUTE_SERVICES_COMMAND_RENDER_ROUTE_H_
#define CAREROUTE_SERVICES_COMMAND_RENDER_ROUTE_H_

#include <string>

#include "careroute/model/v1/route.pb.h"
#include "services/command/screen.h"

namespace careroute::services {

// Header, the rows with what they wait for, and what comes below: the next 90
// days, who holds which data, this week's visits.
[[nodiscard]] std::string RenderRoute(const model::v1::Route& route,
                                      const Screen& screen);

// Plain sentences under large headings, without colours, ids, rules or other
// people's affairs. The route must have been asked for the family.
[[nodiscard]] std::string RenderFamilySheet(const model::v1::Route& route,
                                            const Screen& screen);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_RENDER_ROUTE_H_
