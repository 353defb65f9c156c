#include "lib/scoring/internal/explain.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "lib/scoring/internal/ends.h"
#include "lib/scoring/internal/plan.h"
#include "lib/scoring/internal/sentences.h"

namespace careroute::scoring::internal {
namespace {

using model::v1::Explanation;

class Explainer {
 public:
  explicit Explainer(const Scored& scored)
      : scored_(scored),
        message_(scored.instrument.message()),
        plan_(scored.instrument.plan()),
        words_(scored.words),
        russian_(IsRussian(scored.words.language())) {}

  Explanation Explain() {
    Explanation root = Head();
    if (scored_.sheet.variant >= 0) Add(Variant(), root);
    for (const int lift : scored_.result.overrides) Add(Override(lift), root);
    if (plan_.total >= 0) {
      Add(Total(), root);
    } else {
      Add(Crossing(), root);
    }
    Explanation edition =
        Node("score.edition",
             {message_.edition(), scored_.answers.assessment_date()}, {});
    *edition.mutable_source() = message_.sources(0);
    Add(std::move(edition), root);
    if (scored_.instrument.IsDemo()) Add(Node("score.demo", {}, {}), root);
    return root;
  }

 private:
  // `arguments` are for programs, `filled` for the sentence; when it is empty
  // they are the same.
  Explanation Node(const std::string& key,
                   const std::vector<std::string>& arguments,
                   const std::vector<std::string>& filled) {
    Explanation node;
    node.set_message_key(key);
    for (const std::string& argument : arguments) {
      node.add_arguments(argument);
    }
    node.set_text(Sentence(key, russian_, filled.empty() ? arguments : filled));
    return node;
  }

  static void Add(Explanation part, Explanation& whole) {
    *whole.add_because() = std::move(part);
  }

  template <typename Rule>
  void Cite(const Rule& rule, Explanation& node) {
    *node.mutable_source() =
        rule.has_source() ? rule.source() : message_.sources(0);
  }

  static std::string Plain(const Exact& number) { return ToText(number, "en"); }

  [[nodiscard]] const std::string& LevelId(int level) const {
    return message_.levels(level).id();
  }

  Explanation Head() {
    const Result& result = scored_.result;
    const std::string title = words_.Instrument();
    if (!result.countable) {
      return Node("score.not_countable", {message_.id()}, {title});
    }
    if (result.level >= 0) {
      return Node("score.level", {message_.id(), LevelId(result.level)},
                  {title, words_.Level(result.level)});
    }
    return Node("score.total", {message_.id(), Plain(*result.total)},
                {title, words_.Number(*result.total)});
  }

  Explanation Variant() {
    const auto& variant = message_.age_variants(scored_.sheet.variant);
    const int before = scored_.result.level_before;
    Explanation node = Node("variant", {variant.id()}, {words_.Variant()});
    if (variant.levels_up() > 0 && before >= 0) {
      const int after = message_.levels(before).grants_nothing()
                            ? before
                            : std::min(before + variant.levels_up(),
                                       message_.levels_size() - 1);
      node = after == before
                 ? Node("variant.level_stays", {variant.id(), LevelId(after)},
                        {words_.Variant(), words_.Level(after)})
                 : Node("variant.levels_up",
                        {variant.id(), std::to_string(after - before),
                         LevelId(after)},
                        {words_.Variant(), std::to_string(after - before),
                         words_.Level(after)});
    }
    Cite(variant, node);
    return node;
  }

  Explanation Override(int lift) {
    const auto& rule = message_.overrides(lift);
    const int given = plan_.overrides[static_cast<size_t>(lift)].level;
    const int level = scored_.result.level;
    Explanation node =
        Node("override.no_level", {rule.id()}, {words_.Override(lift)});
    if (level >= 0) {
      const bool lifts = given == level && scored_.result.level_before < level;
      node = Node(lifts ? "override.lifts" : "override.stands",
                  {rule.id(), LevelId(level)},
                  {words_.Override(lift), words_.Level(level)});
    }
    Cite(rule, node);
    return node;
  }

  Explanation Total() {
    const Result& result = scored_.result;
    Explanation module = Module(plan_.total);
    if (result.level_band < 0) return module;
    const auto& band = message_.level_bands(result.level_band);
    const PlanLevelBand& plan =
        plan_.level_bands[static_cast<size_t>(result.level_band)];
    Explanation node = Node(
        "total.in_band",
        {Plain(*result.total), ToText(plan.ends, "en"), LevelId(plan.level)},
        {words_.Number(*result.total), ToText(plan.ends, words_.language()),
         words_.Level(plan.level)});
    Cite(band, node);
    Add(std::move(module), node);
    return node;
  }

