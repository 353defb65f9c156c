#include "lib/casework/internal/plan_rules.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace careroute::casework::internal {
namespace {

using model::v1::ListInvariant;
using model::v1::PlanLine;
using model::v1::PlanViolation;

template <typename List>
bool Holds(const List& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

// The quantities the rules of the step count.
std::set<std::string> Counted(const model::v1::Step& step) {
  std::set<std::string> counted;
  for (const ListInvariant& rule : step.invariants()) {
    if (rule.has_sum()) {
      counted.insert(rule.sum().of());
    }
    if (!rule.has_month()) {
      continue;
    }
    counted.insert(rule.month().times());
    counted.insert(rule.month().days());
    for (int i = 0; i < rule.month().week_days_size(); ++i) {
      counted.insert(WeekQuantity(rule.month(), i + 1));
    }
  }
  counted.erase("");
  return counted;
}

class FormChecker {
 public:
  explicit FormChecker(PlanFindings& findings)
      : findings_(findings), counted_(Counted(findings.question().step)) {}

  void Check(int at, const PlanLine& line) {
    std::set<std::string> stated;
    for (int i = 0; i < line.quantities_size(); ++i) {
      const model::v1::PlanQuantity& one = line.quantities(i);
      if (!counted_.empty() && counted_.count(one.of()) == 0) {
        Put(model::v1::PLAN_FAULT_QUANTITY_UNKNOWN, line, one, PathOf(at, i));
        findings_.Say(PlanSentence::kQuantityUnknown,
                      {findings_.Item(line.item()), one.of(),
                       absl::StrJoin(counted_, ", ")});
      }
      if (!stated.insert(one.of()).second) {
        Put(model::v1::PLAN_FAULT_QUANTITY_DOUBLED, line, one, PathOf(at, i));
        findings_.Say(PlanSentence::kQuantityDoubled,
                      {findings_.Item(line.item()), one.of()});
      }
      if (one.amount() < 0 || one.amount() > kPlanAmountMax) {
        Put(model::v1::PLAN_FAULT_AMOUNT_OUT_OF_RANGE, line, one, PathOf(at, i))
            .set_cap(kPlanAmountMax);
        findings_.Say(
            PlanSentence::kAmountOutOfRange,
            {findings_.Item(line.item()), one.of(), absl::StrCat(one.amount()),
             absl::StrCat(kPlanAmountMax)});
      }
    }
  }

 private:
  PlanViolation& Put(model::v1::PlanFault fault, const PlanLine& line,
                     const model::v1::PlanQuantity& quantity,
                     const std::string& path) {
    PlanViolation& one = findings_.Add(nullptr, fault);
    one.set_path(path);
    one.add_items(line.item());
    one.set_part(line.part());
    one.set_quantity(quantity.of());
    one.set_amount(quantity.amount());
    return one;
  }

  PlanFindings& findings_;
  const std::set<std::string> counted_;
};

// Where each element stands, and where the parts are.
class PartitionChecker {
 public:
  PartitionChecker(const ListInvariant& rule, const model::v1::NamedList& list,
                   PlanFindings& findings)
      : rule_(rule),
        partition_(rule.partition()),
        list_(list),
        findings_(findings) {
    for (int i = 0; i < findings.plan().size(); ++i) {
      lines_[findings.plan().Get(i).item()].push_back(i);
    }
  }

  void Check() {
    CheckMissing();
    CheckLines(model::v1::PLAN_FAULT_ITEM_DOUBLED, PlanSentence::kItemDoubled,
               [](bool, size_t lines) { return lines > 1; });
    CheckLines(model::v1::PLAN_FAULT_ITEM_UNKNOWN, PlanSentence::kItemUnknown,
               [](bool known, size_t) { return !known; });
    CheckParts();
    CheckEmptyPart();
  }

 private:
  [[nodiscard]] std::string Parts(absl::string_view without) const {
    std::vector<std::string> parts;
    for (const std::string& part : partition_.parts()) {
      if (part != without) {
        parts.push_back(part);
      }
    }
    return absl::StrJoin(parts, ", ");
  }

  void CheckMissing() {
    PlanViolation* found = nullptr;
    for (const std::string& item : list_.items()) {
      if (lines_.count(item) != 0) {
        continue;
      }
      if (found == nullptr) {
        found = &findings_.Add(&rule_, model::v1::PLAN_FAULT_ITEM_MISSING);
        found->set_path("plan");
      }
      found->add_items(item);
    }
    if (found != nullptr) {
      findings_.Say(PlanSentence::kItemMissing,
                    {findings_.Items(found->items()), Parts("")});
    }
  }

  // Elements with something wrong about where they stand, in one violation;
  // its path is the first line that is too much.
  template <typename Wrong>
  void CheckLines(model::v1::PlanFault fault, PlanSentence sentence,
                  Wrong wrong) {
    PlanViolation* found = nullptr;
    for (const auto& [item, lines] : lines_) {
      if (!wrong(Holds(list_.items(), item), lines.size())) {
        continue;
      }
      if (found == nullptr) {
        found = &findings_.Add(&rule_, fault);
        found->set_path(PathOf(lines.back()));
      }
      found->add_items(item);
    }
    if (found != nullptr) {
      findings_.Say(sentence, {findings_.Items(found->items())});
    }
  }

  void CheckParts() {
    std::map<std::string, std::vector<int>> unknown;
    for (int i = 0; i < findings_.plan().size(); ++i) {
      const std::string& part = findings_.plan().Get(i).part();
      if (!Holds(partition_.parts(), part)) {
        unknown[part].push_back(i);
      }
    }
    for (const auto& [part, lines] : unknown) {
      PlanViolation& one =
          findings_.Add(&rule_, model::v1::PLAN_FAULT_PART_UNKNOWN);
      one.set_path(absl::StrCat(PathOf(lines.front()), ".part"));
      one.set_part(part);
      AddItems(lines, one);
      findings_.Say(PlanSentence::kPartUnknown, {part, Parts("")});
    }
  }

  // "Not known" is not "no": then nobody may count on the part.
  void CheckEmptyPart() {
    std::vector<int> lines;
    for (int i = 0; i < findings_.plan().size(); ++i) {
      if (findings_.plan().Get(i).part() == partition_.empty_part()) {
        lines.push_back(i);
      }
    }
    const std::string& fact = partition_.empty_while_fact();
    if (partition_.empty_part().empty() || lines.empty()) {
      return;
    }
    const FactRecord* known = findings_.question().fact(fact);
    const bool is_known =
        known != nullptr && known->kind == pathway::FactKind::kTruth;
    if (is_known && !known->truth) {
      return;
    }
    PlanViolation& one = findings_.Add(
        &rule_, is_known ? model::v1::PLAN_FAULT_PART_NOT_EMPTY
                         : model::v1::PLAN_FAULT_PART_NOT_DECIDED);
    one.set_path(absl::StrCat(PathOf(lines.front()), ".part"));
    one.set_part(partition_.empty_part());
    one.set_fact(fact);
    AddItems(lines, one);
    findings_.Say(
        is_known ? PlanSentence::kPartNotEmpty : PlanSentence::kPartNotDecided,
        {partition_.empty_part(), findings_.Fact(fact),
         findings_.Items(one.items()), Parts(partition_.empty_part())});
  }

  void AddItems(const std::vector<int>& lines, PlanViolation& to) const {
    for (const int line : lines) {
      to.add_items(findings_.plan().Get(line).item());
    }
  }

  const ListInvariant& rule_;
  const model::v1::Partition& partition_;
  const model::v1::NamedList& list_;
  PlanFindings& findings_;
  std::map<std::string, std::vector<int>> lines_;  // by element
};

}  // namespace

PlanViolation& PlanFindings::Add(const ListInvariant* rule,
                                 model::v1::PlanFault fault) {
  PlanViolation& one = found_.emplace_back();
  one.set_fault(fault);
  if (rule != nullptr) {
    one.set_rule(rule->id());
    if (rule->has_source()) {
      *one.mutable_source() = rule->source();
    }
  }
  return one;
}

void PlanFindings::Say(PlanSentence sentence, PlanArguments arguments) {
  internal::Say(sentence, arguments, question_.language, found_.back());
}

std::string PlanFindings::Title(const std::string& key,
                                absl::string_view id) const {
  const absl::string_view title =
      question_.edition.Text(key, question_.language);
  return std::string(title == key ? id : title);
}

std::string PlanFindings::Item(absl::string_view item) const {
  for (const model::v1::NamedList& list : question_.edition.pathway().lists()) {
    if (Holds(list.items(), std::string(item))) {
      return Title(absl::StrCat("item/", list.id(), "/", item), item);
    }
  }
  return std::string(item);
}

std::string PlanFindings::Fact(absl::string_view fact) const {
  return Title(absl::StrCat("fact/", fact), fact);
}

std::string PlanFindings::Value(absl::string_view fact,
                                absl::string_view value) const {
  return Title(absl::StrCat("value/", fact, "/", value), value);
}

std::string PlanFindings::Items(
    const google::protobuf::RepeatedPtrField<std::string>& items) const {
  std::vector<std::string> titles;
  for (const std::string& item : items) {
    if (titles.size() == kPlanNamesMax) {
      titles.emplace_back("…");
      break;
    }
    titles.push_back(Item(item));
  }
  return absl::StrJoin(titles, ", ");
}

std::string PathOf(int line, int quantity) {
  return quantity < 0
             ? absl::StrCat("plan[", line, "]")
             : absl::StrCat("plan[", line, "].quantities[", quantity, "]");
}

std::optional<int64_t> AmountOf(const PlanLine& line,
                                absl::string_view quantity) {
  for (const model::v1::PlanQuantity& one : line.quantities()) {
    if (one.of() == quantity) {
      return std::clamp<int64_t>(one.amount(), 0, kPlanAmountMax);
    }
  }
  return std::nullopt;
}

std::string WeekQuantity(const model::v1::MonthGrid& grid, int week) {
  return grid.week().empty() ? std::string()
                             : absl::StrCat(grid.week(), "_", week);
}

bool CheckForm(PlanFindings& findings) {
  if (findings.plan().size() > kPlanLinesMax) {
    PlanViolation& one =
        findings.Add(nullptr, model::v1::PLAN_FAULT_TOO_MANY_LINES);
    one.set_path("plan");
    one.set_amount(findings.plan().size());
    one.set_cap(kPlanLinesMax);
    one.set_surplus(findings.plan().size() - kPlanLinesMax);
    findings.Say(
        PlanSentence::kTooManyLines,
        {absl::StrCat(findings.plan().size()), absl::StrCat(kPlanLinesMax)});
    return false;
  }
  FormChecker checker(findings);
  for (int i = 0; i < findings.plan().size(); ++i) {
    checker.Check(i, findings.plan().Get(i));
  }
  return true;
}

void CheckPartition(const ListInvariant& rule, PlanFindings& findings) {
  const model::v1::NamedList* list =
      findings.question().edition.FindList(rule.partition().of_list());
  if (list != nullptr) {
    PartitionChecker(rule, *list, findings).Check();
  }
}

}  // namespace careroute::casework::internal
