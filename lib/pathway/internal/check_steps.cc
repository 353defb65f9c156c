#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/mentions.h"
#include "lib/pathway/internal/term_range.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using model::v1::DateRule;
using model::v1::StartRule;
using model::v1::Step;

// The one profile of referrals there is.
constexpr absl::string_view kDefaultProfile = "default";

class StepChecker {
 public:
  explicit StepChecker(CheckContext& context)
      : context_(context), problems_(context.problems) {}

  void Check(int index) {
    const Step& step = context_.pathway.steps(index);
    const auto at = problems_.Enter("steps", index);
    if (step.stage().empty() && context_.pathway.stages_size() > 0) {
      problems_.Error("stage", "NO_STAGE", "the step belongs to no stage",
                      "name its stage, in a block at the use");
    }
    CheckStarts(step);
    CheckGuards(step);
    CheckNeverWaits(step);
    CheckReferral(step);
    CheckAttempts(step);
    CheckSilence(step);
    CheckRuns(step);
    CheckVisits(step);
    CheckInvariants(step);
  }

 private:
  void CheckStarts(const Step& step) {
    for (int i = 0; i < step.starts_on_size(); ++i) {
      const auto at = problems_.Enter("starts_on", i);
      const StartRule& rule = step.starts_on(i);
      if (rule.on_case() == StartRule::ON_NOT_SET) {
        problems_.Error("", "EMPTY", "names no trigger", "state it");
      } else if (rule.has_date()) {
        CheckDate(rule.date(), "date");
      } else if (rule.has_outcome()) {
        CheckSaidOnce(step, rule);
      }
    }
  }

  void CheckDate(const DateRule& date, const std::string& field) {
    if (date.reference_case() == DateRule::REFERENCE_NOT_SET) {
      problems_.Error(field, "EMPTY", "names no day",
                      "state an age or the date of a fact");
    }
    if (date.has_age() && IsBeforeBirth(date.age(), date.before_by())) {
      problems_.Error(field + ".before_by", "OUT_OF_RANGE",
                      "falls before the birth", "count back less than the age");
    }
  }

  void CheckSaidOnce(const Step& step, const StartRule& rule) {
    const Step* from = context_.FindStep(rule.outcome().step());
    if (from == nullptr) {
      return;
    }
    for (const model::v1::Outcome& outcome : from->outcomes()) {
      bool names = rule.outcome().is_size() == 0;
      for (const std::string& id : rule.outcome().is()) {
        names = names || id == outcome.id();
      }
      for (const model::v1::Next& next : outcome.starts()) {
        if (names && next.step() == step.id()) {
          problems_.Warning(
              "outcome", "SAID_TWICE",
              absl::StrCat("outcome ", outcome.id(), " of ", from->id(),
                           " starts the step already"),
              "say it in one place");
        }
      }
    }
  }

  void CheckGuards(const Step& step) {
    for (int i = 0; i < step.guards_size(); ++i) {
      const auto at = problems_.Enter("guards", i);
      const model::v1::Guard& guard = step.guards(i);
      if (!guard.has_must_hold()) {
        problems_.Error("must_hold", "EMPTY", "the guard demands nothing",
                        "state the condition");
      }
      if (guard.can_be_met_by().empty()) {
        problems_.Warning("can_be_met_by", "NOBODY_CAN_MEET_IT",
                          "a refusal could not say who can meet the guard",
                          "name the role");
      }
      if (guard.has_emergency_exception()) {
        CheckException(guard.emergency_exception());
      }
    }
  }

  void CheckException(const model::v1::EmergencyException& exception) {
    const auto at = problems_.Enter("emergency_exception");
    if (!exception.has_when()) {
      problems_.Error("when", "EMPTY", "does not say when it may be used",
                      "state the condition");
    }
    if (!exception.has_evidence_within()) {
      problems_.Error("evidence_within", "NO_DUE",
                      "does not say how soon the evidence must follow",
                      "state it");
    }
    if (!exception.has_source()) {
      problems_.Error("source", "NO_PROVENANCE",
                      "nobody says where the exception comes from",
                      "state act and provenance");
    }
  }

  void CheckNeverWaits(const Step& step) {
    for (int i = 0; i < step.never_waits_for_size(); ++i) {
      const std::string& other = step.never_waits_for(i);
      if (other == step.id()) {
        problems_.Error(FieldPath("", "never_waits_for", i), "CONTRADICTORY",
                        "a step does not wait for itself", "remove it");
      }
      for (int k = 0; k < step.guards_size(); ++k) {
        if (MentionsStep(step.guards(k).must_hold(), other)) {
          problems_.Error(FieldPath("", "guards", k),
                          "NEVER_WAITS_CONTRADICTED",
                          absl::StrCat("waits for ", other,
                                       ", for which the step must never wait"),
                          "drop the guard, or the promise");
        }
      }
    }
  }

