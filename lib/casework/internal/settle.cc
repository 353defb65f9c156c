#include "lib/casework/internal/settle.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/casework/internal/completion.h"
#include "lib/casework/internal/draft_view.h"
#include "lib/casework/internal/effects.h"
#include "lib/casework/internal/interrupts.h"
#include "lib/casework/internal/starts.h"
#include "lib/casework/internal/step_timers.h"

namespace careroute::casework::internal {
namespace {

using model::v1::StartRule;
using model::v1::Step;
using pathway::Rule;
using pathway::RuleKind;
using pathway::Tri;

int StartIndex(const Step& step, const StartRule& rule) {
  for (int i = 0; i < step.starts_on_size(); ++i) {
    if (&step.starts_on(i) == &rule) {
      return i;
    }
  }
  return 0;
}

// The test of the subject whose fact was recorded, and of no other.
bool Passes(const model::v1::FactTest& test, SubjectRef subject,
            const Draft& draft) {
  if (test.same_subject() || subject == SubjectRef{}) {
    return pathway::Evaluate(test, DraftView(draft), subject) == Tri::kYes;
  }
  model::v1::FactTest of_subject = test;
  of_subject.set_same_subject(true);
  return pathway::Evaluate(of_subject, DraftView(draft), subject) == Tri::kYes;
}

// A trigger that came while its `if` was not known counts once it is.
bool TriggerStands(const StartRule& rule, const Step& step, SubjectRef subject,
                   const Draft& draft) {
  const HistoryRecord* done = FindHistory(draft.state, step.id(), subject);
  switch (rule.on_case()) {
    case StartRule::kOutcome: {
      const auto match =
          pathway::LatestMatch(rule.outcome(), DraftView(draft), subject);
      return match.has_value() &&
             (done == nullptr || done->outcomes.back().version <
                                     static_cast<int64_t>(match->order));
    }
    case StartRule::kRecorded:
      return done == nullptr &&
             pathway::Evaluate(rule.recorded(), DraftView(draft), subject) ==
                 Tri::kYes;
    case StartRule::kEntry:
      return done == nullptr && draft.Entry() == rule.entry();
    case StartRule::kAtEntry:
      return done == nullptr &&
             Ask(draft, rule.at_entry(), subject) == Tri::kYes;
    case StartRule::kWithStep:
      return draft.IsLive(rule.with_step(), std::nullopt);
    default:
      return false;
  }
}

void RunStart(const Rule& rule, const Change& change, Draft& draft) {
  const Step& step = draft.edition.step(rule.step);
  const StartRule& start = *rule.start_rule;
  if (start.has_date()) {
    if (change.kind == Change::Kind::kFact) {
      ScheduleByDate(step, StartIndex(step, start), /*at_entry=*/false, draft);
    }
    return;
  }
  if (start.has_recorded() && change.kind == Change::Kind::kFact &&
      start.recorded().fact() == change.id) {
    if (Passes(start.recorded(), change.subject, draft) &&
        IfHolds(draft, start, change.subject)) {
      StartFor(step, change.subject,
               {.word = draft.Keep(absl::StrCat("fact:", change.id))}, draft);
    }
    return;
  }
  if (rule.condition == nullptr ||
      Ask(draft, *rule.condition, change.subject) != Tri::kYes ||
      !TriggerStands(start, step, change.subject, draft)) {
    return;
  }
  // A consent ends long after it was given: what waits for its end starts then,
  // although the answer was a plain no until now.
  const Tri before = AskBefore(draft, *rule.condition, change.subject);
  if (before == Tri::kYes ||
      (before == Tri::kNo && change.kind != Change::Kind::kConsent)) {
    return;
  }
  StartFor(step, change.subject, {.word = "became_known"}, draft);
}

// Whether what the step runs until has come for the occurrence.
bool HasCome(const model::v1::RunsUntil& until, const Live& live,
             const Draft& draft) {
  if (until.has_condition() &&
      Ask(draft, until.condition(), live.subject) == Tri::kYes) {
    return true;
  }
  if (!until.has_date()) {
    return false;
  }
  const auto at = InstantOf(draft, until.date(), live.subject);
  return at.has_value() && *at <= draft.recorded;
}

void RunEnd(const Rule& rule, Draft& draft) {
  const Step& step = draft.edition.step(rule.step);
  if (rule.runs_until->has_date()) {
    draft.MoveDates();  // its day may be another now
  }
  std::vector<Live> ended;
  draft.VisitLive([&](const Live& live) {
    if (live.step == step.id() && HasCome(*rule.runs_until, live, draft)) {
      ended.push_back(live);
    }
    return true;
  });
  for (const Live& live : ended) {
    if (draft.FindLive(live.number).has_value()) {
      CompleteByRule(live, rule.runs_until->outcome(), "runs_until", draft);
    }
  }
}

void EndRecurrences(const Step& step, Draft& draft) {
  std::vector<int32_t> ended;
  draft.VisitSchedules([&](const ScheduleRecord& one) {
    if (one.step == step.id() && one.scheduled_by == "recurs") {
      ended.push_back(one.number);
    }
    return true;
  });
  for (const int32_t number : ended) {
    draft.EndSchedule(number);
  }
}

bool IsScheduled(const Draft& draft, const Step& step, SubjectRef subject) {
  bool found = false;
  draft.VisitSchedules([&](const ScheduleRecord& one) {
    found = one.step == step.id() && one.subject == subject;
    return !found;
  });
  return found;
}

void RunRecurrence(const Rule& rule, Draft& draft) {
  const Step& step = draft.edition.step(rule.step);
  for (const HistoryRecord& one : draft.state.history) {
    if (one.step != step.id() || draft.IsLive(step.id(), one.subject)) {
      continue;
    }
    const Tri answer = Ask(draft, *rule.condition, one.subject);
    if (answer == Tri::kNo) {
      EndRecurrences(step, draft);
    } else if (answer == Tri::kYes && !one.outcomes.empty() &&
               !IsScheduled(draft, step, one.subject)) {
      const auto due = draft.places.AddTerm(one.outcomes.back().happened,
                                            rule.recurrence->every());
      if (due.has_value()) {
        draft.Schedule(step.id(), one.subject, std::max(*due, draft.recorded),
                       "recurs");
      }
    }
  }
}

bool BegunByHand(const Draft& draft, absl::string_view interrupt) {
  return std::any_of(draft.state.interrupts.begin(),
                     draft.state.interrupts.end(),
                     [interrupt](const InterruptRecord& one) {
                       return one.interrupt == interrupt && one.by_hand;
                     });
}

void RunInterrupt(const model::v1::Interrupt& interrupt, Draft& draft) {
  const Tri answer = Ask(draft, interrupt.when(), SubjectRef{});
  const bool holds = draft.InterruptHolds(interrupt.id());
  if (answer == Tri::kYes && !holds) {
    BeginInterrupt(interrupt, draft);
  } else if (answer == Tri::kNo && holds &&
             !BegunByHand(draft, interrupt.id())) {
    EndInterrupt(interrupt, draft);
  }
}

void RunStopBegins(const model::v1::StopReason& reason, Draft& draft) {
  if (draft.HoldingStop(reason.id()) == 0 &&
      Ask(draft, reason.begins_when(), SubjectRef{}) == Tri::kYes) {
    BeginStop(reason, draft);
  }
}

void RunStopEnds(const model::v1::StopReason& reason, Draft& draft) {
  const int32_t holding = draft.HoldingStop(reason.id());
  if (holding != 0 &&
      Ask(draft, reason.ends_when(), SubjectRef{}) == Tri::kYes) {
    draft.EndStop(holding);
  }
}

void RunOpen(const Rule& rule, const Change& change, Draft& draft) {
  switch (rule.kind) {
    case RuleKind::kStart:
      return RunStart(rule, change, draft);
    case RuleKind::kRecur:
      return RunRecurrence(rule, draft);
    case RuleKind::kInterrupt:
      return RunInterrupt(*rule.interrupt, draft);
    case RuleKind::kStopBegins:
      return RunStopBegins(*rule.stop_reason, draft);
    case RuleKind::kStopEnds:
      return RunStopEnds(*rule.stop_reason, draft);
    case RuleKind::kTrackSet:
      if (Ask(draft, *rule.condition, SubjectRef{}) == Tri::kYes) {
        draft.SetTrack(rule.track->id());
      }
      return;
    case RuleKind::kTrackCleared:
      if (Ask(draft, *rule.condition, SubjectRef{}) == Tri::kYes) {
        draft.ClearTrack(rule.track->id());
      }
      return;
    case RuleKind::kEnd:
    case RuleKind::kLimit:
      return;
  }
}

void Run(const Rule& rule, const Change& change, Draft& draft) {
  if (rule.condition != nullptr && AsksForFreshness(*rule.condition)) {
    draft.MoveDates();  // what happened now will be too old later
  }
  if (rule.kind == RuleKind::kEnd) {
    RunEnd(rule, draft);
  } else if (rule.kind == RuleKind::kLimit) {
    draft.TouchDeadlinesOf(draft.edition.step(rule.step).id());
  } else if (draft.IsOpen()) {
    RunOpen(rule, change, draft);
  }
}

absl::Span<const Rule> RulesFor(const Change& change,
                                const pathway::Edition& edition) {
  switch (change.kind) {
    case Change::Kind::kFact:
      return edition.RulesOnFact(change.id);
    case Change::Kind::kStepStarted:
    case Change::Kind::kStepEnded:
      return edition.RulesOnStep(change.id);
    case Change::Kind::kTrack:
      return edition.RulesOnTrack(change.id);
    case Change::Kind::kConsent:
      return edition.RulesOnConsent();
    case Change::Kind::kCriterion:
      return edition.RulesOnCriterion();
    case Change::Kind::kDate:
      return edition.RulesOnDate();
  }
  return {};
}

// A step that starts may be over at once: what it would run until came before.
void RunJustStarted(const Change& change, Draft& draft) {
  const Step* step = draft.edition.FindStep(change.id);
  if (step == nullptr) {
    return;
  }
  for (const model::v1::RunsUntil& until : step->runs_until()) {
    const std::optional<Live> live = draft.FindLive(step->id(), change.subject);
    if (live.has_value() && until.has_condition() &&
        Ask(draft, until.condition(), change.subject) == Tri::kYes) {
      CompleteByRule(*live, until.outcome(), "runs_until", draft);
    }
  }
  StartAll(draft.edition.StartedWithStep(change.id), change.subject,
           {.word = draft.Keep(absl::StrCat("with:", change.id))}, draft);
}

// Rules at entry whose condition was not known when the case began.
void RunWaitingEntries(Draft& draft) {
  if (draft.state.version == 0 || !draft.IsOpen()) {
    return;
  }
  for (const pathway::Launch& launch : draft.edition.StartedAtEntry()) {
    if (launch.rule == nullptr || !launch.rule->has_at_entry()) {
      continue;
    }
    const Step& step = draft.edition.step(launch.step);
    const auto& condition = launch.rule->at_entry();
    if (FindHistory(draft.state, step.id(), SubjectRef{}) == nullptr &&
        !draft.IsLive(step.id(), std::nullopt) &&
        Ask(draft, condition, SubjectRef{}) == Tri::kYes &&
        IfHolds(draft, *launch.rule, SubjectRef{}) &&
        AskBefore(draft, condition, SubjectRef{}) == Tri::kUnknown) {
      StartFor(step, SubjectRef{}, {.word = "at_entry"}, draft);
    }
  }
}

bool IsDate(const Draft& draft, absl::string_view fact) {
  const model::v1::FactDeclaration* declared = draft.edition.FindFact(fact);
  return declared != nullptr && declared->type() == model::v1::FACT_TYPE_DATE;
}

// Evidence that is owed counts as brought once the guard itself holds.
void SettleEvidence(Draft& draft) {
  for (const EvidenceOwedRecord& one : draft.state.evidence_owed) {
    const Occurrence* occurrence = FindOccurrence(draft.state, one.occurrence);
    const Step* step = occurrence == nullptr
                           ? nullptr
                           : draft.edition.FindStep(occurrence->step);
    if (step == nullptr || one.deadline == 0) {
      continue;
    }
    for (const model::v1::Guard& guard : step->guards()) {
      if (guard.id() == one.guard &&
          Ask(draft, guard.must_hold(), occurrence->subject) == Tri::kYes) {
        draft.EndDeadline(one.deadline);
      }
    }
  }
}

}  // namespace

void Settle(Draft& draft) {
  bool known_more = false;
  while (draft.HasChanges() && !draft.overflown()) {
    const Change change = draft.PopChange();
    if (change.kind == Change::Kind::kStepStarted) {
      RunJustStarted(change, draft);
    }
    for (const Rule& rule : RulesFor(change, draft.edition)) {
      if (draft.overflown()) {
        return;
      }
      Run(rule, change, draft);
    }
    if (change.kind == Change::Kind::kFact && draft.IsOpen()) {
      CheckPlansByFact(change.id, draft);
      if (IsDate(draft, change.id)) {
        MoveSchedulesByFact(change.id, draft);
      }
    }
    known_more = known_more || change.kind == Change::Kind::kFact ||
                 change.kind == Change::Kind::kCriterion;
    if (known_more && !draft.HasChanges()) {
      known_more = false;
      RunWaitingEntries(draft);
    }
  }
  SettleEvidence(draft);
}

}  // namespace careroute::casework::internal
