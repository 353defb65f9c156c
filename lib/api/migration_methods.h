// lib/api/migration_methods.h: cases moved from one edition to another.

#ifndef CAREROUTE_LIB_API_MIGRATION_METHODS_H_
#define CAREROUTE_LIB_API_MIGRATION_METHODS_H_

#include "lib/api/pipeline.h"

namespace careroute::api {

// MigrateCases of PathwayService.
void AddMigrationMethods(Pipeline& pipeline);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_MIGRATION_METHODS_H_
