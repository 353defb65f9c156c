#include "lib/scoring/internal/reach.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "lib/base/problems.h"
#include "lib/scoring/internal/check_rules.h"
#include "lib/scoring/internal/plan.h"

namespace careroute::scoring::internal {
namespace {

using google::protobuf::RepeatedPtrField;
using model::v1::Instrument;
using model::v1::InstrumentItem;
using model::v1::InstrumentModule;

Values Normalised(std::vector<Exact> numbers, bool dense) {
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  if (dense || numbers.size() > kValuesMax) {
    return {.dense = true, .numbers = {numbers.front(), numbers.back()}};
  }
  return {.dense = false, .numbers = std::move(numbers)};
}

Values Combined(const Values& a, const Values& b,
                Exact (*combine)(const Exact&, const Exact&),
                std::int64_t& pairs_left) {
  pairs_left -= static_cast<std::int64_t>(a.numbers.size() * b.numbers.size());
  const bool dense = a.dense || b.dense || pairs_left < 0;
  std::vector<Exact> numbers;
  if (dense) {
    numbers = {combine(a.numbers.front(), b.numbers.front()),
               combine(a.numbers.back(), b.numbers.back())};
    return Normalised(std::move(numbers), true);
  }
  for (const Exact& one : a.numbers) {
    for (const Exact& other : b.numbers) {
      numbers.push_back(combine(one, other));
    }
  }
  return Normalised(std::move(numbers), false);
}

Exact Sum(const Exact& a, const Exact& b) { return a + b; }
Exact Higher(const Exact& a, const Exact& b) { return a < b ? b : a; }

class Reacher {
 public:
  Reacher(const Instrument& instrument, int variant, std::int64_t& pairs_left)
      : instrument_(instrument),
        pairs_left_(pairs_left),
        variant_(variant < 0 ? nullptr : &instrument.age_variants(variant)),
        known_(static_cast<size_t>(instrument.modules_size())),
        state_(static_cast<size_t>(instrument.modules_size()), State::kUnseen) {
  }

  std::vector<std::optional<Reachable>> Reach() {
    for (int i = 0; i < instrument_.modules_size(); ++i) {
      Visit(i);
    }
    return std::move(known_);
  }

 private:
  enum class State { kUnseen, kOpen, kDone };

  // A module that is met while it is open counts in itself; CheckModules says
  // so. Modules are at most 100, which bounds the depth.
  const Reachable* Visit(int module) {
    const auto at = static_cast<size_t>(module);
    if (state_[at] == State::kOpen) return nullptr;
    if (state_[at] == State::kUnseen) {
      state_[at] = State::kOpen;
      known_[at] = Of(instrument_.modules(module));
      state_[at] = State::kDone;
    }
    return known_[at].has_value() ? &*known_[at] : nullptr;
  }

  // What counts twice is an error, and would grow beyond all bounds.
  const Reachable* CountOnce(int module) {
    return module >= 0 && modules_.insert(module).second ? Visit(module)
                                                         : nullptr;
  }

  std::optional<Reachable> Of(const InstrumentModule& module) {
    const std::optional<Values> sums =
        module.higher_of().empty() ? SumOf(module) : HighestOf(module);
    if (!sums.has_value()) return std::nullopt;
    Reachable reachable = {.sums = *sums, .points = *sums};
    if (!module.bands().empty()) {
      std::optional<Values> points = PointsOf(module, *sums);
      if (!points.has_value()) return std::nullopt;
      reachable.points = *std::move(points);
    }
    return reachable;
  }

  const RepeatedPtrField<std::string>& ItemsOf(const InstrumentModule& module) {
    if (variant_ != nullptr) {
      for (const auto& replacement : variant_->replacements()) {
        if (replacement.module() == module.id()) return replacement.items();
      }
    }
    return module.items();
  }

  std::optional<Values> SumOf(const InstrumentModule& module) {
    Values sum;
    for (const std::string& id : ItemsOf(module)) {
      const int item = IndexOf(instrument_.items(), id);
      const std::optional<Values> worth =
          item < 0 || !items_.insert(item).second
              ? std::nullopt
              : Worth(instrument_.items(item));
      if (!worth.has_value()) return std::nullopt;
      sum = Combined(sum, *worth, Sum, pairs_left_);
    }
    for (const std::string& id : module.modules()) {
      const int below = IndexOf(instrument_.modules(), id);
      const Reachable* reachable = CountOnce(below);
      if (reachable == nullptr) return std::nullopt;
      sum = Combined(sum, reachable->points, Sum, pairs_left_);
    }
    return sum;
  }

