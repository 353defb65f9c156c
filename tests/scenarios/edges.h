// tests/scenarios/edges.h: what a pathway can do, edge by edge, and what runs
// have shown of it.
//
// An edge is a sentence: "intake/not_needed rechecks second_look". The model
// says which there are; the events of played scenarios say which were walked.
// Nothing a scenario claims counts.
//
//   std::set<std::string> missing = EdgesOf(pathway);
//   AddWalked(pathway, played, walked);

#ifndef CAREROUTE_TESTS_SCENARIOS_EDGES_H_
#define CAREROUTE_TESTS_SCENARIOS_EDGES_H_

#include <set>
#include <string>

#include "careroute/model/v1/pathway.pb.h"
#include "tests/scenarios/player.h"

namespace careroute::scenarios {

using Edges = std::set<std::string>;

// Every edge of a bound pathway.
[[nodiscard]] Edges EdgesOf(const model::v1::Pathway& pathway);

// Adds the edges that what was played shows. It may add what is no edge of the
// model, such as a step that started by itself in no declared way.
void AddWalked(const model::v1::Pathway& pathway, const Played& played,
               Edges& walked);

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_EDGES_H_
