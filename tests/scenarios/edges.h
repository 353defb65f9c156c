// tests/scenarios/edges.h: what a pathway can do, edge by edge, and what runs
// have shown of it.
//
// An edge is a sentence: "intake/not_needed rechecks second_look". The model
// says which there are; the events of played scenarios say which were walked.
// Nothing a scenario claims counts.
//
//   Edges edges = EdgesOfSteps(pathway, all);
//   AddWalked(pathway, played, walked);

#ifndef CAREROUTE_TESTS_SCENARIOS_EDGES_H_
#define CAREROUTE_TESTS_SCENARIOS_EDGES_H_

#include <functional>
#include <set>
#include <string>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/pathway.pb.h"
#include "tests/scenarios/player.h"

namespace careroute::scenarios {

using Edges = std::set<std::string>;

// Whether edges of this step are asked for.
using StepFilter = std::function<bool(absl::string_view step)>;

// Every edge of the steps of a bound pathway.
[[nodiscard]] Edges EdgesOfSteps(const model::v1::Pathway& pathway,
                                 const StepFilter& asked);

// Every edge of what holds over its steps: tracks, stops, interrupts, endings.
[[nodiscard]] Edges EdgesOfCase(const model::v1::Pathway& pathway);

// Adds the edges that what was played shows. It may add what is no edge of the
// model, such as a step that started by itself in no declared way.
void AddWalked(const model::v1::Pathway& pathway, const Played& played,
               Edges& walked);

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_EDGES_H_
