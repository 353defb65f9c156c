#include "lib/scoring/internal/evaluate.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/scoring/internal/plan.h"

namespace careroute::scoring::internal {
namespace {

using model::v1::MissingAnswers;

// Is a condition met? Not known when an answer is missing that would say.
enum class Met { kNo, kUnknown, kYes };

class Evaluator {
 public:
  Evaluator(const Instrument& instrument, const Sheet& sheet,
            base::Problems& problems)
      : instrument_(instrument),
        plan_(instrument.plan()),
        sheet_(sheet),
        problems_(problems) {
    result_.items.resize(plan_.items.size());
    result_.modules.resize(plan_.modules.size());
    asked_.resize(plan_.items.size(), false);
    done_.resize(plan_.items.size(), false);
  }

  Result Run() {
    AskItems();
    for (size_t i = 0; i < plan_.items.size(); ++i) {
      ReckonItem(static_cast<int>(i));
    }
    if (plan_.total >= 0) {
      ReckonModule(plan_.total);
      result_.total = result_.modules[static_cast<size_t>(plan_.total)].points;
      result_.countable = result_.total.has_value();
    }
    FindLevel();
    return std::move(result_);
  }

 private:
  // --- What is asked -------------------------------------------------------
  void AskItems() {
    if (plan_.total >= 0) AskModule(plan_.total);
    if (plan_.crosswalk_item >= 0) AskItem(plan_.crosswalk_item);
    for (const PlanOverride& lift : plan_.overrides) {
      AskCondition(lift.when);
    }
  }

  // Modules nest at most as deep as the checker allows.
  void AskModule(int module) {
    const PlanModule& plan = plan_.modules[static_cast<size_t>(module)];
    for (const int item : ItemsOf(plan_, sheet_, module)) {
      result_.items[static_cast<size_t>(item)].module = module;
      AskItem(item);
    }
    for (const int below : plan.modules) AskModule(below);
    for (const int below : plan.higher_of) AskModule(below);
  }

  void AskItem(int item) {
    if (asked_[static_cast<size_t>(item)]) return;
    asked_[static_cast<size_t>(item)] = true;
    const PlanItem& plan = plan_.items[static_cast<size_t>(item)];
    if (plan.counts_if.has_value()) AskCondition(*plan.counts_if);
  }

  void AskCondition(const PlanCondition& condition) {
    if (condition.kind == PlanCondition::Kind::kAnswer) {
      AskItem(condition.item);
    }
    for (const PlanCondition& part : condition.parts) AskCondition(part);
  }

  // --- Items ---------------------------------------------------------------
  // Conditions go in one direction, so that this ends.
  const ItemResult& ReckonItem(int item) {
    const auto at = static_cast<size_t>(item);
    ItemResult& result = result_.items[at];
    if (done_[at]) return result;
    done_[at] = true;
    if (!asked_[at]) return result;
    const PlanItem& plan = plan_.items[at];
    const Met met =
        plan.counts_if.has_value() ? Judge(*plan.counts_if) : Met::kYes;
    if (met == Met::kNo) {
      result.state = model::v1::SCORED_ITEM_STATE_CONDITION_NOT_MET;
    } else if (sheet_.items[at].answer == nullptr) {
      result.state = WhenMissing(item, met);
    } else if (met == Met::kUnknown) {
      result.state = model::v1::SCORED_ITEM_STATE_NOT_COUNTABLE;
    } else {
      result.state = model::v1::SCORED_ITEM_STATE_ANSWERED;
      result.points = Worth(plan, sheet_.items[at]);
    }
    return result;
  }

  [[nodiscard]] MissingAnswers PolicyOf(int item) const {
    const auto at = static_cast<size_t>(item);
    if (sheet_.variant >= 0) {
      const MissingAnswers policy =
          plan_.variants[static_cast<size_t>(sheet_.variant)].missing[at];
      if (policy != model::v1::MISSING_ANSWERS_UNSPECIFIED) return policy;
    }
    return plan_.items[at].missing;
  }

