// Timers fall due. Each fires once: a second firing finds nothing to do.

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/consents.h"
#include "lib/casework/internal/draft_view.h"
#include "lib/casework/internal/effects.h"
#include "lib/casework/internal/guards.h"
#include "lib/casework/internal/interrupts.h"
#include "lib/casework/internal/starts.h"
#include "lib/casework/internal/step_timers.h"
#include "lib/casework/timers.h"

namespace careroute::casework::internal {
namespace {

using command::v1::FireTimer;
using model::v1::Step;

RefusalPtr AlreadyApplied() {
  return RefuseState("already_applied", "this had its effect already");
}

RefusalPtr NotDue() {
  return RefuseTime("not_due", "the instant has not come yet");
}

void WriteBody(const FireTimer& command, Draft& draft) {
  event::v1::TimerFired& body = *draft.event->mutable_timer_fired();
  const absl::string_view word = TimerWord(command.kind());
  body.set_kind(word.data(), word.size());
  body.set_number(command.number());
  body.set_level(command.level());
}

// --- Deadlines --------------------------------------------------------------

const model::v1::Escalation* FindEscalation(const Draft& draft,
                                            const DeadlineRecord& deadline,
                                            int32_t level) {
  const auto* levels = &draft.edition.pathway().default_escalations();
  const Occurrence* occurrence =
      FindOccurrence(draft.state, deadline.occurrence);
  const Step* step = occurrence == nullptr
                         ? nullptr
                         : draft.edition.FindStep(occurrence->step);
  if (step != nullptr) {
    for (const model::v1::Limit& limit : step->limits()) {
      if (limit.id() == deadline.limit && !limit.escalations().empty()) {
        levels = &limit.escalations();
      }
    }
  }
  return level >= 1 && level <= levels->size() ? &levels->Get(level - 1)
                                               : nullptr;
}

// Who has to act: the performer of the occurrence, or the side of the referral
// whose move it is.
absl::string_view ActorOf(const Draft& draft, const DeadlineRecord& deadline) {
  const Referral* referral = FindReferral(draft.state, deadline.referral);
  if (referral != nullptr) {
    return QueueOf(*referral);
  }
  const Occurrence* occurrence =
      FindOccurrence(draft.state, deadline.occurrence);
  return occurrence == nullptr ? absl::string_view()
                               : absl::string_view(occurrence->performer);
}

void TellOverdue(const DeadlineRecord& deadline, int32_t level, Draft& draft) {
  if (level == 0) {
    draft.Tell(ActorOf(draft, deadline), "overdue", deadline.occurrence, 0);
    draft.Tell(draft.Coordinator(), "overdue", deadline.occurrence, 0);
    return;
  }
  const model::v1::Escalation* escalation =
      FindEscalation(draft, deadline, level);
  draft.Tell(escalation == nullptr
                 ? std::string(draft.Coordinator())
                 : absl::StrCat("role/", escalation->to_role()),
             "overdue", deadline.occurrence, level);
}

RefusalPtr FireDeadline(const FireTimer& command, Draft& draft) {
  const DeadlineRecord* deadline = FindDeadline(draft.state, command.number());
  if (deadline == nullptr || command.level() <= deadline->level) {
    return AlreadyApplied();
  }
  const auto level = static_cast<size_t>(command.level());
  if (deadline->stopped || command.level() != deadline->level + 1 ||
      level >= deadline->level_times.size() ||
      deadline->level_times[level] > draft.context.now) {
    return NotDue();
  }
  TellOverdue(*deadline, command.level(), draft);
  return nullptr;
}

// --- Schedules --------------------------------------------------------------

// Whether what the schedule waited for still lets the step start.
bool StillHolds(const Draft& draft, const ScheduleRecord& schedule,
                const Step& step) {
  absl::string_view by = schedule.scheduled_by;
  if (by == "recurs") {
    return !step.recurrence().has_while_() ||
           Ask(draft, step.recurrence().while_(), schedule.subject) ==
               pathway::Tri::kYes;
  }
  int rule = 0;
  if (absl::ConsumePrefix(&by, "date:") && absl::SimpleAtoi(by, &rule) &&
      rule >= 0 && rule < step.starts_on_size()) {
    return IfHolds(draft, step.starts_on(rule), schedule.subject);
  }
  if (!absl::ConsumePrefix(&by, "outcome:")) {
    return true;
  }
  const std::pair<absl::string_view, absl::string_view> from =
      absl::StrSplit(by, absl::MaxSplits('/', 1));
  const model::v1::Outcome* outcome =
      draft.edition.FindOutcome(from.first, from.second);
  if (outcome == nullptr) {
    return true;
  }
  return std::none_of(outcome->starts().begin(), outcome->starts().end(),
                      [&](const model::v1::Next& next) {
                        return next.step() == step.id() && next.has_if_() &&
                               Ask(draft, next.if_(), schedule.subject) !=
                                   pathway::Tri::kYes;
                      });
}

RefusalPtr FireStep(const FireTimer& command, Draft& draft) {
  const ScheduleRecord* schedule = FindSchedule(draft.state, command.number());
  if (schedule == nullptr) {
    return AlreadyApplied();
  }
  if (schedule->due > draft.context.now) {
    return NotDue();
  }
  draft.EndSchedule(schedule->number);
  const Step* step = draft.edition.FindStep(schedule->step);
  if (step == nullptr) {
    draft.Tell(draft.Coordinator(), "recheck_due", 0);
    return nullptr;
  }
  if (StillHolds(draft, *schedule, *step)) {
    StartStep(*step,
              KindOf(*step, schedule->subject) == schedule->subject.kind
                  ? schedule->subject
                  : SubjectRef{},
              {.word = schedule->scheduled_by}, draft);
  }
  return nullptr;
}

// --- Stops and reminders -----------------------------------------------------

RefusalPtr FireStop(const FireTimer& command, Draft& draft) {
  const StopRecord* stop = FindStop(draft.state, command.number());
  if (stop == nullptr || stop->end.has_value() ||
      !stop->latest_end.has_value()) {
    return AlreadyApplied();
  }
  if (*stop->latest_end > draft.context.now) {
    return NotDue();
  }
  draft.EndStop(stop->number);
  draft.Tell(draft.Coordinator(), "stop_used_up", 0);
  return nullptr;
}

const TimerRecord* FindTimer(const Draft& draft, absl::string_view kind,
                             int32_t number) {
  for (const TimerRecord& one : draft.state.timers) {
    if (one.kind == kind && one.number == number) {
      return &one;
    }
  }
  return nullptr;
}

// Of the kinds that stand in the timers of the case.
RefusalPtr CheckTimer(const FireTimer& command, const Draft& draft) {
  const TimerRecord* timer =
      FindTimer(draft, TimerWord(command.kind()), command.number());
  if (timer == nullptr) {
    return AlreadyApplied();
  }
  return timer->due > draft.context.now ? NotDue() : nullptr;
}

void FireReminder(const FireTimer& command, Draft& draft) {
  const StopRecord* stop = FindStop(draft.state, command.number());
  const model::v1::StopReason* reason =
      stop == nullptr || stop->end.has_value()
          ? nullptr
          : draft.edition.FindStopReason(stop->reason);
  if (reason == nullptr) {
    return;
  }
  draft.Tell(draft.Coordinator(), "remind_family", 0);
  const auto next =
      draft.places.AddTerm(draft.recorded, reason->remind_every());
  if (next.has_value()) {
    draft.SetTimer("reminder", stop->number, *next);
  }
}

// --- Occurrences -------------------------------------------------------------

void FireSilence(const FireTimer& command, Draft& draft) {
  const std::optional<Live> live = draft.FindLive(command.number());
  const Step* step =
      live.has_value() ? draft.edition.FindStep(live->step) : nullptr;
  if (step != nullptr && step->has_on_silence()) {
    CompleteByRule(*live, step->on_silence().outcome(), "silence", draft);
  }
}

void FireRunsUntil(const FireTimer& command, Draft& draft) {
  const std::optional<Live> live = draft.FindLive(command.number());
  const Step* step =
      live.has_value() ? draft.edition.FindStep(live->step) : nullptr;
  if (step == nullptr) {
    return;
  }
  for (const model::v1::RunsUntil& until : step->runs_until()) {
    if (!until.has_date()) {
      continue;
    }
    const auto at = InstantOf(draft, until.date(), live->subject);
    if (at.has_value() && *at <= draft.recorded) {
      CompleteByRule(*live, until.outcome(), "runs_until", draft);
      return;
    }
  }
  // The date has moved since: wait for the new one.
  SetStepTimers(*live, live->start, draft);
}

// Visits whose time is over count as missed; the performer is asked why.
void FireVisit(const FireTimer& command, Draft& draft) {
  const std::optional<Live> live = draft.FindLive(command.number());
  const Step* step =
      live.has_value() ? draft.edition.FindStep(live->step) : nullptr;
  if (step == nullptr || live->folded == nullptr) {
    return;
  }
  std::vector<VisitRecord> rest;
  for (const VisitRecord& visit : live->folded->visits) {
    const auto missed =
        MissedAt(draft, *live, step->visits(), visit.planned_on);
    if (visit.state != model::v1::VISIT_STATE_PLANNED || !missed.has_value() ||
        *missed > draft.recorded) {
      rest.push_back(visit);
      continue;
    }
    event::v1::VisitChanged& changed =
        *draft.consequences().add_visits_changed();
    changed.set_occurrence(live->number);
    changed.set_visit(visit.number);
    changed.set_state(model::v1::VISIT_STATE_MISSED);
  }
  draft.Tell(live->performer, "visit_missed", live->number);
  draft.Tell(draft.Coordinator(), "visit_missed", live->number);
  SetVisitTimer(*live, rest, draft);
}

// --- The case ----------------------------------------------------------------

void FireConsent(const FireTimer& command, Draft& draft) {
  const ConsentRecord* consent = FindConsent(draft.state, command.number());
  if (consent == nullptr ||
      (consent->state != model::v1::CONSENT_STATE_GIVEN &&
       consent->state != model::v1::CONSENT_STATE_DISPUTED)) {
    return;
  }
  draft.LapseConsent(consent->number);
  TellHolders(consent->number, "consent_lapsed", draft);
  draft.Tell(draft.Coordinator(), "consents_to_renew", 0);
}

void FireRight(const FireTimer& command, Draft& draft) {
  for (const RightRecord& right : draft.state.rights) {
    if (right.occurrence == command.number() && right.close.has_value() &&
        *right.close <= draft.recorded) {
      draft.EndRight(right);
      draft.Tell(draft.Coordinator(), "right_closed", right.occurrence);
    }
  }
}

void FireDecider(Draft& draft) {
  draft.MoveDates();
  LapseByDecider(draft);
  draft.Tell(draft.Coordinator(), "consents_to_renew", 0);
  draft.Push({.kind = Change::Kind::kDate});
}

void FireDate(Draft& draft) {
  draft.MoveDates();
  draft.Push({.kind = Change::Kind::kDate});
  // A period that begins or ends changes what its fact says today.
  draft.VisitPeriods([&draft](const FactRecord& fact) {
    draft.Push({.kind = Change::Kind::kFact,
                .id = fact.fact,
                .subject = fact.subject});
    return true;
  });
}

void Fire(const FireTimer& command, Draft& draft) {
  switch (command.kind()) {
    case command::v1::TIMER_KIND_SILENCE:
      return FireSilence(command, draft);
    case command::v1::TIMER_KIND_CONSENT:
      return FireConsent(command, draft);
    case command::v1::TIMER_KIND_CONTACT:
      return draft.Tell(draft.Coordinator(), "contact_due", 0);
    case command::v1::TIMER_KIND_RUNS_UNTIL:
      return FireRunsUntil(command, draft);
    case command::v1::TIMER_KIND_DECIDER:
      return FireDecider(draft);
    case command::v1::TIMER_KIND_RIGHT:
      return FireRight(command, draft);
    case command::v1::TIMER_KIND_DATE:
      return FireDate(draft);
    case command::v1::TIMER_KIND_VISIT:
      return FireVisit(command, draft);
    case command::v1::TIMER_KIND_REMINDER:
      return FireReminder(command, draft);
    default:
      return;
  }
}

}  // namespace

RefusalPtr FireTimer(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireHub(draft));
  const command::v1::FireTimer& command = draft.command.fire_timer();
  switch (command.kind()) {
    case command::v1::TIMER_KIND_DEADLINE:
      CAREROUTE_RETURN_IF_REFUSED(FireDeadline(command, draft));
      break;
    case command::v1::TIMER_KIND_STEP:
      CAREROUTE_RETURN_IF_REFUSED(FireStep(command, draft));
      break;
    case command::v1::TIMER_KIND_STOP:
      CAREROUTE_RETURN_IF_REFUSED(FireStop(command, draft));
      break;
    default:
      if (TimerWord(command.kind()).empty()) {
        return RefuseInvalid("kind", "there is no such timer",
                             "name a kind of timer");
      }
      CAREROUTE_RETURN_IF_REFUSED(CheckTimer(command, draft));
      Fire(command, draft);
      break;
  }
  WriteBody(command, draft);
  return nullptr;
}

}  // namespace careroute::casework::internal
