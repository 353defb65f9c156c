// lib/casework/assessment_record.h: what is kept of an assessment.
//
// What it found, not what was answered: the answers stay sealed in the event
// that recorded it. A total is kept like a fact of class MEDICAL: in the clear
// part of the event, shown to nobody who may not see that class. A re-check
// can then be compared with what it looks at again, by the record alone.
//
//   const AssessmentRecord* one = FindAssessment(state, 3);
//   if (one != nullptr && one->total.has_value()) ...

#ifndef CAREROUTE_LIB_CASEWORK_ASSESSMENT_RECORD_H_
#define CAREROUTE_LIB_CASEWORK_ASSESSMENT_RECORD_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "lib/scoring/exact.h"

namespace careroute::casework {

// Assessments kept of one case: a childhood of yearly ones, each looked at
// twice. Older ones stay in the stream, and nothing asks for them any more.
inline constexpr size_t kAssessmentsKeptMax = 40;

// See model.v1.Assessment.
struct AssessmentRecord {
  int32_t number = 0;  // in the case, never used again
  std::string step;
  int32_t occurrence = 0;  // may be over
  std::string instrument;
  std::string edition;
  std::string date;   // YYYY-MM-DD
  std::string level;  // empty = none was found
  std::optional<scoring::Exact> total;
  std::string assessor;  // "organisations/{o}/members/{m}"
  int32_t rechecks = 0;  // number of the one it looks at again; 0 = none
  std::optional<scoring::Exact> gap;
  bool level_differs = false;
  std::optional<absl::Time> disputed;
  int64_t version = 0;  // of the event that recorded it

  friend bool operator==(const AssessmentRecord&,
                         const AssessmentRecord&) = default;
};

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_ASSESSMENT_RECORD_H_