  void CheckReferral(const Step& step) {
    if (!step.has_referral()) {
      return;
    }
    if (step.referral().kind() == model::v1::REFERRAL_KIND_UNSPECIFIED) {
      problems_.Error("referral.kind", "NO_KIND", "the referral has no kind",
                      "state it");
    }
    if (step.performer().family()) {
      problems_.Error("referral", "CONTRADICTORY",
                      "a referral goes to an organisation, not to the family",
                      "name a role, or let the step be without a referral");
    }
    if (!step.referral().profile().empty() &&
        step.referral().profile() != kDefaultProfile) {
      problems_.Error(
          "referral.profile", "UNKNOWN_ID",
          absl::StrCat("there is no profile ", step.referral().profile()),
          "leave it out for the default");
    }
    if (step.referral().kind() == model::v1::REFERRAL_KIND_NOTICE &&
        !step.referral().on_accepted().empty()) {
      problems_.Error("referral.on_accepted", "MISPLACED",
                      "a notice owes no answer, so nobody accepts it",
                      "remove it, or send a referral");
    }
    if (step.referral().kind() != model::v1::REFERRAL_KIND_NOTICE &&
        step.referral().on_rejected().empty() &&
        step.referral().on_nobody_left().empty()) {
      problems_.Error("referral", "REJECTION_LEADS_NOWHERE",
                      "nothing happens once every performer has rejected",
                      "name the outcome on_nobody_left");
    }
  }

  void CheckAttempts(const Step& step) {
    if (!step.has_attempts()) {
      return;
    }
    const auto at = problems_.Enter("attempts");
    const model::v1::Attempts& attempts = step.attempts();
    if (attempts.tries() < 1 && attempts.tries_parameter().empty()) {
      problems_.Error("tries", "OUT_OF_RANGE", "the tries are not bounded",
                      "state how many, at least 1");
    }
    if (attempts.tries_parameter().empty() &&
        attempts.ways() > attempts.tries()) {
      problems_.Error("ways", "OUT_OF_RANGE", "demands more ways than tries",
                      "demand fewer ways, or more tries");
    }
    for (int i = 0; i < attempts.last_size() && attempts.modes_size() > 0;
         ++i) {
      if (std::find(attempts.modes().begin(), attempts.modes().end(),
                    attempts.last(i)) == attempts.modes().end()) {
        problems_.Error(FieldPath("", "last", i), "CONTRADICTORY",
                        "is a way that does not count",
                        "add it to the modes, or name another");
      }
    }
    if (!attempts.on_reached().empty() &&
        attempts.on_reached() == attempts.on_exhausted()) {
      problems_.Error("on_exhausted", "CONTRADICTORY",
                      "reached or not, the outcome is the same",
                      "name another outcome");
    }
    if (attempts.modes_size() > 0 && attempts.ways() > attempts.modes_size()) {
      problems_.Error("ways", "OUT_OF_RANGE",
                      "demands more ways than are allowed",
                      "allow more modes, or demand fewer ways");
    }
    if (!attempts.has_every()) {
      problems_.Error("every", "NO_DUE", "the time between tries is not said",
                      "state it");
    }
    if (attempts.on_reached().empty()) {
      problems_.Error("on_reached", "NO_OUTCOME",
                      "nothing happens when the family is reached",
                      "name the outcome");
    }
    if (attempts.on_exhausted().empty()) {
      problems_.Error("on_exhausted", "NO_OUTCOME",
                      "nothing happens once all tries are used up",
                      "name the outcome");
    }
    // Silence is never a dead end, not even on purpose.
    const int silent = FindOutcome(step, attempts.on_exhausted());
    if (silent >= 0 && step.outcomes(silent).nothing_follows()) {
      problems_.Error("on_exhausted", "SILENCE_LEADS_NOWHERE",
                      "nothing follows when the family was never reached",
                      "start a step, set a recheck, or end the case");
    }
  }

  void CheckSilence(const Step& step) {
    if (!step.has_on_silence()) {
      return;
    }
    const auto at = problems_.Enter("on_silence");
    const model::v1::OnSilence& silence = step.on_silence();
    if (!silence.has_after()) {
      problems_.Error("after", "NO_DUE", "does not say how long is silence",
                      "state it");
    }
    if (silence.outcome().empty()) {
      problems_.Error("outcome", "NO_OUTCOME", "silence leads nowhere",
                      "name the outcome");
    }
    if (!silence.has_source() && silence.after().parameter().empty()) {
      problems_.Error("source", "NO_PROVENANCE",
                      "nobody says where the term comes from",
                      "state act and provenance, or name a region parameter");
    }
  }

