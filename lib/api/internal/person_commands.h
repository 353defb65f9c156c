// lib/api/internal/person_commands.h: every method that is one command to a
// person's record, by reflection, as lib/api/case_commands.h does for cases.

#ifndef CAREROUTE_LIB_API_INTERNAL_PERSON_COMMANDS_H_
#define CAREROUTE_LIB_API_INTERNAL_PERSON_COMMANDS_H_

#include "lib/api/pipeline.h"

namespace careroute::api::internal {

void AddPersonCommands(Pipeline& pipeline);

}  // namespace careroute::api::internal

#endif  // CAREROUTE_LIB_API_INTERNAL_PERSON_COMMANDS_H_
