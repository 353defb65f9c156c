// lib/api/assessment_methods.h: AssessmentService.

#ifndef CAREROUTE_LIB_API_ASSESSMENT_METHODS_H_
#define CAREROUTE_LIB_API_ASSESSMENT_METHODS_H_

#include "lib/api/pipeline.h"

namespace careroute::api {

// Serves the engine's instruments and the assessments of cases; recording and
// disputing are case commands.
void AddAssessmentMethods(Pipeline& pipeline);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_ASSESSMENT_METHODS_H_
