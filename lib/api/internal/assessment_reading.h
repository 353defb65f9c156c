// lib/api/internal/assessment_reading.h: one assessment of a case, scored
// again.

#ifndef CAREROUTE_LIB_API_INTERNAL_ASSESSMENT_READING_H_
#define CAREROUTE_LIB_API_INTERNAL_ASSESSMENT_READING_H_

#include "careroute/api/v1/assessment_service.pb.h"
#include "lib/api/pipeline.h"

namespace careroute::api::internal {

// What was found stands in the case; what was answered is opened in the event
// that recorded it, for whoever may see data of class MEDICAL and for the
// organisation that assessed, and scored by the edition it was made with.
void GetAssessment(engine::Engine& engine, const CallPtr& call,
                   const v1::GetAssessmentRequest& request,
                   base::Done<Served> done);

}  // namespace careroute::api::internal

#endif  // CAREROUTE_LIB_API_INTERNAL_ASSESSMENT_READING_H_
