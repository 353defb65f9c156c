// lib/api/audit_methods.h: AuditService.

#ifndef CAREROUTE_LIB_API_AUDIT_METHODS_H_
#define CAREROUTE_LIB_API_AUDIT_METHODS_H_

#include "lib/api/pipeline.h"

namespace careroute::api {

void AddAuditMethods(Pipeline& pipeline);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_AUDIT_METHODS_H_
