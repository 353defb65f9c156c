// lib/api/consent_methods.h: ConsentService besides the plain commands.

#ifndef CAREROUTE_LIB_API_CONSENT_METHODS_H_
#define CAREROUTE_LIB_API_CONSENT_METHODS_H_

#include "lib/api/pipeline.h"

namespace careroute::api {

// ListConsents, ExplainVerdict.
void AddConsentMethods(Pipeline& pipeline);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_CONSENT_METHODS_H_
