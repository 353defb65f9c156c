// lib/api/member_methods.h: absences, dismissal and workload of members.

#ifndef CAREROUTE_LIB_API_MEMBER_METHODS_H_
#define CAREROUTE_LIB_API_MEMBER_METHODS_H_

#include "lib/api/pipeline.h"

namespace careroute::api {

// AddAbsence, EndAbsence, DismissMember and ListWorkload of DirectoryService.
void AddMemberMethods(Pipeline& pipeline);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_MEMBER_METHODS_H_
