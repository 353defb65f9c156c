// lib/casework/view.h: a case as callers read it.
//
//   const model::v1::Case reply = ToModel(state, {.case_id = id});
//
// Nothing is withheld here: lib/access removes afterwards what the caller may
// not see.

#ifndef CAREROUTE_LIB_CASEWORK_VIEW_H_
#define CAREROUTE_LIB_CASEWORK_VIEW_H_

#include <string>

#include "careroute/model/v1/case.pb.h"
#include "lib/base/uid.h"
#include "lib/casework/case.h"

namespace careroute::casework {

// "cases/{case}" and the names below it.
[[nodiscard]] std::string CaseName(const base::Uid& case_id);
[[nodiscard]] std::string ReferralName(const base::Uid& case_id,
                                       int32_t number);
[[nodiscard]] std::string ConsentName(const base::Uid& case_id, int32_t number);
[[nodiscard]] std::string PersonName(const std::string& person_bytes);

// The number at the end of a name such as "cases/{case}/consents/{n}"; 0 when
// there is none.
[[nodiscard]] int32_t NumberOf(absl::string_view name);

[[nodiscard]] model::v1::Case ToModel(const Case& state,
                                      const base::Uid& case_id);
// The same into a message that is empty, wherever it is allocated.
void PutModel(const Case& state, const base::Uid& case_id,
              model::v1::Case& into);

[[nodiscard]] model::v1::MeasureRecord ToModel(const MeasureRecord& measure);
[[nodiscard]] model::v1::Consent ToModel(const ConsentRecord& consent,
                                         const base::Uid& case_id);

[[nodiscard]] model::v1::Deadline ToModel(const DeadlineRecord& deadline);

[[nodiscard]] model::v1::Fact ToModel(const FactRecord& fact);

// Numbers read as in the language.
[[nodiscard]] model::v1::Assessment ToModel(const AssessmentRecord& assessment,
                                            absl::string_view language = "en");

[[nodiscard]] model::v1::CarePlan ToModel(const PlanRecord& plan);

[[nodiscard]] model::v1::EmergencySight ToModel(
    const EmergencyRecord& emergency);

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_VIEW_H_
