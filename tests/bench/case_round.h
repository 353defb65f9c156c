// tests/bench/case_round.h: cases taken in turn by several slots.
//
//   CaseRound round(cases, 64);
//   const NamedCase& mine = round.Next(slot).of;

#ifndef CAREROUTE_TESTS_BENCH_CASE_ROUND_H_
#define CAREROUTE_TESTS_BENCH_CASE_ROUND_H_

#include <cstddef>
#include <string>
#include <vector>

#include "careroute/model/v1/actor.pb.h"

namespace careroute::bench {

// A case, and who may do anything there.
struct NamedCase {
  std::string name;  // "cases/{case}"
  model::v1::Actor coordinator;
};

// Each slot goes over cases of its own, again and again, so that no call waits
// for another slot's. Different slots may be asked by different threads.
class CaseRound {
 public:
  // At least one case and one slot; more slots than cases are left out.
  CaseRound(std::vector<NamedCase> cases, size_t slots);

  struct Turn {
    const NamedCase& of;
    size_t round = 0;  // how often the slot has gone through its cases
  };
  [[nodiscard]] Turn Next(size_t slot);
  [[nodiscard]] size_t slots() const { return turns_.size(); }

 private:
  const std::vector<NamedCase> cases_;
  std::vector<size_t> turns_;  // of each slot
};

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_CASE_ROUND_H_