  // Where its condition is not known, what that hangs on was reported.
  model::v1::ScoredItemState WhenMissing(int item, Met met) {
    switch (PolicyOf(item)) {
      case model::v1::MISSING_ANSWERS_ZERO:
        return met == Met::kUnknown
                   ? model::v1::SCORED_ITEM_STATE_NOT_COUNTABLE
                   : model::v1::SCORED_ITEM_STATE_MISSING_IS_ZERO;
      case model::v1::MISSING_ANSWERS_NOT_COUNTABLE:
        return model::v1::SCORED_ITEM_STATE_NOT_COUNTABLE;
      default:
        if (met == Met::kYes) ReportMissing(item);
        return model::v1::SCORED_ITEM_STATE_NOT_COUNTABLE;
    }
  }

  void ReportMissing(int item) {
    const std::string& id = instrument_.message().items(item).id();
    problems_.Error(
        "answers", "MISSING_ANSWER",
        absl::StrCat("there is no answer to ", id, ", ",
                     instrument_.Text(absl::StrCat("item/", id), "en")),
        "answer it");
  }

  static Exact Worth(const PlanItem& plan, const Given& given) {
    if (!plan.is_frequency) {
      return given.option < 0 ? Exact()
                              : plan.points[static_cast<size_t>(given.option)];
    }
    const model::v1::Frequency& frequency = given.answer->frequency();
    return Weighed(plan.per_day, frequency.per_day()) +
           Weighed(plan.per_week, frequency.per_week()) +
           Weighed(plan.per_month, frequency.per_month());
  }

  // A number that is out of range was reported; it must not overflow here.
  static Exact Weighed(const std::optional<Exact>& weight, int count) {
    constexpr int kCountMax = 1000;
    return weight.has_value() && count > 0
               ? Times(*weight, std::min(count, kCountMax))
               : Exact();
  }

  // --- Conditions ----------------------------------------------------------
  Met Judge(const PlanCondition& condition) {
    switch (condition.kind) {
      case PlanCondition::Kind::kAnswer:
        return JudgeAnswer(condition);
      case PlanCondition::Kind::kAll:
        return JudgeParts(condition, Met::kYes,
                          [](Met a, Met b) { return std::min(a, b); });
      case PlanCondition::Kind::kAny:
        return JudgeParts(condition, Met::kNo,
                          [](Met a, Met b) { return std::max(a, b); });
      case PlanCondition::Kind::kNot:
        break;
    }
    switch (Judge(condition.parts[0])) {
      case Met::kNo:
        return Met::kYes;
      case Met::kYes:
        return Met::kNo;
      case Met::kUnknown:
        break;
    }
    return Met::kUnknown;
  }

  template <typename Combine>
  Met JudgeParts(const PlanCondition& condition, Met met, Combine combine) {
    for (const PlanCondition& part : condition.parts) {
      met = combine(met, Judge(part));
    }
    return met;
  }

  Met JudgeAnswer(const PlanCondition& condition) {
    const ItemResult& item = ReckonItem(condition.item);
    switch (item.state) {
      case model::v1::SCORED_ITEM_STATE_ANSWERED:
        break;
      case model::v1::SCORED_ITEM_STATE_NOT_COUNTABLE:
        return Met::kUnknown;
      default:
        return Met::kNo;
    }
    const int option = sheet_.items[static_cast<size_t>(condition.item)].option;
    if (option < 0) return Met::kUnknown;
    return std::find(condition.options.begin(), condition.options.end(),
                     option) != condition.options.end()
               ? Met::kYes
               : Met::kNo;
  }

  // --- Modules -------------------------------------------------------------
  const ModuleResult& ReckonModule(int module) {
    const PlanModule& plan = plan_.modules[static_cast<size_t>(module)];
    ModuleResult& result = result_.modules[static_cast<size_t>(module)];
    result.raw = plan.higher_of.empty() ? SumOf(plan, module) : Highest(plan);
    if (!result.raw.has_value()) return result;
    result.points = result.raw;
    for (size_t i = 0; i < plan.bands.size(); ++i) {
      if (plan.bands[i].ends.Contains(*result.raw)) {
        result.points = plan.bands[i].points;
        result.band = static_cast<int>(i);
      }
    }
    return result;
  }

