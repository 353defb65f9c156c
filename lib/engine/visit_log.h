// lib/engine/visit_log.h: visits planned against done, from the events.
//
// The folded case keeps only the latest visits; what came of all of them over a
// week or a month stands in the events alone.
//
//   const auto rows = VisitLogOf(history, {.edition = edition,
//                                          .step = "care_package",
//                                          .first_date = "2026-03-01",
//                                          .last_date = "2026-03-31"});

#ifndef CAREROUTE_LIB_ENGINE_VISIT_LOG_H_
#define CAREROUTE_LIB_ENGINE_VISIT_LOG_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "careroute/model/v1/service_visits.pb.h"
#include "lib/casework/case.h"
#include "lib/engine/cases.h"
#include "lib/pathway/edition.h"

namespace careroute::engine {

struct VisitQuestion {
  const pathway::Edition& edition;
  // Id of the step that keeps the plan, and what the plan belongs to: visits of
  // the steps it plans are counted, those of its own too.
  std::string step;
  casework::SubjectRef subject;
  // Planned days that count, YYYY-MM-DD; empty = open.
  std::string first_date;
  std::string last_date;
};

// A row a service, by id. What an interrupt passed over counts as planned and
// as nothing else. `events` are all of the case, from the first.
[[nodiscard]] std::vector<model::v1::ServiceVisits> VisitLogOf(
    absl::Span<const CaseHistory> events, const VisitQuestion& question);

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_VISIT_LOG_H_
