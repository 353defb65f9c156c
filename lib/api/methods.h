// lib/api/methods.h: every method of this release, added once.

#ifndef CAREROUTE_LIB_API_METHODS_H_
#define CAREROUTE_LIB_API_METHODS_H_

#include "lib/api/pipeline.h"

namespace careroute::api {

// Fills the pipeline's table with all of careroute.api.v1.
void AddAllMethods(Pipeline& pipeline);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_METHODS_H_
