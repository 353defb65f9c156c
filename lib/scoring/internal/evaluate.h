// lib/scoring/internal/evaluate.h: the reckoning itself, in numbers.

#ifndef CAREROUTE_LIB_SCORING_INTERNAL_EVALUATE_H_
#define CAREROUTE_LIB_SCORING_INTERNAL_EVALUATE_H_

#include <optional>
#include <vector>

#include "careroute/model/v1/assessment.pb.h"
#include "lib/base/problems.h"
#include "lib/scoring/exact.h"
#include "lib/scoring/instrument.h"
#include "lib/scoring/internal/sheet.h"

namespace careroute::scoring::internal {

struct ItemResult {
  model::v1::ScoredItemState state = model::v1::SCORED_ITEM_STATE_NOT_ASKED;
  Exact points;     // 0 unless it was answered
  int module = -1;  // the module it counts in; -1 = it serves a condition
};

struct ModuleResult {
  std::optional<Exact> raw;     // absent = cannot be counted
  std::optional<Exact> points;  // likewise
  int band = -1;                // -1 = it has no bands
};

struct Result {
  std::vector<ItemResult> items;
  std::vector<ModuleResult> modules;
  std::optional<Exact> total;
  bool countable = true;
  int level_band = -1;         // position of the band of the total
  int crossing = -1;           // position of the entry of the crosswalk
  int level_before = -1;       // by band or crosswalk alone
  int level = -1;              // after age and overrides; -1 = none to say
  std::vector<int> overrides;  // those that are met
};

// Adds a problem for every answer that is missing and refused; the result is
// then not to be used.
[[nodiscard]] Result Evaluate(const Instrument& instrument, const Sheet& sheet,
                              base::Problems& problems);

// The items a module adds up at the sheet's age.
[[nodiscard]] const std::vector<int>& ItemsOf(const Plan& plan,
                                              const Sheet& sheet, int module);

}  // namespace careroute::scoring::internal

#endif  // CAREROUTE_LIB_SCORING_INTERNAL_EVALUATE_H_
