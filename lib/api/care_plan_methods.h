// lib/api/care_plan_methods.h: CarePlanService.

#ifndef CAREROUTE_LIB_API_CARE_PLAN_METHODS_H_
#define CAREROUTE_LIB_API_CARE_PLAN_METHODS_H_

#include "lib/api/pipeline.h"

namespace careroute::api {

void AddCarePlanMethods(Pipeline& pipeline);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_CARE_PLAN_METHODS_H_
