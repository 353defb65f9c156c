// lib/measures/entitlement.h: has a family a right to a measure?
//
//   if (Concerns(measure, edition) && IsOpenOn(measure, today)) {
//     model::v1::Entitlement answer = EntitlementOf(measure, view);
//   }
//
// Not known is an answer: a family with facts nobody recorded may well have the
// right, and is told that somebody must ask.

#ifndef CAREROUTE_LIB_MEASURES_ENTITLEMENT_H_
#define CAREROUTE_LIB_MEASURES_ENTITLEMENT_H_

#include "absl/functional/function_ref.h"
#include "absl/time/civil_time.h"
#include "careroute/model/v1/route.pb.h"
#include "careroute/model/v1/support_measure.pb.h"
#include "lib/pathway/case_view.h"
#include "lib/pathway/edition.h"

namespace careroute::measures {

// Whether families of the pathway can have a right to it at all: the measure
// names the pathway or none, and every fact it asks for is declared there, with
// the values it compares with.
[[nodiscard]] bool Concerns(const model::v1::SupportMeasure& measure,
                            const pathway::Edition& edition);

// YES, NO or NOT_KNOWN, by the facts of the view. Without a condition: YES.
[[nodiscard]] model::v1::Entitlement EntitlementOf(
    const model::v1::SupportMeasure& measure, const pathway::CaseView& view);

// Whether it can be applied for on the day.
[[nodiscard]] bool IsOpenOn(const model::v1::SupportMeasure& measure,
                            absl::CivilDay day);

// Every test of a fact the measure asks, until `visit` returns false.
void VisitFactTests(const model::v1::SupportMeasure& measure,
                    absl::FunctionRef<bool(const model::v1::FactTest&)> visit);

}  // namespace careroute::measures

#endif  // CAREROUTE_LIB_MEASURES_ENTITLEMENT_H_
