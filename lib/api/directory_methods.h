// lib/api/directory_methods.h: DirectoryService.

#ifndef CAREROUTE_LIB_API_DIRECTORY_METHODS_H_
#define CAREROUTE_LIB_API_DIRECTORY_METHODS_H_

#include "lib/api/pipeline.h"

namespace careroute::api {

void AddDirectoryMethods(Pipeline& pipeline);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_DIRECTORY_METHODS_H_
