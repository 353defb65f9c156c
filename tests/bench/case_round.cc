#include "tests/bench/case_round.h"

#include <algorithm>
#include <utility>

#include "lib/base/check.h"

namespace careroute::bench {

CaseRound::CaseRound(std::vector<NamedCase> cases, size_t slots)
    : cases_(std::move(cases)), turns_(std::min(slots, cases_.size()), 0) {
  CAREROUTE_CHECK(!turns_.empty());
}

// Slot s goes over the cases s, s + slots, s + 2 slots, ...
CaseRound::Turn CaseRound::Next(size_t slot) {
  const size_t own = (cases_.size() - slot - 1) / turns_.size() + 1;
  const size_t turn = turns_[slot]++;
  return {.of = cases_[slot + turn % own * turns_.size()], .round = turn / own};
}

}  // namespace careroute::bench
