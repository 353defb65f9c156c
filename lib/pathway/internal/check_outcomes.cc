#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/mentions.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using google::protobuf::Message;
using google::protobuf::util::MessageDifferencer;
using model::v1::Next;
using model::v1::Outcome;
using model::v1::OutcomeTest;
using model::v1::Pathway;
using model::v1::Step;

// Steps and outcomes that some condition waits for: "STEP/OUTCOME", or "STEP/"
// for any outcome. Guards, ends of other steps, interrupts, tracks and stops
// all count: they move something that is live.
std::set<std::string> WaitedFor(const Pathway& pathway) {
  std::set<std::string> waited;
  WalkMessages(pathway, [&](const Message& part, const std::string&) {
    if (part.GetDescriptor() == OutcomeTest::descriptor()) {
      const auto& test = static_cast<const OutcomeTest&>(part);
      if (test.is_size() == 0) {
        waited.insert(test.step() + "/");
      }
      for (const std::string& outcome : test.is()) {
        waited.insert(absl::StrCat(test.step(), "/", outcome));
      }
    }
    return part.GetDescriptor() != model::v1::TextTable::descriptor();
  });
  return waited;
}

class OutcomeChecker {
 public:
  OutcomeChecker(CheckContext& context, const Flow& flow)
      : context_(context),
        problems_(context.problems),
        flow_(flow),
        waited_for_(WaitedFor(context.pathway)) {}

  void Check() {
    for (int i = 0; i < context_.pathway.steps_size(); ++i) {
      const Step& step = context_.pathway.steps(i);
      const auto at = problems_.Enter("steps", i);
      if (step.outcomes_size() == 0) {
        problems_.Error("outcomes", "NO_OUTCOME", "the step cannot end",
                        "declare its outcomes");
      }
      for (int k = 0; k < step.outcomes_size(); ++k) {
        const auto outcome = problems_.Enter("outcomes", k);
        CheckOutcome(step, i, k);
      }
    }
  }

 private:
  void CheckOutcome(const Step& step, int step_index, int outcome_index) {
    const Outcome& outcome = step.outcomes(outcome_index);
    const bool has_consequence =
        HasConsequence(step, outcome,
                       flow_.outcomes[static_cast<size_t>(step_index)]
                                     [static_cast<size_t>(outcome_index)]);
    if (!has_consequence && !outcome.nothing_follows() &&
        !step.has_recurrence()) {
      problems_.Error("", "LEADS_NOWHERE",
                      absl::StrCat("after outcome ", outcome.id(), " of ",
                                   step.id(), " nothing happens"),
                      "start something, set a recheck, end the case, or state "
                      "nothing_follows");
    }
    if (outcome.nothing_follows() && StartsSomething(outcome)) {
      problems_.Error("nothing_follows", "CONTRADICTORY",
                      "says that nothing follows, and starts something",
                      "keep one of them");
    }
    if (outcome.needs_plan() && !KeepsPlan(step)) {
      problems_.Error("needs_plan", "MISPLACED", "the step keeps no plan",
                      "state invariants, let visits be planned by it, or "
                      "remove it");
    }
    CheckStarts(step, outcome);
    CheckEnding(outcome);
    CheckRecheck(outcome);
    CheckReturn(outcome, step_index);
    CheckRight(outcome);
    CheckTrack(outcome);
    CheckOpensCase(outcome);
    for (int i = 0; i < outcome.ends_steps_size(); ++i) {
      if (outcome.ends_steps(i).outcome().empty()) {
        problems_.Error(FieldPath("", "ends_steps", i) + ".outcome",
                        "NO_OUTCOME", "does not say how the step ends",
                        "name the outcome");
      }
      if (outcome.ends_steps(i).step() == step.id()) {
        problems_.Error(FieldPath("", "ends_steps", i) + ".step",
                        "CONTRADICTORY", "the step ends itself twice over",
                        "remove it");
      }
    }
  }

  // A plan is what rules speak of, or what visits are planned by.
  [[nodiscard]] bool KeepsPlan(const Step& step) const {
    const auto& steps = context_.pathway.steps();
    return step.invariants_size() > 0 ||
           std::any_of(steps.begin(), steps.end(), [&step](const Step& one) {
             return !step.id().empty() &&
                    one.visits().planned_by() == step.id();
           });
  }

  static bool StartsSomething(const Outcome& outcome) {
    return outcome.starts_size() > 0 || !outcome.ending().empty() ||
           !outcome.recheck_starts().empty() || outcome.has_opens_case() ||
           outcome.returns_to_caller();
  }

  [[nodiscard]] bool HasConsequence(const Step& step, const Outcome& outcome,
                                    const OutcomeFlow& flow) const {
    return StartsSomething(outcome) || !flow.starts.empty() ||
           outcome.continues() || outcome.has_right() ||
           outcome.ends_steps_size() > 0 || !outcome.sets_track().empty() ||
           !outcome.clears_track().empty() ||
           waited_for_.count(step.id() + "/") > 0 ||
           waited_for_.count(absl::StrCat(step.id(), "/", outcome.id())) > 0;
  }

  void CheckStarts(const Step& step, const Outcome& outcome) {
    for (int i = 0; i < outcome.starts_size(); ++i) {
      const auto at = problems_.Enter("starts", i);
      const Next& next = outcome.starts(i);
      if (outcome.continues() && next.step() == step.id()) {
        problems_.Error("step", "CONTRADICTORY",
                        "the step goes on, and starts itself",
                        "keep one of them");
      }
      for (int k = 0; k < i; ++k) {
        if (MessageDifferencer::Equals(outcome.starts(k), next)) {
          problems_.Warning("step", "SAID_TWICE",
                            absl::StrCat("starts[", k, "] starts it already"),
                            "remove it, or name the step that was meant");
        }
      }
      if (next.step().empty()) {
        problems_.Error("step", "EMPTY", "starts nothing", "name the step");
      }
      if (next.has_before_by() && next.when_case() != Next::kBeforeFact) {
        problems_.Error("before_by", "MISPLACED",
                        "counts back from a date, and there is none",
                        "state before_fact");
      }
      CheckAfterEnding(outcome, next.step());
    }
  }

