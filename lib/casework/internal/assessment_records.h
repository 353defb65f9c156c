// lib/casework/internal/assessment_records.h: assessments between their proto
// and their plain form, and what an event makes of them.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_ASSESSMENT_RECORDS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_ASSESSMENT_RECORDS_H_

#include <cstdint>

#include "absl/time/time.h"
#include "careroute/model/v1/case.pb.h"
#include "lib/casework/case.h"

namespace careroute::casework::internal {

// Total for hostile messages: a number that is none is absent.
[[nodiscard]] AssessmentRecord FromProto(const model::v1::Assessment& proto);
void ToProto(const AssessmentRecord& assessment, model::v1::Assessment* proto);

// Records it as of the event of that version; the oldest beyond what is kept
// goes.
void PutAssessment(AssessmentRecord assessment, int64_t version, Case& state);

// Marks it as disputed, once.
void MarkDisputed(int32_t number, absl::Time when, Case& state);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_ASSESSMENT_RECORDS_H_
