#include "lib/casework/internal/starts.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/casework/internal/draft_view.h"
#include "lib/casework/internal/interrupts.h"
#include "lib/casework/internal/performers.h"
#include "lib/casework/internal/records.h"

namespace careroute::casework::internal {
namespace {

using model::v1::StartRule;
using model::v1::Step;
using pathway::Tri;

bool MayBeLiveTwice(const Step& step) {
  return step.occurrence_per() == model::v1::OCCURRENCE_PER_START;
}

bool IsLeft(const Draft& draft, int32_t number) {
  const std::optional<Live> live = draft.FindLive(number);
  return live.has_value() && !live->leaving.empty();
}

// The live occurrence that keeps another from starting; one whose performer is
// being replaced does not.
bool IsTaken(const Draft& draft, const Step& step, SubjectRef subject) {
  bool taken = false;
  draft.VisitLive([&](const Live& live) {
    taken = live.step == step.id() && live.subject == subject &&
            live.leaving.empty();
    return !taken;
  });
  return taken;
}

void PutCallers(const StartCause& cause, event::v1::StepStarted& started) {
  std::vector<CallerRecord> callers;
  if (cause.callers.has_value()) {
    callers = *cause.callers;
  } else if (cause.starter != nullptr) {
    callers = CallersOf(*cause.starter);
    callers.insert(callers.begin(), {.occurrence = cause.starter->number,
                                     .step = std::string(cause.starter->step),
                                     .subject = cause.starter->subject});
  }
  if (callers.empty()) {
    return;
  }
  if (callers.size() > kCallersMax) {
    callers.resize(kCallersMax);
  }
  started.set_caller(callers.front().occurrence);
  for (const CallerRecord& caller : callers) {
    ToProto(caller, started.add_callers());
  }
}

std::vector<absl::string_view> ExcludedFor(const Step& step,
                                           const StartCause& cause) {
  if (!cause.redirect || cause.starter == nullptr) {
    return {};
  }
  std::vector<absl::string_view> excluded;
  if (cause.starter->step == step.id()) {
    excluded = ExcludedOf(*cause.starter);
  }
  if (!cause.starter->performer.empty()) {
    excluded.push_back(cause.starter->performer);
  }
  return excluded;
}

// The fact of a date rule belongs to the occurrence's subject or the person.
const FactRecord* DateFact(const Draft& draft, const std::string& fact,
                           SubjectRef subject) {
  if (const FactRecord* own = draft.CurrentFact(fact, subject);
      own != nullptr) {
    return own;
  }
  return draft.CurrentFact(fact, SubjectRef{});
}

}  // namespace

void EndReplaced(absl::string_view step, SubjectRef subject, int32_t by,
                 Draft& draft) {
  absl::InlinedVector<Live, 1> replaced;
  draft.VisitLive([&](const Live& live) {
    if (live.number != by && live.step == step && live.subject == subject &&
        IsLeft(draft, live.number)) {
      replaced.push_back(live);
    }
    return true;
  });
  for (const Live& live : replaced) {
    draft.EndStep(live, {.outcome = live.leaving, .why = "replaced"});
  }
}

std::vector<CallerRecord> CallersOf(const Live& live) {
  if (live.folded != nullptr) {
    return live.folded->callers;
  }
  std::vector<CallerRecord> callers;
  for (const event::v1::Caller& one : live.started->callers()) {
    callers.push_back(FromProto(one));
  }
  return callers;
}

void StartStep(const Step& step, SubjectRef subject, const StartCause& cause,
               Draft& draft) {
  // After an ending only what a step that stays open brings about goes on.
  if (!draft.IsOpen() && !step.outlives_case() && cause.starter == nullptr) {
    return;
  }
  if (!MayBeLiveTwice(step) && IsTaken(draft, step, subject)) {
    return;
  }
  const std::vector<absl::string_view> excluded = ExcludedFor(step, cause);
  const absl::string_view performer = ResolvePerformer(
      {.performer = step.performer(),
       .starter = cause.starter == nullptr ? absl::string_view()
                                           : cause.starter->performer,
       .excluded = excluded},
      draft);
  const bool suspended = IsSuspended(draft, step.id());
  event::v1::StepStarted* started = draft.AddStarted(step, subject);
  if (started == nullptr) {
    return;
  }
  started->set_started_by(cause.word.data(), cause.word.size());
  started->set_performer(performer.data(), performer.size());
  started->set_suspended(suspended);
  started->set_outlives_case(step.outlives_case());
  for (const absl::string_view organisation : excluded) {
    started->add_excluded(organisation.data(), organisation.size());
  }
  PutCallers(cause, *started);
  if (!step.has_referral()) {
    draft.Join(performer);
    EndReplaced(step.id(), subject, started->occurrence(), draft);
  }
}

model::v1::SubjectKind KindOf(const Step& step, SubjectRef near) {
  switch (step.occurrence_per()) {
    case model::v1::OCCURRENCE_PER_PREGNANCY:
      return model::v1::SUBJECT_KIND_PREGNANCY;
    case model::v1::OCCURRENCE_PER_FINDING:
      return model::v1::SUBJECT_KIND_FINDING;
    case model::v1::OCCURRENCE_PER_PLAN_LINE:
      return model::v1::SUBJECT_KIND_PLAN_LINE;
    case model::v1::OCCURRENCE_PER_PERIOD:
      return model::v1::SUBJECT_KIND_PERIOD;
    case model::v1::OCCURRENCE_PER_CHILD_BORN:
      return model::v1::SUBJECT_KIND_CHILD_BORN;
    case model::v1::OCCURRENCE_PER_START:
      return near.kind;
    default:
      return model::v1::SUBJECT_KIND_PERSON;
  }
}

void StartFor(const Step& step, SubjectRef near, const StartCause& cause,
              Draft& draft) {
  const model::v1::SubjectKind kind = KindOf(step, near);
  if (kind == near.kind) {
    StartStep(step, near, cause, draft);
    return;
  }
  if (kind == model::v1::SUBJECT_KIND_PERSON) {
    StartStep(step, SubjectRef{}, cause, draft);
    return;
  }
  const int32_t count = draft.SubjectCount(kind);
  if (count == 0) {
    // Nobody has numbered one yet; the work must not be lost for that.
    StartStep(step, {.kind = kind}, cause, draft);
    return;
  }
  for (int32_t number = 1; number <= count && !draft.overflown(); ++number) {
    StartStep(step, {.kind = kind, .number = number}, cause, draft);
  }
}

bool IfHolds(const Draft& draft, const StartRule& rule, SubjectRef asking) {
  return !rule.has_if_() || Ask(draft, rule.if_(), asking) == Tri::kYes;
}

void StartAll(absl::Span<const pathway::Launch> launches, SubjectRef near,
              const StartCause& cause, Draft& draft) {
  for (const pathway::Launch& launch : launches) {
    if (launch.rule == nullptr || IfHolds(draft, *launch.rule, near)) {
      StartFor(draft.edition.step(launch.step), near, cause, draft);
    }
  }
}

void StartAtEntry(Draft& draft) {
  for (const pathway::Launch& launch : draft.edition.StartedAtEntry()) {
    if (launch.rule == nullptr || !launch.rule->has_at_entry()) {
      continue;  // dates: ScheduleAllDates
    }
    if (Ask(draft, launch.rule->at_entry(), SubjectRef{}) == Tri::kYes &&
        IfHolds(draft, *launch.rule, SubjectRef{})) {
      StartFor(draft.edition.step(launch.step), SubjectRef{},
               {.word = "at_entry"}, draft);
    }
  }
}

std::optional<absl::Time> InstantOf(const Draft& draft,
                                    const model::v1::DateRule& rule,
                                    SubjectRef subject) {
  std::optional<absl::CivilDay> day;
  if (rule.has_age()) {
    day = BirthdayOf(draft, rule.age());
  } else if (rule.reference_case() == model::v1::DateRule::kFactDate) {
    const FactRecord* fact = DateFact(draft, rule.fact_date(), subject);
    if (fact != nullptr && fact->kind == pathway::FactKind::kDate) {
      day = Places::Day(fact->text);
    }
  }
  if (!day.has_value()) {
    return std::nullopt;
  }
  return draft.places.Before(
      *day, rule.has_before_by() ? &rule.before_by() : nullptr);
}

namespace {

void EndSchedulesOf(absl::string_view step, SubjectRef subject,
                    absl::string_view by, Draft& draft) {
  absl::InlinedVector<int32_t, 2> ended;
  draft.VisitSchedules([&](const ScheduleRecord& one) {
    if (one.step == step && one.subject == subject && one.scheduled_by == by) {
      ended.push_back(one.number);
    }
    return true;
  });
  for (const int32_t number : ended) {
    draft.EndSchedule(number);
  }
}

void ScheduleFor(const Step& step, const StartRule& rule, SubjectRef subject,
                 absl::string_view by, bool at_entry, Draft& draft) {
  const std::optional<absl::Time> due = InstantOf(draft, rule.date(), subject);
  EndSchedulesOf(step.id(), subject, by, draft);
  if (!due.has_value()) {
    return;
  }
  if (*due > draft.recorded) {
    draft.Schedule(step.id(), subject, *due, by);
    return;
  }
  // Past already. At entry only where the pathway says that it still counts; a
  // date that is recorded later counts as the day it was for.
  const bool fires = !at_entry || rule.date().past_fires_at_entry();
  if (fires && IfHolds(draft, rule, subject) &&
      FindHistory(draft.state, step.id(), subject) == nullptr) {
    StartStep(step, subject, {.word = by}, draft);
  }
}

}  // namespace

void ScheduleByDate(const Step& step, int rule, bool at_entry, Draft& draft) {
  const StartRule& start = step.starts_on(rule);
  if (!start.has_date() || !draft.IsOpen()) {
    return;
  }
  const std::string by = absl::StrCat("date:", rule);
  const model::v1::SubjectKind kind = KindOf(step, SubjectRef{});
  const int32_t count =
      kind == model::v1::SUBJECT_KIND_PERSON ? 0 : draft.SubjectCount(kind);
  if (count == 0) {
    SubjectRef subject;
    if (kind != model::v1::SUBJECT_KIND_PERSON) {
      subject = {.kind = kind};
    }
    ScheduleFor(step, start, subject, by, at_entry, draft);
  }
  for (int32_t number = 1; number <= count && !draft.overflown(); ++number) {
    ScheduleFor(step, start, {.kind = kind, .number = number}, by, at_entry,
                draft);
  }
}

void ScheduleAllDates(bool at_entry, Draft& draft) {
  for (const pathway::Rule& rule : draft.edition.RulesOnDate()) {
    if (rule.kind != pathway::RuleKind::kStart || rule.start_rule == nullptr) {
      continue;
    }
    const Step& step = draft.edition.step(rule.step);
    for (int i = 0; i < step.starts_on_size(); ++i) {
      if (&step.starts_on(i) == rule.start_rule) {
        ScheduleByDate(step, i, at_entry, draft);
      }
    }
  }
}

}  // namespace careroute::casework::internal
