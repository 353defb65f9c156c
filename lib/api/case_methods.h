// lib/api/case_methods.h: CaseService besides the plain commands.

#ifndef CAREROUTE_LIB_API_CASE_METHODS_H_
#define CAREROUTE_LIB_API_CASE_METHODS_H_

#include "lib/api/pipeline.h"

namespace careroute::api {

// ReportNeed, GetCase, ListCases, ListEvents.
void AddCaseMethods(Pipeline& pipeline);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_CASE_METHODS_H_
