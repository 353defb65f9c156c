// lib/api/registry_methods.h: RegistryService.

#ifndef CAREROUTE_LIB_API_REGISTRY_METHODS_H_
#define CAREROUTE_LIB_API_REGISTRY_METHODS_H_

#include "lib/api/pipeline.h"

namespace careroute::api {

void AddRegistryMethods(Pipeline& pipeline);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_REGISTRY_METHODS_H_