  void CheckReturn(const Outcome& outcome, int step) {
    if (outcome.returns_to_caller() &&
        flow_.callers[static_cast<size_t>(step)].empty()) {
      problems_.Error("returns_to_caller", "LEADS_NOWHERE",
                      "no step starts this one, so there is none to return to",
                      "start a step by name");
    }
  }

  // What an ending lets live must be a step of the household.
  void CheckAfterEnding(const Outcome& outcome, const std::string& started) {
    const Step* step = context_.FindStep(started);
    if (!outcome.ending().empty() && step != nullptr &&
        !step->outlives_case()) {
      problems_.Error(
          "step", "STARTS_AFTER_ENDING",
          absl::StrCat("the case ends, and ", started, " does not outlive it"),
          "let the step outlive the case, or do not start it");
    }
  }

  void CheckEnding(const Outcome& outcome) {
    if (outcome.keeps_open_size() > 0 && outcome.ending().empty()) {
      problems_.Error("keeps_open", "MISPLACED",
                      "keeps steps open after an ending, and there is none",
                      "name the ending");
    }
    for (int i = 0; i < outcome.keeps_open_size(); ++i) {
      const Step* step = context_.FindStep(outcome.keeps_open(i));
      if (step != nullptr && !step->outlives_case()) {
        problems_.Error(FieldPath("", "keeps_open", i), "NOT_OUTLIVING",
                        absl::StrCat(step->id(), " is not of the household"),
                        "state outlives_case at the step");
      }
    }
    if (outcome.continues() && !outcome.ending().empty()) {
      problems_.Error("continues", "CONTRADICTORY",
                      "the step goes on, and the case ends",
                      "keep one of them");
    }
  }

  void CheckRecheck(const Outcome& outcome) {
    if (!outcome.recheck_starts().empty() && !outcome.ending().empty()) {
      const Step* step = context_.FindStep(outcome.recheck_starts());
      if (step != nullptr && !step->outlives_case()) {
        problems_.Error("recheck_starts", "STARTS_AFTER_ENDING",
                        absl::StrCat("the case ends, and ", step->id(),
                                     " does not outlive it"),
                        "let the step outlive the case, or do not start it");
      }
    }
    if (outcome.needs_recheck_date() && outcome.recheck_starts().empty() &&
        outcome.ending().empty()) {
      problems_.Error("recheck_starts", "RECHECK_STARTS_NOTHING",
                      "on the date of the recheck nothing happens",
                      "name the step it starts");
    }
    if (!outcome.needs_recheck_date() && !outcome.recheck_starts().empty()) {
      problems_.Error("needs_recheck_date", "NO_DATE",
                      "the recheck has no date", "state needs_recheck_date");
    }
  }

  void CheckRight(const Outcome& outcome) {
    if (!outcome.has_right()) {
      return;
    }
    const auto at = problems_.Enter("right");
    if (outcome.right().step().empty()) {
      problems_.Error("step", "EMPTY", "opens no step", "name the step");
    }
    if (outcome.right().has_window() && !outcome.right().has_source() &&
        outcome.right().window().parameter().empty()) {
      problems_.Error("source", "NO_PROVENANCE",
                      "nobody says where the window comes from",
                      "state act and provenance, or name a region parameter");
    }
  }

  void CheckTrack(const Outcome& outcome) {
    if (!outcome.sets_track().empty() &&
        outcome.sets_track() == outcome.clears_track()) {
      problems_.Error("clears_track", "CONTRADICTORY",
                      "sets and clears the same track", "keep one of them");
    }
  }

  void CheckOpensCase(const Outcome& outcome) {
    if (!outcome.has_opens_case()) {
      return;
    }
    const auto at = problems_.Enter("opens_case");
    const model::v1::OpensCase& opens = outcome.opens_case();
    if (opens.pathway().empty()) {
      problems_.Error("pathway", "EMPTY", "opens no pathway", "name it");
    }
    if (opens.pathway() == context_.pathway.id() &&
        opens.person() != model::v1::NEW_CASE_PERSON_CHILD_BORN) {
      problems_.Error("pathway", "CONTRADICTORY",
                      "a person has one open case of a pathway, and it is open",
                      "start a step, or open another pathway");
    }
    if (!opens.copies_of_child().empty() &&
        opens.for_each() != model::v1::SUBJECT_KIND_CHILD_BORN) {
      problems_.Error("copies_of_child", "MISPLACED",
                      "says whose a finding is, and no case is a child's",
                      "open a case for each child born, or remove it");
    }
    if (opens.entry().empty()) {
      problems_.Error("entry", "EMPTY", "does not say how the case begins",
                      "name the entry");
    } else if (opens.pathway() == context_.pathway.id() &&
               !context_.Has(Named::kEntry, opens.entry())) {
      problems_.Error("entry", "UNKNOWN_ID",
                      absl::StrCat("there is no entry ", opens.entry()),
                      "declare the entry, or correct the id");
    }
  }

  CheckContext& context_;
  base::Problems& problems_;
  const Flow& flow_;
  const std::set<std::string> waited_for_;
};

}  // namespace

void CheckOutcomes(CheckContext& context, const Flow& flow) {
  OutcomeChecker(context, flow).Check();
}

}  // namespace careroute::pathway::internal
