// lib/api/internal/person_merges.h: MergePersons and UnmergePersons.
//
// Each is a sequence over two records, so neither is one command of
// person_commands.h.

#ifndef CAREROUTE_LIB_API_INTERNAL_PERSON_MERGES_H_
#define CAREROUTE_LIB_API_INTERNAL_PERSON_MERGES_H_

#include "lib/api/pipeline.h"

namespace careroute::api::internal {

void AddPersonMerges(Pipeline& pipeline);

}  // namespace careroute::api::internal

#endif  // CAREROUTE_LIB_API_INTERNAL_PERSON_MERGES_H_
