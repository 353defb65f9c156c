// lib/pathway/internal/satisfy.h: can a condition ever be yes?
//
//   Satisfier satisfier(context);
//   if (!satisfier.CanHold(guard.must_hold())) {
//     Report(satisfier.conflict());   // "fact weeks"
//   }
//
// A guard that asks one fact for two values at once, or a child to be older
// than five and younger than three, reads well and locks its step for ever.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_SATISFY_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_SATISFY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "careroute/model/v1/condition.pb.h"
#include "lib/pathway/internal/check_context.h"

namespace careroute::pathway::internal {

// Borrows the context, which must outlive it. Not thread-safe.
class Satisfier {
 public:
  explicit Satisfier(const CheckContext& context) : context_(context) {}

  // False only when no recorded facts, age, entry, tracks and outcomes at all
  // make it yes. What the pathway alone does not decide (parameters, another
  // finding's facts, how old a fact is) counts as possible. All questions
  // together share a bound of work; beyond it everything is possible.
  [[nodiscard]] bool CanHold(const model::v1::Condition& condition);

  // After a no: what is asked for two things at once, as words: "fact weeks".
  [[nodiscard]] const std::string& conflict() const { return conflict_; }

 private:
  // A part of the condition that must be yes, or must be no.
  struct Demand {
    const model::v1::Condition* part;
    bool yes;
  };
  using Demands = std::vector<Demand>;

  [[nodiscard]] bool Solve(Demands open, Demands held);
  [[nodiscard]] bool SolveOneOf(const model::v1::ConditionList& parts, bool yes,
                                const Demands& open, const Demands& held);
  [[nodiscard]] bool Agrees(const Demand& demand, const Demands& held);
  [[nodiscard]] bool FactAgrees(const Demand& demand, const Demands& held);
  [[nodiscard]] bool AgeAgrees(const Demand& demand, const Demands& held);
  [[nodiscard]] bool EntryAgrees(const Demands& all);

  const CheckContext& context_;
  std::string conflict_;
  // Parts looked at so far.
  std::int64_t work_ = 0;
};

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_SATISFY_H_
