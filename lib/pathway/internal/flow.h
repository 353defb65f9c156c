// lib/pathway/internal/flow.h: what leads to what, with guards left aside.
//
// Steps and outcomes are numbered as written. Names that lead nowhere are left
// out; another rule reports them.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_FLOW_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_FLOW_H_

#include <string>
#include <utility>
#include <vector>

#include "lib/pathway/internal/check_context.h"

namespace careroute::pathway::internal {

// What one outcome does to the case.
struct OutcomeFlow {
  std::vector<int> starts;  // steps, each once
  // (step, outcome): live occurrences it ends.
  std::vector<std::pair<int, int>> ends;
  bool ends_case = false;
  bool continues = false;
  bool returns_to_caller = false;
  // Given by another step or by a condition, and nothing follows: it happens
  // together with what goes on elsewhere, never by itself.
  bool happens_with_another = false;
};

class Flow {
 public:
  explicit Flow(const CheckContext& context);

  [[nodiscard]] int size() const { return static_cast<int>(outcomes.size()); }
  // Steps reachable from the steps of `from`, themselves included, without
  // going through `without` (-1 = through any).
  [[nodiscard]] std::vector<bool> Reach(const std::vector<int>& from,
                                        int without) const;
  // All ways in at once, except those through `without`.
  [[nodiscard]] std::vector<bool> ReachFromOutside(int without) const;
  // For each step the least number of outcomes to an ending; -1 = none.
  [[nodiscard]] std::vector<int> DistancesToEnding() const;

  // By step, then by outcome as written; after them one more "outcome" that
  // continues, for what missed visits and disputes start, when there is any.
  std::vector<std::vector<OutcomeFlow>> outcomes;
  // Steps that start together with a step.
  std::vector<std::vector<int>> companions;
  // Every step one of whose outcomes, companions or returns may start next,
  // each once.
  std::vector<std::vector<int>> successors;
  // Steps whose outcome starts this one.
  std::vector<std::vector<int>> callers;
  // True for steps that begin anew by themselves.
  std::vector<bool> recurs;

  // Ways in from outside.
  std::vector<std::vector<int>> by_entry;  // by the entry's place
  std::vector<int> at_entry;
  std::vector<int> by_date;
  // By a fact, a flag of a report, an interrupt, or a hand.
  std::vector<int> by_event;

 private:
  void AddStarts(const CheckContext& context, int step);
  void AddOutcomes(const CheckContext& context, int step);
  void AddFactStarts(const CheckContext& context);
  void MarkGivenByAnother(const CheckContext& context);
  void AddInterrupts(const CheckContext& context);
  void Connect();
};

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_FLOW_H_