  Explanation Crossing() {
    const int item = plan_.crosswalk_item;
    const Result& result = scored_.result;
    if (result.crossing < 0) return Item(item);
    const auto& entry = message_.crosswalk().entries(result.crossing);
    Explanation node = Node(
        "crosswalk", {message_.items(item).id(), entry.option(), entry.level()},
        {words_.Item(item), words_.Answer(item),
         words_.Level(result.level_before)});
    Cite(entry, node);
    return node;
  }

  Explanation Module(int module) {
    const auto at = static_cast<size_t>(module);
    Explanation node = ModuleNode(module);
    Cite(message_.modules(module), node);
    for (const int below : plan_.modules[at].modules) {
      Add(Module(below), node);
    }
    for (const int below : plan_.modules[at].higher_of) {
      Add(Module(below), node);
    }
    for (const int item : ItemsOf(plan_, scored_.sheet, module)) {
      Add(Item(item), node);
    }
    return node;
  }

  Explanation ModuleNode(int module) {
    const auto at = static_cast<size_t>(module);
    const ModuleResult& result = scored_.result.modules[at];
    const std::string& id = message_.modules(module).id();
    const std::string title = words_.Module(module);
    if (!result.raw.has_value()) {
      return Node("module.not_countable", {id}, {title});
    }
    const bool higher = !plan_.modules[at].higher_of.empty();
    if (result.band < 0) {
      return Node(higher ? "module.higher" : "module.sum",
                  {id, Plain(*result.raw)},
                  {title, words_.Number(*result.raw)});
    }
    const Ends& ends =
        plan_.modules[at].bands[static_cast<size_t>(result.band)].ends;
    return Node(
        higher ? "module.higher_banded" : "module.banded",
        {id, Plain(*result.raw), ToText(ends, "en"), Plain(*result.points)},
        {title, words_.Number(*result.raw), ToText(ends, words_.language()),
         words_.Number(*result.points)});
  }

  Explanation Item(int item) {
    const auto& rule = message_.items(item);
    const ItemResult& result = scored_.result.items[static_cast<size_t>(item)];
    Explanation node = ItemNode(item, result);
    if (rule.has_source()) *node.mutable_source() = rule.source();
    AddConditionAnswers(item, node);
    return node;
  }

  Explanation ItemNode(int item, const ItemResult& result) {
    const std::string& id = message_.items(item).id();
    const std::string title = words_.Item(item);
    switch (result.state) {
      case model::v1::SCORED_ITEM_STATE_ANSWERED:
        return result.module < 0
                   ? Node("item.answered", {id, AnswerId(item)},
                          {title, words_.Answer(item)})
                   : Node("item.points",
                          {id, AnswerId(item), Plain(result.points)},
                          {title, words_.Answer(item),
                           words_.Number(result.points)});
      case model::v1::SCORED_ITEM_STATE_MISSING_IS_ZERO:
        return Node("item.missing", {id}, {title});
      case model::v1::SCORED_ITEM_STATE_NOT_COUNTABLE:
        return Node("item.not_countable", {id}, {title});
      case model::v1::SCORED_ITEM_STATE_CONDITION_NOT_MET:
        return Node("item.condition", {id}, {title});
      default:
        return Node("item.not_asked", {id}, {title});
    }
  }

  [[nodiscard]] std::string AnswerId(int item) const {
    const Given& given = scored_.sheet.items[static_cast<size_t>(item)];
    return given.answer == nullptr || given.option < 0 ? ""
                                                       : given.answer->option();
  }

  // What was answered to the questions a condition asks, below the item that
  // hangs on them.
  void AddConditionAnswers(int item, Explanation& node) {
    const PlanItem& plan = plan_.items[static_cast<size_t>(item)];
    std::vector<int> asked;
    if (plan.counts_if.has_value()) Collect(*plan.counts_if, asked);
    for (const int other : asked) {
      Add(ItemNode(other, scored_.result.items[static_cast<size_t>(other)]),
          node);
    }
  }

  static void Collect(const PlanCondition& condition, std::vector<int>& asked) {
    if (condition.kind == PlanCondition::Kind::kAnswer &&
        std::find(asked.begin(), asked.end(), condition.item) == asked.end()) {
      asked.push_back(condition.item);
    }
    for (const PlanCondition& part : condition.parts) Collect(part, asked);
  }

  const Scored& scored_;
  const model::v1::Instrument& message_;
  const Plan& plan_;
  const Words& words_;
  const bool russian_;
};

}  // namespace

Explanation Explain(const Scored& scored) {
  return Explainer(scored).Explain();
}

}  // namespace careroute::scoring::internal
