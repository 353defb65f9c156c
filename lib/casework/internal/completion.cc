#include "lib/casework/internal/completion.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/calendar/civil_date.h"
#include "lib/casework/internal/guards.h"
#include "lib/casework/internal/records.h"
#include "lib/casework/plan_check.h"

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

// The record of a fact for what the plan belongs to, else of the person.
const FactRecord* FactOf(const Draft& draft, absl::string_view fact,
                         SubjectRef subject) {
  const FactRecord* known = draft.CurrentFact(fact, subject);
  return known != nullptr ? known : draft.CurrentFact(fact, SubjectRef{});
}

// Caps count of the day.
std::vector<model::v1::PlanViolation> ViolationsOf(const Draft& draft,
                                                   const Live& live,
                                                   const Step& step,
                                                   const PlanLines& plan,
                                                   absl::CivilDay day) {
  const std::string date = calendar::FormatDate(day);
  const auto fact = [&](absl::string_view id) {
    return FactOf(draft, id, live.subject);
  };
  return casework::CheckPlan({.edition = draft.edition,
                              .step = step,
                              .fact = fact,
                              .date = date,
                              .language = "en"},
                             plan);
}

// What no rule could count is wrong with the command itself.
bool IsForm(const model::v1::PlanViolation& violation) {
  return violation.rule().empty();
}

// Each broken rule once, with the mend of the first thing wrong with it.
void AddRule(const Live& live, const model::v1::PlanViolation& violation,
             model::v1::Refusal& refusal) {
  const std::string what =
      absl::StrCat("invariant/", live.step, "/", violation.rule());
  for (const model::v1::Missing& one : refusal.missing()) {
    if (one.what() == what) {
      return;
    }
  }
  AddMissing(
      {.what = what, .can_be_met_by = "performer", .mend = violation.mend()},
      refusal);
}

RefusalPtr RefusePlan(const Live& live,
                      const std::vector<model::v1::PlanViolation>& wrong) {
  if (wrong.empty()) {
    return nullptr;
  }
  RefusalPtr refusal =
      std::any_of(wrong.begin(), wrong.end(), IsForm)
          ? NewRefusal(model::v1::ERROR_REASON_INVALID_REQUEST,
                       "invalid_request",
                       "the lines of the plan cannot be counted")
          : NewRefusal(model::v1::ERROR_REASON_OUTCOME_INCOMPLETE,
                       "plan_invariant",
                       absl::StrCat("the plan breaks a rule: ",
                                    wrong.front().message()));
  for (const model::v1::PlanViolation& one : wrong) {
    AddProblem({.path = one.path(),
                .reason = model::v1::PlanFault_Name(one.fault()),
                .message = one.message(),
                .mend = one.mend()},
               refusal);
    if (!IsForm(one)) {
      AddRule(live, one, *refusal);
    }
  }
  *refusal->mutable_because()->mutable_source() = wrong.front().source();
  return refusal;
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
    return RefusePlan(live, ViolationsOf(draft, live, step, plan,
                                         draft.places.DayOf(draft.happened)));
  }
  const PlanRecord* stated = FindPlan(draft, live);
  return stated == nullptr
             ? nullptr
             : RefusePlan(live,
                          ViolationsOf(draft, live, step, LinesOf(*stated),
                                       draft.places.today()));
}

void CheckPlansByFact(absl::string_view fact, Draft& draft) {
  for (const PlanRecord& plan : draft.state.plans) {
    const Step* step = draft.edition.FindStep(plan.step);
    if (step == nullptr || !AsksAbout(draft, *step, fact)) {
      continue;
    }
    const Live of_plan{.step = plan.step, .subject = plan.subject};
    if (!ViolationsOf(draft, of_plan, *step, LinesOf(plan),
                      draft.places.today())
             .empty()) {
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
