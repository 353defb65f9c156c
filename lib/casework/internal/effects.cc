#include "lib/casework/internal/effects.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/casework/internal/consents.h"
#include "lib/casework/internal/draft_view.h"
#include "lib/casework/internal/ending.h"
#include "lib/casework/internal/interrupts.h"
#include "lib/casework/internal/records.h"
#include "lib/casework/internal/starts.h"

namespace careroute::casework::internal {
namespace {

using model::v1::Next;
using model::v1::Outcome;
using model::v1::Step;
using pathway::Tri;

absl::string_view Word(absl::string_view kind, const Live& live,
                       const Outcome& outcome, Draft& draft) {
  return draft.Keep(absl::StrCat(kind, live.step, "/", outcome.id()));
}

void ChangeTracks(const Outcome& outcome, Draft& draft) {
  if (!outcome.sets_track().empty()) {
    draft.SetTrack(outcome.sets_track());
  }
  if (!outcome.clears_track().empty()) {
    draft.ClearTrack(outcome.clears_track());
  }
}

void RecordFacts(const Live& live, const Outcome& outcome, Draft& draft) {
  for (const model::v1::Fact& one : outcome.records()) {
    const model::v1::FactDeclaration* declared =
        draft.edition.FindFact(one.fact());
    if (one.has_subject() || declared == nullptr ||
        declared->subject() != live.subject.kind ||
        live.subject == SubjectRef{}) {
      draft.PutFact(one, /*by_the_way=*/true);
      continue;
    }
    model::v1::Fact of_subject = one;
    ToProto(live.subject, of_subject.mutable_subject());
    draft.PutFact(of_subject, /*by_the_way=*/true);
  }
}

void EndSteps(const Live& by, const Outcome& outcome, Draft& draft) {
  for (const model::v1::EndsStep& ends : outcome.ends_steps()) {
    std::vector<Live> ended;
    draft.VisitLive([&](const Live& live) {
      const bool of_another =
          live.subject.kind == by.subject.kind && live.subject != by.subject;
      if (live.step == ends.step() && live.number != by.number && !of_another) {
        ended.push_back(live);
      }
      return true;
    });
    for (const Live& live : ended) {
      if (draft.FindLive(live.number).has_value() && !draft.overflown()) {
        CompleteByRule(live, ends.outcome(), "ended_by_step", draft);
      }
    }
  }
}

// The date of a Next: of the fact of its occurrence's subject, or the person.
std::optional<absl::Time> DueOf(const Next& next, SubjectRef subject,
                                const Draft& draft) {
  model::v1::DateRule rule;
  rule.set_fact_date(next.before_fact());
  if (next.has_before_by()) {
    *rule.mutable_before_by() = next.before_by();
  }
  return InstantOf(draft, rule, subject);
}

void StartNext(const Live& live, const Next& next, const Completion& completion,
               Draft& draft) {
  const Step* step = draft.edition.FindStep(next.step());
  if (step == nullptr ||
      (next.has_if_() && Ask(draft, next.if_(), live.subject) != Tri::kYes)) {
    return;
  }
  const absl::string_view word =
      Word("outcome:", live, completion.outcome, draft);
  std::optional<absl::Time> due;
  switch (next.when_case()) {
    case Next::kAfter:
      due = draft.places.AddTerm(draft.happened, next.after());
      break;
    case Next::kBeforeFact:
      due = DueOf(next, live.subject, draft);
      if (!due.has_value()) {
        return;  // waits until the fact is known
      }
      break;
    case Next::kOnGivenDate:
      if (const auto day = Places::Day(completion.recheck_date);
          day.has_value()) {
        due = draft.places.StartOf(*day);
      }
      break;
    case Next::WHEN_NOT_SET:
      break;
  }
  if (due.has_value() && *due > draft.recorded) {
    draft.Schedule(step->id(), live.subject, *due, word);
    return;
  }
  StartFor(*step, live.subject,
           {.word = word, .starter = &live, .redirect = next.redirect()},
           draft);
}

void StartSteps(const Live& live, const Completion& completion, Draft& draft) {
  const absl::string_view word =
      Word("outcome:", live, completion.outcome, draft);
  for (const pathway::Launch& launch :
       draft.edition.StartedByOutcome(live.step, completion.outcome.id())) {
    if (draft.overflown()) {
      return;
    }
    if (launch.next != nullptr) {
      StartNext(live, *launch.next, completion, draft);
      continue;
    }
    const model::v1::StartRule& rule = *launch.rule;
    const bool fresh = !rule.outcome().has_not_older_than() ||
                       pathway::Evaluate(rule.outcome(), DraftView(draft),
                                         live.subject) == Tri::kYes;
    if (fresh && IfHolds(draft, rule, live.subject)) {
      StartFor(draft.edition.step(launch.step), live.subject,
               {.word = word, .starter = &live}, draft);
    }
  }
}

void OpenRight(const Live& live, const Outcome& outcome, Draft& draft) {
  if (!outcome.has_right()) {
    return;
  }
  std::optional<absl::Time> close;
  const model::v1::Term& window = outcome.right().window();
  if (window.n() > 0 && !pathway::IsNoLimit(window)) {
    close = draft.places.AddTerm(draft.happened, window);
  }
  draft.OpenRight(outcome.right().step(), live, close);
}

// Whether the fact is of another child than the one the case is opened for: its
// own, or that of a finding of which somebody said whose it is.
bool IsOfAnother(const FactRecord& fact, const model::v1::OpensCase& opens,
                 SubjectRef subject, const Draft& draft) {
  if (fact.subject.kind == subject.kind) {
    return fact.subject != subject;
  }
  const FactRecord* child =
      opens.copies_of_child().empty() || fact.subject == SubjectRef{}
          ? nullptr
          : draft.CurrentFact(opens.copies_of_child(), fact.subject);
  return child != nullptr && child->kind == pathway::FactKind::kNumber &&
         child->number != subject.number;
}

void AskForCase(const Live& live, const model::v1::OpensCase& opens,
                SubjectRef subject, Draft& draft) {
  event::v1::Message& message =
      draft.AddMessage("open_case", absl::StrCat("pathway/", opens.pathway()));
  message.set_entry(opens.entry());
  message.set_new_person(opens.person());
  for (const int link : opens.links()) {
    message.add_links(static_cast<model::v1::FamilyLink>(link));
  }
  if (subject != SubjectRef{}) {
    ToProto(subject, message.mutable_subject());
  }
  for (const std::string& id : opens.copies()) {
    draft.VisitFacts(id, [&](const FactRecord& fact) {
      if (!IsOfAnother(fact, opens, subject, draft)) {
        ToProto(fact, message.add_facts());
      }
      return true;
    });
  }
  draft.Tell(draft.Coordinator(), "linked_case_asked", live.number);
}

void OpenCases(const Live& live, const Outcome& outcome, Draft& draft) {
  if (!outcome.has_opens_case()) {
    return;
  }
  const model::v1::OpensCase& opens = outcome.opens_case();
  const model::v1::SubjectKind kind = opens.for_each();
  if (kind == model::v1::SUBJECT_KIND_UNSPECIFIED ||
      kind == model::v1::SUBJECT_KIND_PERSON || kind == live.subject.kind) {
    const bool each = kind == live.subject.kind;
    AskForCase(live, opens, each ? live.subject : SubjectRef{}, draft);
    return;
  }
  const int32_t count = draft.SubjectCount(kind);
  for (int32_t number = 1; number <= count && !draft.overflown(); ++number) {
    AskForCase(live, opens, {.kind = kind, .number = number}, draft);
  }
}

void ReturnToCaller(const Live& live, const Outcome& outcome, Draft& draft) {
  if (!outcome.returns_to_caller()) {
    return;
  }
  std::vector<CallerRecord> callers = CallersOf(live);
  if (callers.empty()) {
    draft.Tell(draft.Coordinator(), "nobody_to_return_to", live.number);
    return;
  }
  const CallerRecord caller = callers.front();
  callers.erase(callers.begin());
  if (draft.FindLive(caller.occurrence).has_value()) {
    return;  // it just goes on
  }
  const Step* step = draft.edition.FindStep(caller.step);
  if (step != nullptr) {
    StartStep(*step, caller.subject,
              {.word = Word("returned:", live, outcome, draft),
               .starter = &live,
               .callers = std::move(callers)},
              draft);
  }
}

void Recheck(const Live& live, const Completion& completion, Draft& draft) {
  const auto day = Places::Day(completion.recheck_date);
  if (!day.has_value()) {
    return;
  }
  const Outcome& outcome = completion.outcome;
  for (const Next& next : outcome.starts()) {
    if (next.on_given_date()) {
      return;  // the date is used already
    }
  }
  draft.Schedule(outcome.recheck_starts(), live.subject,
                 draft.places.StartOf(*day),
                 Word("recheck:", live, outcome, draft));
}

void Notify(const Live& live, const Outcome& outcome, Draft& draft) {
  for (const std::string& role : outcome.notifies()) {
    draft.Tell(absl::StrCat("role/", role),
               absl::StrCat("outcome/", live.step, "/", outcome.id()),
               live.number);
  }
}

void EndConsents(const Outcome& outcome, Draft& draft) {
  if (!outcome.ends_consents()) {
    return;
  }
  std::vector<int32_t> ended;
  draft.VisitConsents([&](const ConsentRecord& one) {
    if (one.state == model::v1::CONSENT_STATE_GIVEN ||
        one.state == model::v1::CONSENT_STATE_DISPUTED) {
      ended.push_back(one.number);
    }
    return true;
  });
  for (const int32_t number : ended) {
    draft.LapseConsent(number);
    TellHolders(number, "consent_lapsed", draft);
  }
  if (!ended.empty()) {
    draft.Tell(draft.Coordinator(), "consents_to_renew", 0);
  }
}

void RecurLater(const Live& live, const Step& step, Draft& draft) {
  if (!step.has_recurrence() || !draft.IsOpen() ||
      draft.IsLive(step.id(), live.subject)) {
    return;
  }
  const model::v1::Recurrence& recurrence = step.recurrence();
  if (recurrence.has_while_() &&
      Ask(draft, recurrence.while_(), live.subject) == Tri::kNo) {
    return;
  }
  const auto due = draft.places.AddTerm(draft.happened, recurrence.every());
  if (due.has_value()) {
    draft.Schedule(step.id(), live.subject, *due, "recurs");
  }
}

void AfterEnd(const Live& live, Draft& draft) {
  PassGate(live, draft);
  if (const Step* step = draft.edition.FindStep(live.step); step != nullptr) {
    RecurLater(live, *step, draft);
  }
}

void Apply(const Live& live, const Completion& completion, Draft& draft) {
  const Outcome& outcome = completion.outcome;
  RecordFacts(live, outcome, draft);
  ChangeTracks(outcome, draft);
  EndConsents(outcome, draft);
  EndSteps(live, outcome, draft);
  StartSteps(live, completion, draft);
  OpenRight(live, outcome, draft);
  OpenCases(live, outcome, draft);
  ReturnToCaller(live, outcome, draft);
  Recheck(live, completion, draft);
  Notify(live, outcome, draft);
}

}  // namespace

bool GoesOn(const Outcome& outcome) {
  return outcome.continues() || outcome.keeps_service_until_replaced();
}

void Complete(const Live& live, const Completion& completion, Draft& draft) {
  const Outcome& outcome = completion.outcome;
  const bool goes_on = GoesOn(outcome);
  if (goes_on) {
    draft.NoteOutcome(live,
                      {.outcome = outcome.id(),
                       .why = completion.why,
                       .until_replaced = outcome.keeps_service_until_replaced(),
                       .in_body = completion.in_body});
  } else {
    draft.EndStep(live, {.outcome = outcome.id(),
                         .why = completion.why,
                         .late = completion.late,
                         .in_body = completion.in_body});
  }
  if (draft.overflown()) {
    return;
  }
  Apply(live, completion, draft);
  if (!goes_on) {
    AfterEnd(live, draft);
  }
  if (!outcome.ending().empty() && draft.IsOpen()) {
    EndCase(outcome.ending(), outcome.keeps_open(), draft);
  }
}

void CompleteByRule(const Live& live, absl::string_view outcome,
                    absl::string_view why, Draft& draft) {
  const Outcome* found = draft.edition.FindOutcome(live.step, outcome);
  if (found == nullptr) {
    Withdraw(live, why, draft);
    draft.Tell(draft.Coordinator(), "step_withdrawn", live.number);
    return;
  }
  Complete(live, {.outcome = *found, .why = why}, draft);
}

void Withdraw(const Live& live, absl::string_view why, Draft& draft) {
  draft.EndStep(live, {.why = why});
  AfterEnd(live, draft);
}

namespace {

// What one Next waits for, after its outcome happened for the subject.
void MoveSchedule(const Step& from, const Outcome& outcome, const Next& next,
                  SubjectRef subject, Draft& draft) {
  const std::string by = absl::StrCat("outcome:", from.id(), "/", outcome.id());
  std::vector<int32_t> pending;
  draft.VisitSchedules([&](const ScheduleRecord& one) {
    if (one.step == next.step() && one.subject == subject &&
        one.scheduled_by == by) {
      pending.push_back(one.number);
    }
    return true;
  });
  const Step* step = draft.edition.FindStep(next.step());
  const HistoryRecord* done = FindHistory(draft.state, next.step(), subject);
  const HistoryRecord* asked = FindHistory(draft.state, from.id(), subject);
  const bool waits = !pending.empty() ||
                     (asked != nullptr && !draft.IsLive(next.step(), subject) &&
                      (done == nullptr || done->outcomes.back().version <
                                              asked->outcomes.back().version));
  if (step == nullptr || !waits) {
    return;
  }
  for (const int32_t number : pending) {
    draft.EndSchedule(number);
  }
  const auto due = DueOf(next, subject, draft);
  if (!due.has_value()) {
    return;
  }
  if (*due > draft.recorded) {
    draft.Schedule(step->id(), subject, *due, by);
  } else if (!next.has_if_() || Ask(draft, next.if_(), subject) == Tri::kYes) {
    StartFor(*step, subject, {.word = draft.Keep(by)}, draft);
  }
}

}  // namespace

void MoveSchedulesByFact(absl::string_view fact, Draft& draft) {
  for (const Step& from : draft.edition.pathway().steps()) {
    for (const Outcome& outcome : from.outcomes()) {
      for (const Next& next : outcome.starts()) {
        if (next.before_fact() != fact) {
          continue;
        }
        for (const HistoryRecord& one : draft.state.history) {
          const bool happened =
              one.step == from.id() &&
              std::any_of(one.outcomes.begin(), one.outcomes.end(),
                          [&outcome](const PastOutcomeRecord& past) {
                            return past.outcome == outcome.id();
                          });
          if (happened) {
            MoveSchedule(from, outcome, next, one.subject, draft);
          }
        }
      }
    }
  }
}

}  // namespace careroute::casework::internal
