// lib/api/route_methods.h: CaseService.GetRoute.

#ifndef CAREROUTE_LIB_API_ROUTE_METHODS_H_
#define CAREROUTE_LIB_API_ROUTE_METHODS_H_

#include "lib/api/pipeline.h"

namespace careroute::api {

void AddRouteMethods(Pipeline& pipeline);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_ROUTE_METHODS_H_