  std::optional<Values> HighestOf(const InstrumentModule& module) {
    std::optional<Values> highest;
    for (const std::string& id : module.higher_of()) {
      const int below = IndexOf(instrument_.modules(), id);
      const Reachable* reachable = CountOnce(below);
      if (reachable == nullptr) return std::nullopt;
      highest = highest.has_value()
                    ? Combined(*highest, reachable->points, Higher, pairs_left_)
                    : reachable->points;
    }
    return highest;
  }

  // An item that does not count, or was not answered, may be worth nothing.
  [[nodiscard]] bool MayBeNothing(const InstrumentItem& item) const {
    if (item.has_counts_if()) return true;
    model::v1::MissingAnswers policy =
        item.missing() == model::v1::MISSING_ANSWERS_UNSPECIFIED
            ? instrument_.missing()
            : item.missing();
    if (variant_ != nullptr) {
      for (const model::v1::MissingAtAge& missing : variant_->missing()) {
        for (const std::string& id : missing.items()) {
          if (id == item.id()) policy = missing.policy();
        }
      }
    }
    return policy == model::v1::MISSING_ANSWERS_ZERO;
  }

  std::optional<Values> Worth(const InstrumentItem& item) {
    std::vector<Exact> numbers;
    if (MayBeNothing(item)) numbers.emplace_back();
    if (item.has_frequency()) {
      return FrequencyWorth(item.frequency());
    }
    const auto* options = OptionsOf(instrument_, item);
    if (options == nullptr) return std::nullopt;
    for (const model::v1::InstrumentOption& option : *options) {
      const std::optional<Exact> points =
          option.points().empty() ? Exact() : ParseExact(option.points());
      if (!points.has_value()) return std::nullopt;
      numbers.push_back(*points);
    }
    if (numbers.empty()) return std::nullopt;
    return Normalised(std::move(numbers), false);
  }

  static std::optional<Values> FrequencyWorth(
      const model::v1::FrequencyAnswer& frequency) {
    const int most =
        frequency.count_max() > 0 ? frequency.count_max() : kCountMaxDefault;
    Exact sum;
    for (const std::string* weight :
         {&frequency.per_day(), &frequency.per_week(),
          &frequency.per_month()}) {
      if (weight->empty()) continue;
      const std::optional<Exact> number = ParseExact(*weight);
      if (!number.has_value()) return std::nullopt;
      sum = sum + Times(*number, most);
    }
    return Normalised({Exact(), sum}, true);
  }

  static std::optional<Values> PointsOf(const InstrumentModule& module,
                                        const Values& sums) {
    std::vector<Exact> numbers;
    for (const model::v1::PointBand& band : module.bands()) {
      const std::optional<Ends> ends = ReadEnds(band);
      const std::optional<Exact> points =
          band.points().empty() ? Exact() : ParseExact(band.points());
      if (!ends.has_value() || !points.has_value()) return std::nullopt;
      if (internal::Meets(sums, *ends)) numbers.push_back(*points);
    }
    if (numbers.empty()) return std::nullopt;
    return Normalised(std::move(numbers), false);
  }

  const Instrument& instrument_;
  std::int64_t& pairs_left_;
  const model::v1::AgeVariant* const variant_;
  std::vector<std::optional<Reachable>> known_;
  std::vector<State> state_;
  std::set<int> items_;    // counted so far
  std::set<int> modules_;  // likewise
};

}  // namespace

std::vector<std::optional<Reachable>> ReachOf(const Instrument& instrument,
                                              int variant,
                                              std::int64_t& pairs_left) {
  return Reacher(instrument, variant, pairs_left).Reach();
}

bool GrainFits(const Instrument& instrument) {
  base::Problems problems;
  CheckNumbers(instrument, problems);
  return std::none_of(
      problems.list().begin(), problems.list().end(),
      [](const base::Problem& one) { return one.reason == "TOO_FINE"; });
}

Values UnionOf(const Values& a, const Values& b) {
  std::vector<Exact> numbers = a.numbers;
  numbers.insert(numbers.end(), b.numbers.begin(), b.numbers.end());
  return Normalised(std::move(numbers), a.dense || b.dense);
}

bool Meets(const Values& values, const Ends& ends) {
  if (ends.IsEmpty()) return false;
  if (values.dense) {
    return ends.ReachesUpTo(values.numbers.front()) &&
           ends.ReachesDownTo(values.numbers.back());
  }
  return std::any_of(
      values.numbers.begin(), values.numbers.end(),
      [&ends](const Exact& value) { return ends.Contains(value); });
}

}  // namespace careroute::scoring::internal