  // Everything below is reckoned even when one part cannot be counted.
  std::optional<Exact> SumOf(const PlanModule& plan, int module) {
    Exact sum;
    bool countable = true;
    for (const int item : ItemsOf(plan_, sheet_, module)) {
      const ItemResult& result = result_.items[static_cast<size_t>(item)];
      countable = countable &&
                  result.state != model::v1::SCORED_ITEM_STATE_NOT_COUNTABLE;
      sum = sum + result.points;
    }
    for (const int below : plan.modules) {
      const std::optional<Exact>& points = ReckonModule(below).points;
      countable = countable && points.has_value();
      sum = sum + points.value_or(Exact());
    }
    return countable ? std::optional<Exact>(sum) : std::nullopt;
  }

  std::optional<Exact> Highest(const PlanModule& plan) {
    std::optional<Exact> highest;
    bool countable = true;
    for (const int below : plan.higher_of) {
      const std::optional<Exact>& points = ReckonModule(below).points;
      countable = countable && points.has_value();
      if (points.has_value() && (!highest.has_value() || *highest < *points)) {
        highest = points;
      }
    }
    return countable ? highest : std::nullopt;
  }

  // --- The level -----------------------------------------------------------
  void FindLevel() {
    if (plan_.crosswalk_item >= 0) {
      CrossLevel();
    } else if (result_.total.has_value()) {
      for (size_t i = 0; i < plan_.level_bands.size(); ++i) {
        if (plan_.level_bands[i].ends.Contains(*result_.total)) {
          result_.level_band = static_cast<int>(i);
          result_.level_before = plan_.level_bands[i].level;
        }
      }
    }
    result_.level = Lifted(result_.level_before);
    for (size_t i = 0; i < plan_.overrides.size(); ++i) {
      if (Judge(plan_.overrides[i].when) == Met::kYes) {
        result_.overrides.push_back(static_cast<int>(i));
        if (result_.level >= 0) {
          result_.level = std::max(result_.level, plan_.overrides[i].level);
        }
      }
    }
  }

  void CrossLevel() {
    const auto at = static_cast<size_t>(plan_.crosswalk_item);
    result_.countable =
        result_.items[at].state == model::v1::SCORED_ITEM_STATE_ANSWERED;
    const int option = sheet_.items[at].option;
    if (result_.countable && option >= 0) {
      const Plan::Crossing& crossing =
          plan_.crosswalk[static_cast<size_t>(option)];
      result_.crossing = crossing.entry;
      result_.level_before = crossing.level;
    }
  }

  // The level at the person's age.
  [[nodiscard]] int Lifted(int level) const {
    const auto& levels = instrument_.message().levels();
    if (level < 0 || sheet_.variant < 0 || levels.Get(level).grants_nothing()) {
      return level;
    }
    return std::min(
        level + plan_.variants[static_cast<size_t>(sheet_.variant)].levels_up,
        levels.size() - 1);
  }

  const Instrument& instrument_;
  const Plan& plan_;
  const Sheet& sheet_;
  base::Problems& problems_;
  Result result_;
  std::vector<bool> asked_;
  std::vector<bool> done_;
};

}  // namespace

const std::vector<int>& ItemsOf(const Plan& plan, const Sheet& sheet,
                                int module) {
  const auto at = static_cast<size_t>(module);
  if (sheet.variant >= 0) {
    const auto& replaced =
        plan.variants[static_cast<size_t>(sheet.variant)].items_of_module[at];
    if (replaced.has_value()) return *replaced;
  }
  return plan.modules[at].items;
}

Result Evaluate(const Instrument& instrument, const Sheet& sheet,
                base::Problems& problems) {
  return Evaluator(instrument, sheet, problems).Run();
}

}  // namespace careroute::scoring::internal
