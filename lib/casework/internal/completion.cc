#include "lib/casework/internal/completion.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/casework/internal/guards.h"
#include "lib/casework/internal/records.h"

namespace careroute::casework::internal {
namespace {

using model::v1::Outcome;
using model::v1::Step;

void Lack(absl::string_view what, absl::string_view mend, RefusalPtr& refusal) {
  if (refusal == nullptr) {
    refusal = NewRefusal(model::v1::ERROR_REASON_OUTCOME_INCOMPLETE,
                         "outcome_incomplete",
                         "the outcome does not bring all it must");
  }
  AddMissing({.what = what, .can_be_met_by = "performer", .mend = mend},
             *refusal);
}

// "Not known" is an answer to a yes-or-no question or a choice; a date or a
// number that is not known is none.
bool BringsFact(const Draft& draft, const Facts& facts,
                const std::string& wanted) {
  const model::v1::FactDeclaration* declared = draft.edition.FindFact(wanted);
  const bool may_be_unknown =
      declared != nullptr && (declared->type() == model::v1::FACT_TYPE_BOOL ||
                              declared->type() == model::v1::FACT_TYPE_ENUM);
  return std::any_of(
      facts.begin(), facts.end(), [&](const model::v1::Fact& one) {
        return one.fact() == wanted &&
               (may_be_unknown || one.value().value_case() !=
                                      model::v1::FactValue::VALUE_NOT_SET);
      });
}

bool BringsDocument(const Documents& documents, const std::string& kind) {
  return std::any_of(
      documents.begin(), documents.end(),
      [&kind](const model::v1::Document& one) { return one.kind() == kind; });
}

bool NeedsDate(const Outcome& outcome) {
  return outcome.needs_recheck_date() ||
         std::any_of(
             outcome.starts().begin(), outcome.starts().end(),
             [](const model::v1::Next& next) { return next.on_given_date(); });
}

bool IsToCome(const Draft& draft, absl::string_view date) {
  const auto day = Places::Day(date);
  return day.has_value() && *day >= draft.places.today();
}

RefusalPtr RefuseInvariant(const Live& live,
                           const model::v1::ListInvariant& rule,
                           absl::string_view message) {
  RefusalPtr refusal = RefuseMissing(
      model::v1::ERROR_REASON_OUTCOME_INCOMPLETE, "plan_invariant", message,
      {.what = absl::StrCat("invariant/", live.step, "/", rule.id()),
       .can_be_met_by = "performer",
       .mend = "state the plan anew"});
  *refusal->mutable_because()->mutable_source() = rule.source();
  return refusal;
}

bool FactIsTrue(const Draft& draft, absl::string_view fact,
                SubjectRef subject) {
  const FactRecord* known = draft.CurrentFact(fact, subject);
  if (known == nullptr) {
    known = draft.CurrentFact(fact, SubjectRef{});
  }
  return known != nullptr && known->kind == pathway::FactKind::kTruth &&
         known->truth;
}

// Each element of the list in exactly one part.
RefusalPtr CheckPartition(const Draft& draft, const Live& live,
                          const model::v1::ListInvariant& rule,
                          const PlanLines& plan) {
  const model::v1::Partition& partition = rule.partition();
  const model::v1::NamedList* list =
      draft.edition.FindList(partition.of_list());
  if (list == nullptr) {
    return nullptr;
  }
  const bool must_be_empty =
      !partition.empty_part().empty() &&
      FactIsTrue(draft, partition.empty_while_fact(), live.subject);
  std::vector<absl::string_view> items;
  for (const model::v1::PlanLine& line : plan) {
    const bool known =
        std::find(partition.parts().begin(), partition.parts().end(),
                  line.part()) != partition.parts().end();
    if (!known) {
      return RefuseInvariant(live, rule, "a line stands in an unknown part");
    }
    if (must_be_empty && line.part() == partition.empty_part()) {
      return RefuseInvariant(live, rule, "a part that must be empty is not");
    }
    items.push_back(line.item());
  }
  std::vector<absl::string_view> whole(list->items().begin(),
                                       list->items().end());
  std::sort(items.begin(), items.end());
  std::sort(whole.begin(), whole.end());
  return items == whole
             ? nullptr
             : RefuseInvariant(live, rule,
                               "the parts are not the whole list exactly");
}

// The cap of a row; absent = the region has bound none.
std::optional<int64_t> CapOf(const Draft& draft, const model::v1::CapRow& row) {
  if (row.parameter().empty()) {
    return row.at_most();
  }
  const model::v1::Binding* binding =
      draft.edition.FindBinding(row.parameter());
  return binding != nullptr && binding->value().has_integer()
             ? std::optional<int64_t>(binding->value().integer())
             : std::nullopt;
}

// The cap of today for the value of the table's fact; absent = none is known.
std::optional<int64_t> CapOf(const Draft& draft, const Live& live,
                             const model::v1::CappedSum& sum) {
  for (const model::v1::CapTable& table :
       draft.edition.pathway().cap_tables()) {
    if (table.id() != sum.cap_table()) {
      continue;
    }
    const FactRecord* level = draft.CurrentFact(table.fact(), live.subject);
    if (level == nullptr) {
      level = draft.CurrentFact(table.fact(), SubjectRef{});
    }
    const std::string& today = draft.places.today_text();
    for (const model::v1::CapRow& row : table.rows()) {
      const bool in_force =
          (row.valid_from().empty() || row.valid_from() <= today) &&
          (row.valid_to().empty() || row.valid_to() >= today);
      if (level != nullptr && row.is() == level->text && in_force) {
        return CapOf(draft, row);
      }
    }
  }
  return std::nullopt;
}

// Only what is given counts against a cap, not what the family does: the
// quantities stand with the lines that are given.
RefusalPtr CheckSum(const Draft& draft, const Live& live,
                    const model::v1::ListInvariant& rule,
                    const PlanLines& plan) {
  const std::optional<int64_t> cap = CapOf(draft, live, rule.sum());
  if (!cap.has_value()) {
    return RefuseInvariant(live, rule, "no cap is known for the level");
  }
  int64_t amount = 0;
  for (const model::v1::PlanLine& line : plan) {
    for (const model::v1::PlanQuantity& one : line.quantities()) {
      if (one.of() == rule.sum().of()) {
        // Amounts are bounded by the request rules; a hostile one stays at the
        // cap's far side.
        const int64_t of_line =
            std::clamp<int64_t>(one.amount(), 0, 1'000'000'000);
        amount = rule.sum().largest()
                     ? std::max(amount, of_line)
                     : std::min<int64_t>(amount + of_line, int64_t{1} << 50);
      }
    }
  }
  return amount <= *cap
             ? nullptr
             : RefuseInvariant(live, rule,
                               rule.sum().largest()
                                   ? "a line of the plan is above its cap"
                                   : "the sum is above its cap");
}

}  // namespace

RefusalPtr CheckBrought(const Draft& draft, const Live& live,
                        const Outcome& outcome, const Brought& brought,
                        bool late) {
  RefusalPtr refusal;
  for (const std::string& fact : outcome.needs_facts()) {
    if (!BringsFact(draft, brought.facts, fact)) {
      Lack(absl::StrCat("fact/", fact), "record the fact with the outcome",
           refusal);
    }
  }
  for (const std::string& kind : outcome.needs_documents()) {
    if (!BringsDocument(brought.documents, kind)) {
      Lack(absl::StrCat("document/", kind), "bring a document of this kind",
           refusal);
    }
  }
  if (outcome.needs_plan() && brought.plan.empty()) {
    Lack("plan", "state the lines of the plan", refusal);
  }
  if (outcome.needs_reason() && brought.note.empty()) {
    Lack("note", "give the reason in words", refusal);
  }
  if (NeedsDate(outcome) && !IsToCome(draft, brought.recheck_date)) {
    Lack("recheck_date", "give a day to come on which it is looked at again",
         refusal);
  } else if (!brought.recheck_date.empty() &&
             !IsToCome(draft, brought.recheck_date)) {
    Lack("recheck_date", "give a day to come, or none", refusal);
  }
  if (refusal == nullptr && late && brought.late_reason.empty()) {
    refusal = RefuseMissing(model::v1::ERROR_REASON_LATE_REASON_NEEDED,
                            "late_reason_needed",
                            "a deadline is over: why is it late",
                            {.what = "late_reason",
                             .can_be_met_by = "performer",
                             .mend = "say why it is late"});
  }
  if (refusal != nullptr) {
    refusal->mutable_because()->add_arguments(std::string(live.step));
    refusal->mutable_because()->add_arguments(outcome.id());
  }
  return refusal;
}

RefusalPtr CheckConditions(const Draft& draft, const Live& live,
                           const Outcome& outcome) {
  if (outcome.has_must_hold()) {
    CAREROUTE_RETURN_IF_REFUSED(RefuseUnmet(
        draft, outcome.must_hold(), live.subject, "outcome_must_hold",
        "what must hold for this outcome does not hold"));
  }
  const model::v1::Ending* ending = draft.edition.FindEnding(outcome.ending());
  if (ending != nullptr && ending->has_must_hold()) {
    return RefuseUnmet(draft, ending->must_hold(), live.subject,
                       "ending_must_hold",
                       "what must hold for this ending does not hold");
  }
  return nullptr;
}

namespace {

// The plan as it would be stated anew.
PlanLines LinesOf(const PlanRecord& plan) {
  PlanLines lines;
  for (const PlanLineRecord& one : plan.lines) {
    ToProto(one, lines.Add());
  }
  return lines;
}

const PlanRecord* FindPlan(const Draft& draft, const Live& live) {
  for (const PlanRecord& one : draft.state.plans) {
    if (one.step == live.step && one.subject == live.subject) {
      return &one;
    }
  }
  return nullptr;
}

RefusalPtr CheckLines(const Draft& draft, const Live& live, const Step& step,
                      const PlanLines& plan) {
  for (const model::v1::ListInvariant& rule : step.invariants()) {
    if (rule.has_partition()) {
      CAREROUTE_RETURN_IF_REFUSED(CheckPartition(draft, live, rule, plan));
    }
    if (rule.has_sum()) {
      CAREROUTE_RETURN_IF_REFUSED(CheckSum(draft, live, rule, plan));
    }
  }
  return nullptr;
}

// Whether a rule of the step asks about the fact.
bool AsksAbout(const Draft& draft, const Step& step, absl::string_view fact) {
  return std::any_of(
      step.invariants().begin(), step.invariants().end(),
      [&](const model::v1::ListInvariant& rule) {
        if (rule.partition().empty_while_fact() == fact) {
          return true;
        }
        const auto& tables = draft.edition.pathway().cap_tables();
        return std::any_of(tables.begin(), tables.end(),
                           [&](const model::v1::CapTable& table) {
                             return table.id() == rule.sum().cap_table() &&
                                    table.fact() == fact;
                           });
      });
}

}  // namespace

RefusalPtr CheckPlan(const Draft& draft, const Live& live, const Step& step,
                     const PlanLines& plan) {
  if (step.invariants().empty()) {
    return nullptr;
  }
  if (!plan.empty()) {
    return CheckLines(draft, live, step, plan);
  }
  const PlanRecord* stated = FindPlan(draft, live);
  return stated == nullptr ? nullptr
                           : CheckLines(draft, live, step, LinesOf(*stated));
}

void CheckPlansByFact(absl::string_view fact, Draft& draft) {
  for (const PlanRecord& plan : draft.state.plans) {
    const Step* step = draft.edition.FindStep(plan.step);
    if (step == nullptr || !AsksAbout(draft, *step, fact)) {
      continue;
    }
    const Live of_plan{.step = plan.step, .subject = plan.subject};
    if (CheckLines(draft, of_plan, *step, LinesOf(plan)) != nullptr) {
      draft.Tell(draft.Coordinator(), "plan_invariant", 0);
    }
  }
}

RefusalPtr FindTarget(const Draft& draft, const Live& live,
                      absl::string_view outcome, Target& target) {
  target.step = draft.edition.FindStep(live.step);
  if (target.step == nullptr) {
    return RefuseUndeclared(live.step);
  }
  target.outcome = draft.edition.FindOutcome(live.step, outcome);
  if (target.outcome != nullptr) {
    return nullptr;
  }
  RefusalPtr refusal =
      NewRefusal(model::v1::ERROR_REASON_OUTCOME_INCOMPLETE, "no_such_outcome",
                 "the step has no such outcome");
  for (const Outcome& one : target.step->outcomes()) {
    refusal->add_open_to_actor(one.id());
  }
  return refusal;
}

}  // namespace careroute::casework::internal
