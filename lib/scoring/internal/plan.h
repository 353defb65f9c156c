// lib/scoring/internal/plan.h: an instrument with its ids resolved and its
// numbers read, as scoring uses it.

#ifndef CAREROUTE_LIB_SCORING_INTERNAL_PLAN_H_
#define CAREROUTE_LIB_SCORING_INTERNAL_PLAN_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/instrument.pb.h"
#include "lib/scoring/exact.h"
#include "lib/scoring/internal/ends.h"

namespace careroute::scoring::internal {

// What is allowed where nothing is said (FrequencyAnswer.count_max).
inline constexpr int kCountMaxDefault = 100;

// Numbers stand for positions in the instrument's lists throughout; -1 = none.

struct PlanCondition {
  enum class Kind { kAnswer, kAll, kAny, kNot };
  Kind kind = Kind::kAnswer;
  int item = -1;
  std::vector<int> options;
  std::vector<PlanCondition> parts;
};

struct PlanItem {
  // One of the two forms of an answer: points by option, or weights.
  std::vector<Exact> points;
  bool is_frequency = false;
  std::optional<Exact> per_day;
  std::optional<Exact> per_week;
  std::optional<Exact> per_month;
  int count_max = kCountMaxDefault;
  // "scale/ID/" or "option/ID/": what keys of its options' texts begin with.
  std::string option_key;
  std::optional<PlanCondition> counts_if;
  model::v1::MissingAnswers missing = model::v1::MISSING_ANSWERS_REFUSE;
};

struct PlanBand {
  Ends ends;
  Exact points;
};

struct PlanModule {
  std::vector<int> items;
  std::vector<int> modules;
  std::vector<int> higher_of;
  std::vector<PlanBand> bands;
};

struct PlanLevelBand {
  Ends ends;
  int level = -1;
};

struct PlanOverride {
  PlanCondition when;
  int level = -1;
};

struct PlanVariant {
  int from_months = 0;
  std::optional<int> up_to_months;
  // By module; absent = as the instrument says.
  std::vector<std::optional<std::vector<int>>> items_of_module;
  // By item; UNSPECIFIED = as the instrument says.
  std::vector<model::v1::MissingAnswers> missing;
  int levels_up = 0;
};

struct Plan {
  std::vector<PlanItem> items;
  std::vector<PlanModule> modules;
  int total = -1;
  std::vector<PlanLevelBand> level_bands;
  int crosswalk_item = -1;
  // By option of that item: the level and the entry that says so.
  struct Crossing {
    int level = -1;
    int entry = -1;
  };
  std::vector<Crossing> crosswalk;
  std::vector<PlanOverride> overrides;
  std::vector<PlanVariant> variants;
};

// Of an instrument in which CheckInstrument found no error.
[[nodiscard]] Plan MakePlan(const model::v1::Instrument& instrument);

// The options of an item; null for one that is answered by a frequency, or
// whose scale does not exist.
[[nodiscard]] const google::protobuf::RepeatedPtrField<
    model::v1::InstrumentOption>*
OptionsOf(const model::v1::Instrument& instrument,
          const model::v1::InstrumentItem& item);

// The position of the element with this id; -1 when there is none.
template <typename List>
[[nodiscard]] int IndexOf(const List& list, absl::string_view id) {
  for (int i = 0; i < list.size(); ++i) {
    if (list.Get(i).id() == id) return i;
  }
  return -1;
}

}  // namespace careroute::scoring::internal

#endif  // CAREROUTE_LIB_SCORING_INTERNAL_PLAN_H_