  void CheckRuns(const Step& step) {
    for (int i = 0; i < step.runs_until_size(); ++i) {
      const auto at = problems_.Enter("runs_until", i);
      const model::v1::RunsUntil& until = step.runs_until(i);
      if (!until.has_condition() && !until.has_date()) {
        problems_.Error("", "EMPTY", "does not say until when",
                        "state a condition or a day");
      }
      if (until.has_date()) {
        CheckDate(until.date(), "date");
      }
      if (until.outcome().empty()) {
        problems_.Error("outcome", "NO_OUTCOME",
                        "does not say how the step then ends",
                        "name the outcome");
      }
    }
    if (!step.has_recurrence()) {
      return;
    }
    const auto at = problems_.Enter("recurrence");
    if (!step.recurrence().has_every()) {
      problems_.Error("every", "NO_DUE", "does not say how often", "state it");
    }
    if (!step.id().empty() &&
        step.recurrence().while_().step().live() == step.id()) {
      problems_.Error("while", "NEVER_TRUE",
                      "asks whether the step is live, once it has ended",
                      "ask for another step");
    }
    if (!step.recurrence().has_while_() && step.runs_until_size() == 0) {
      problems_.Warning("while", "OPEN_ENDED",
                        "the step begins again until the case ends",
                        "state while, or runs_until");
    }
  }

  void CheckVisits(const Step& step) {
    if (!step.has_visits()) {
      return;
    }
    const auto at = problems_.Enter("visits");
    if (!step.visits().has_missed_after()) {
      problems_.Error("missed_after", "NO_DUE",
                      "does not say when a visit counts as missed", "state it");
    }
    if (!step.visits().planned_part().empty() &&
        !IsPartOf(step.visits().planned_by(), step.visits().planned_part())) {
      problems_.Error(
          "planned_part", "UNKNOWN_ID",
          absl::StrCat("the plan of ", step.visits().planned_by(),
                       " has no part ", step.visits().planned_part()),
          "name one of its parts");
    }
    if (step.visits().reasons_size() == 0) {
      problems_.Error("reasons", "EMPTY", "no visit can be missed for a reason",
                      "declare the reasons");
    }
  }

  [[nodiscard]] bool IsPartOf(const std::string& id, const std::string& part) {
    const Step* planning = context_.FindStep(id);
    if (planning == nullptr) {
      return !id.empty();  // an unknown step is reported itself
    }
    for (const model::v1::ListInvariant& rule : planning->invariants()) {
      const auto& parts = rule.partition().parts();
      if (std::find(parts.begin(), parts.end(), part) != parts.end()) {
        return true;
      }
    }
    return false;
  }

  void CheckInvariants(const Step& step) {
    for (int i = 0; i < step.invariants_size(); ++i) {
      const auto at = problems_.Enter("invariants", i);
      const model::v1::ListInvariant& invariant = step.invariants(i);
      if (invariant.rule_case() == model::v1::ListInvariant::RULE_NOT_SET) {
        problems_.Error("", "EMPTY", "the invariant demands nothing",
                        "state the rule");
      }
      if (invariant.has_partition()) {
        CheckPartition(invariant.partition());
      }
      if (invariant.has_sum() && (invariant.sum().of().empty() ||
                                  invariant.sum().cap_table().empty())) {
        problems_.Error("sum", "EMPTY", "the sum needs a quantity and caps",
                        "state `of` and cap_table");
      }
    }
  }

  void CheckPartition(const model::v1::Partition& partition) {
    if (partition.of_list().empty() || partition.parts_size() < 2) {
      problems_.Error("partition", "EMPTY",
                      "a partition needs a list and at least two parts",
                      "state of_list and parts");
    }
    if (partition.empty_part().empty() !=
        partition.empty_while_fact().empty()) {
      problems_.Error("partition.empty_part", "EMPTY",
                      "empty_part and empty_while_fact belong together",
                      "state both, or neither");
    }
    bool known = partition.empty_part().empty();
    for (int i = 0; i < partition.parts_size(); ++i) {
      const std::string& part = partition.parts(i);
      known = known || part == partition.empty_part();
      const auto same =
          std::find(partition.parts().begin(), partition.parts().end(), part);
      if (same - partition.parts().begin() != i) {
        problems_.Error(FieldPath("partition", "parts", i), "DUPLICATE_ID",
                        absl::StrCat(part, " stands twice"), "remove one");
      }
    }
    if (!known) {
      problems_.Error("partition.empty_part", "UNKNOWN_ID",
                      absl::StrCat("there is no part ", partition.empty_part()),
                      "name one of the parts");
    }
  }

  CheckContext& context_;
  base::Problems& problems_;
};

}  // namespace

void CheckSteps(CheckContext& context) {
  if (context.pathway.steps_size() == 0) {
    context.problems.Error("steps", "EMPTY", "the pathway has no steps",
                           "declare them");
  }
  if (!context.pathway.has_contact_every()) {
    context.problems.Warning("contact_every", "NO_CONTACT",
                             "nobody says how often the family is spoken with",
                             "state the longest time between two contacts");
  }
  StepChecker checker(context);
  for (int i = 0; i < context.pathway.steps_size(); ++i) {
    checker.Check(i);
  }
}

}  // namespace careroute::pathway::internal
