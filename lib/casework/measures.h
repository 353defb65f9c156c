// lib/casework/measures.h: where a support measure may go from where it stands.
//
// The table behind RecordMeasure, and when a family is told of nothing at all.
// A route asks the same questions, so that it never offers what would be
// refused.
//
//   if (IsSilence(view.CurrentFact(kSilenceFacts[0]))) return;  // not now
//   MayMove(MEASURE_STATE_REFUSED, MEASURE_STATE_APPLIED, false);  // again:
//   yes

#ifndef CAREROUTE_LIB_CASEWORK_MEASURES_H_
#define CAREROUTE_LIB_CASEWORK_MEASURES_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/case.pb.h"
#include "lib/casework/case.h"

namespace careroute::casework {

// Declared by the block that tells of support measures. While one of them is
// true nobody is told of a measure; what was never said keeps nobody silent.
inline constexpr absl::string_view kSilenceFacts[] = {"quiet_asked",
                                                      "loss_in_family"};

// Whether the record of such a fact asks for silence; null = none was made.
[[nodiscard]] bool IsSilence(const FactRecord* record);

// Whether a measure that stands at `from` may be recorded at `to`; UNSPECIFIED
// is a measure the family was not told of. One that comes without application
// may be granted before anybody spoke of it.
[[nodiscard]] bool MayMove(model::v1::MeasureState from,
                           model::v1::MeasureState to, bool proactive);

// Every state it may move to, in the order of the enum.
[[nodiscard]] std::vector<model::v1::MeasureState> MovesFrom(
    model::v1::MeasureState from, bool proactive);

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_MEASURES_H_
