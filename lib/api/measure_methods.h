// lib/api/measure_methods.h: MeasureService, but for its command.

#ifndef CAREROUTE_LIB_API_MEASURE_METHODS_H_
#define CAREROUTE_LIB_API_MEASURE_METHODS_H_

#include "lib/api/pipeline.h"

namespace careroute::api {

// Serves the engine's support measures. RecordMeasure is a command to a case
// like any other: lib/api/case_commands.h.
void AddMeasureMethods(Pipeline& pipeline);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_MEASURE_METHODS_H_
