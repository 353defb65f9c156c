#include "lib/scoring/internal/plan.h"

#include "absl/strings/str_cat.h"

namespace careroute::scoring::internal {
namespace {

using google::protobuf::RepeatedPtrField;
using model::v1::AnswerCondition;
using model::v1::InstrumentItem;
using model::v1::InstrumentOption;

// The number of a checked instrument; empty = 0.
Exact NumberOf(const std::string& text) {
  return ParseExact(text).value_or(Exact());
}

std::optional<Exact> WeightOf(const std::string& text) {
  return text.empty() ? std::nullopt : ParseExact(text);
}

class Planner {
 public:
  explicit Planner(const model::v1::Instrument& instrument)
      : instrument_(instrument) {}

  Plan Make() {
    for (const InstrumentItem& item : instrument_.items()) {
      plan_.items.push_back(Item(item));
    }
    for (const model::v1::InstrumentModule& module : instrument_.modules()) {
      plan_.modules.push_back(Module(module));
    }
    plan_.total = IndexOf(instrument_.modules(), instrument_.total());
    AddLevels();
    for (const model::v1::AgeVariant& variant : instrument_.age_variants()) {
      plan_.variants.push_back(Variant(variant));
    }
    return std::move(plan_);
  }

 private:
  template <typename Ids>
  std::vector<int> Items(const Ids& ids) {
    std::vector<int> items;
    for (const std::string& id : ids) {
      items.push_back(IndexOf(instrument_.items(), id));
    }
    return items;
  }

  template <typename Ids>
  std::vector<int> Modules(const Ids& ids) {
    std::vector<int> modules;
    for (const std::string& id : ids) {
      modules.push_back(IndexOf(instrument_.modules(), id));
    }
    return modules;
  }

  PlanItem Item(const InstrumentItem& item) {
    PlanItem planned;
    planned.missing = item.missing() == model::v1::MISSING_ANSWERS_UNSPECIFIED
                          ? instrument_.missing()
                          : item.missing();
    if (item.has_counts_if()) {
      planned.counts_if = Condition(item.counts_if());
    }
    if (item.has_frequency()) {
      planned.is_frequency = true;
      planned.per_day = WeightOf(item.frequency().per_day());
      planned.per_week = WeightOf(item.frequency().per_week());
      planned.per_month = WeightOf(item.frequency().per_month());
      if (item.frequency().count_max() > 0) {
        planned.count_max = item.frequency().count_max();
      }
      return planned;
    }
    planned.option_key = item.has_choice()
                             ? absl::StrCat("option/", item.id(), "/")
                             : absl::StrCat("scale/", item.scale(), "/");
    for (const InstrumentOption& option : *OptionsOf(instrument_, item)) {
      planned.points.push_back(NumberOf(option.points()));
    }
    return planned;
  }

  PlanCondition Condition(const AnswerCondition& condition) {
    PlanCondition planned;
    switch (condition.kind_case()) {
      case AnswerCondition::kAnswer:
        AddAnswer(condition.answer(), planned);
        break;
      case AnswerCondition::kAll:
        planned.kind = PlanCondition::Kind::kAll;
        AddParts(condition.all(), planned);
        break;
      case AnswerCondition::kAny:
        planned.kind = PlanCondition::Kind::kAny;
        AddParts(condition.any(), planned);
        break;
      case AnswerCondition::kNot:
        planned.kind = PlanCondition::Kind::kNot;
        planned.parts.push_back(Condition(condition.not_()));
        break;
      case AnswerCondition::KIND_NOT_SET:
        break;
    }
    return planned;
  }

  void AddAnswer(const model::v1::AnswerIs& answer, PlanCondition& planned) {
    planned.item = IndexOf(instrument_.items(), answer.item());
    const RepeatedPtrField<InstrumentOption>& options =
        *OptionsOf(instrument_, instrument_.items(planned.item));
    for (const std::string& id : answer.options()) {
      planned.options.push_back(IndexOf(options, id));
    }
  }

  void AddParts(const model::v1::AnswerConditions& conditions,
                PlanCondition& planned) {
    for (const AnswerCondition& part : conditions.conditions()) {
      planned.parts.push_back(Condition(part));
    }
  }

  PlanModule Module(const model::v1::InstrumentModule& module) {
    PlanModule planned;
    planned.items = Items(module.items());
    planned.modules = Modules(module.modules());
    planned.higher_of = Modules(module.higher_of());
    for (const model::v1::PointBand& band : module.bands()) {
      planned.bands.push_back({.ends = ReadEnds(band).value_or(Ends()),
                               .points = NumberOf(band.points())});
    }
    return planned;
  }

  void AddLevels() {
    for (const model::v1::LevelBand& band : instrument_.level_bands()) {
      plan_.level_bands.push_back(
          {.ends = ReadEnds(band).value_or(Ends()),
           .level = IndexOf(instrument_.levels(), band.level())});
    }
    for (const model::v1::LevelOverride& lift : instrument_.overrides()) {
      plan_.overrides.push_back(
          {.when = Condition(lift.when()),
           .level = IndexOf(instrument_.levels(), lift.level())});
    }
    if (instrument_.has_crosswalk()) {
      AddCrosswalk(instrument_.crosswalk());
    }
  }

  void AddCrosswalk(const model::v1::LevelCrosswalk& crosswalk) {
    plan_.crosswalk_item = IndexOf(instrument_.items(), crosswalk.item());
    const RepeatedPtrField<InstrumentOption>& options =
        *OptionsOf(instrument_, instrument_.items(plan_.crosswalk_item));
    plan_.crosswalk.resize(static_cast<size_t>(options.size()));
    for (int i = 0; i < crosswalk.entries_size(); ++i) {
      const model::v1::CrosswalkEntry& entry = crosswalk.entries(i);
      const int option = IndexOf(options, entry.option());
      plan_.crosswalk[static_cast<size_t>(option)] = {
          .level = IndexOf(instrument_.levels(), entry.level()), .entry = i};
    }
  }

  PlanVariant Variant(const model::v1::AgeVariant& variant) {
    PlanVariant planned;
    planned.from_months = variant.from_months();
    if (variant.has_up_to_months()) {
      planned.up_to_months = variant.up_to_months();
    }
    planned.levels_up = variant.levels_up();
    planned.items_of_module.resize(plan_.modules.size());
    for (const auto& replacement : variant.replacements()) {
      const int module = IndexOf(instrument_.modules(), replacement.module());
      planned.items_of_module[static_cast<size_t>(module)] =
          Items(replacement.items());
    }
    planned.missing.resize(plan_.items.size());
    for (const model::v1::MissingAtAge& missing : variant.missing()) {
      for (const int item : Items(missing.items())) {
        planned.missing[static_cast<size_t>(item)] = missing.policy();
      }
    }
    return planned;
  }

  const model::v1::Instrument& instrument_;
  Plan plan_;
};

}  // namespace

const RepeatedPtrField<InstrumentOption>* OptionsOf(
    const model::v1::Instrument& instrument, const InstrumentItem& item) {
  if (item.has_choice()) {
    return &item.choice().options();
  }
  const int scale = item.answer_case() == InstrumentItem::kScale
                        ? IndexOf(instrument.scales(), item.scale())
                        : -1;
  return scale < 0 ? nullptr : &instrument.scales(scale).options();
}

Plan MakePlan(const model::v1::Instrument& instrument) {
  return Planner(instrument).Make();
}

}  // namespace careroute::scoring::internal
