// lib/engine/internal/route_parts.h: the parts of a route, each made from the
// page.

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_ROUTE_PARTS_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_ROUTE_PARTS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "careroute/model/v1/route.pb.h"
#include "lib/engine/internal/route_page.h"
#include "lib/engine/internal/route_view.h"

namespace careroute::engine::internal {

void FillHeader(const RoutePage& page, model::v1::RouteHeader& header);

// Rows: what ended, what lives, what comes.
void AddDone(const RoutePage& page, model::v1::Route& route);
void AddLive(const RoutePage& page, model::v1::Route& route);
void AddNext(const RoutePage& page, model::v1::Route& route);

void AddUpcoming(const RoutePage& page, model::v1::Route& route);
void AddHoldings(const RoutePage& page, model::v1::Route& route);
// Support measures: told ones as they stand, and those to be told of.
void AddMeasures(const RoutePage& page, model::v1::Route& route);
void AddWeek(const RoutePage& page, model::v1::Route& route);

// --- Shared by rows ---------------------------------------------------------

// Everything that stands in the pathway about the step: titles, stage.
void FillFromStep(const RoutePage& page, const model::v1::Step& step,
                  pathway::SubjectRef subject, model::v1::RouteRow& row);

// Whoever performs a step nobody was chosen for yet: a role, the family, the
// organisation of another step. Sets whose move it would be.
void FillExpectedPerformer(const RoutePage& page, const model::v1::Step& step,
                           model::v1::RouteRow& row);

// The deadlines that run on the occurrence, nearest first, then limits of the
// step that nobody gave a number.
void AddDeadlines(const RoutePage& page, const model::v1::Step& step,
                  int32_t occurrence, model::v1::RouteRow& row);
// The deadlines that were over when a step ended.
void AddMissed(const RoutePage& page, const model::v1::Step& step,
               absl::Span<const casework::DeadlineRecord> missed,
               model::v1::RouteRow& row);
// The limits of a step that has not started, without dates.
void AddLimits(const RoutePage& page, const model::v1::Step& step,
               model::v1::RouteRow& row);
// The stops that hold clocks of the row now.
void AddStops(const RoutePage& page, const model::v1::Step& step,
              int32_t occurrence, model::v1::RouteRow& row);

// Guards that keep work from beginning, as `view` answers them.
void AddUnmetGuards(const RoutePage& page, const model::v1::Step& step,
                    pathway::SubjectRef subject, const pathway::CaseView& view,
                    model::v1::RouteRow& row);

// Refusals and silence on the way of an occurrence and of those that called it,
// as long as it lived: until `ended`, or now.
void AddObstacles(const RoutePage& page, const casework::Occurrence& occurrence,
                  absl::Time ended, model::v1::RouteRow& row);

// The first outcome written that ends the step; null = none does.
[[nodiscard]] const model::v1::Outcome* MainOutcome(
    const model::v1::Step& step);

// Stages of life: those a main way from an entry or a date passes. Other
// stages hold what may happen on any day.
[[nodiscard]] std::vector<std::string> StagesOfLife(
    const pathway::Edition& edition);

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_ROUTE_PARTS_H_
