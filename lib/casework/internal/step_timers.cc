#include "lib/casework/internal/step_timers.h"

#include <algorithm>
#include <optional>
#include <string>

#include "lib/calendar/deadline.h"
#include "lib/calendar/term_from_proto.h"
#include "lib/casework/internal/draft_view.h"
#include "lib/casework/internal/starts.h"

namespace careroute::casework::internal {
namespace {

using model::v1::Condition;
using model::v1::Step;

void KeepEarlier(std::optional<absl::Time> candidate, absl::Time now,
                 std::optional<absl::Time>& next) {
  if (candidate.has_value() && *candidate > now &&
      (!next.has_value() || *candidate < *next)) {
    next = candidate;
  }
}

std::optional<absl::Time> AddTermAt(const Draft& draft, const Place& place,
                                    absl::Time start,
                                    const model::v1::Term& term) {
  if (pathway::IsNoLimit(term)) {
    return std::nullopt;
  }
  const auto plain = calendar::TermFromProto(term);
  if (!plain.ok()) {
    return std::nullopt;
  }
  const auto due = calendar::ComputeDeadline(*draft.context.calendars,
                                             {.limit = *plain,
                                              .start = start,
                                              .calendar = place.calendar->id(),
                                              .zone = place.zone->id()});
  if (!due.ok()) {
    return std::nullopt;
  }
  return due->due;
}

void SetRunsUntil(const Live& live, const Step& step, Draft& draft) {
  std::optional<absl::Time> next;
  bool any = false;
  for (const model::v1::RunsUntil& until : step.runs_until()) {
    if (until.has_date()) {
      any = true;
      const auto at = InstantOf(draft, until.date(), live.subject);
      // A day that came while the occurrence was live has been seen to.
      const bool counts =
          at.has_value() && (live.started != nullptr || *at > draft.recorded);
      if (counts && (!next.has_value() || *at < *next)) {
        next = at;
      }
    }
  }
  if (next.has_value()) {
    draft.SetTimer("runs_until", live.number, *next);
  } else if (any && live.folded != nullptr) {
    draft.ClearTimer("runs_until", live.number);
  }
}

// Every part of a condition, however deep it stands.
void VisitParts(const Condition& condition, int depth,
                absl::FunctionRef<void(const Condition&)> visit) {
  if (depth > pathway::kConditionDepthMax) {
    return;
  }
  visit(condition);
  for (const Condition& one : condition.all().of()) {
    VisitParts(one, depth + 1, visit);
  }
  for (const Condition& one : condition.any().of()) {
    VisitParts(one, depth + 1, visit);
  }
  if (condition.has_not_()) {
    VisitParts(condition.not_(), depth + 1, visit);
  }
}

std::optional<absl::Time> AgeInstant(const Draft& draft,
                                     const model::v1::Age& age,
                                     const model::v1::Term* before_by) {
  const std::optional<absl::CivilDay> day = DayOfAge(draft, age);
  return day.has_value() ? draft.places.Before(*day, before_by) : std::nullopt;
}

void NextAge(const Draft& draft, const model::v1::AgeTest& test,
             std::optional<absl::Time>& next) {
  if (test.has_at_least()) {
    KeepEarlier(
        AgeInstant(
            draft, test.at_least(),
            test.has_reached_before_by() ? &test.reached_before_by() : nullptr),
        draft.recorded, next);
  }
  if (test.has_below()) {
    KeepEarlier(AgeInstant(draft, test.below(), nullptr), draft.recorded, next);
  }
}

// When something known now will be too old to count.
void NextLapse(const Draft& draft, const Condition& part,
               std::optional<absl::Time>& next) {
  if (part.fact().has_not_older_than()) {
    draft.VisitFacts(part.fact().fact(), [&](const FactRecord& fact) {
      KeepEarlier(
          draft.places.AddTerm(fact.happened, part.fact().not_older_than()),
          draft.recorded, next);
      return true;
    });
  }
  if (part.outcome().has_not_older_than()) {
    DraftView(draft).VisitOutcomes(
        part.outcome().step(), [&](const pathway::OutcomeReading& past) {
          KeepEarlier(draft.places.AddTerm(past.happened,
                                           part.outcome().not_older_than()),
                      draft.recorded, next);
          return true;
        });
  }
}

// The next instant at which a rule that asks for time is answered otherwise.
void NextAnswer(const Draft& draft, std::optional<absl::Time>& next) {
  for (const pathway::Rule& rule : draft.edition.RulesOnDate()) {
    if (rule.condition == nullptr) {
      continue;
    }
    VisitParts(*rule.condition, 0, [&](const Condition& part) {
      if (part.has_age()) {
        NextAge(draft, part.age(), next);
      } else {
        NextLapse(draft, part, next);
      }
    });
  }
}

// Periods begin on their first day and are over the day after their last.
void NextPeriod(const Draft& draft, std::optional<absl::Time>& next) {
  const auto consider = [&](const FactRecord& fact) {
    if (const auto from = Places::Day(fact.from); from.has_value()) {
      KeepEarlier(draft.places.StartOf(*from), draft.recorded, next);
    }
    if (const auto to = Places::Day(fact.to); to.has_value()) {
      KeepEarlier(draft.places.StartOf(*to + 1), draft.recorded, next);
    }
    return true;
  };
  draft.VisitPeriods(consider);
}

const TimerRecord* FindTimer(const Case& state, absl::string_view kind,
                             int32_t number) {
  for (const TimerRecord& one : state.timers) {
    if (one.kind == kind && one.number == number) {
      return &one;
    }
  }
  return nullptr;
}

// Sets the timer of the case only when it changes.
void Renew(absl::string_view kind, std::optional<absl::Time> due,
           Draft& draft) {
  const TimerRecord* known = FindTimer(draft.state, kind, 0);
  if (due.has_value()) {
    if (known == nullptr || known->due != *due) {
      draft.SetTimer(kind, 0, *due);
    }
  } else if (known != nullptr) {
    draft.ClearTimer(kind, 0);
  }
}

std::optional<absl::Time> NextDecider(const Draft& draft) {
  std::optional<absl::Time> next;
  if (draft.context.person == nullptr) {
    return next;
  }
  for (const model::v1::Decider& one : draft.context.person->deciders) {
    if (const auto day = Places::Day(one.changes_on()); day.has_value()) {
      KeepEarlier(draft.places.StartOf(*day), draft.recorded, next);
    }
  }
  return next;
}

}  // namespace

bool AsksForFreshness(const Condition& condition) {
  bool asks = false;
  VisitParts(condition, 0, [&asks](const Condition& part) {
    asks = asks || part.fact().has_not_older_than() ||
           part.outcome().has_not_older_than();
  });
  return asks;
}

std::optional<absl::Time> MissedAt(const Draft& draft, const Live& live,
                                   const model::v1::VisitRules& rules,
                                   absl::string_view planned_on) {
  const std::optional<absl::CivilDay> day = Places::Day(planned_on);
  if (!day.has_value()) {
    return std::nullopt;
  }
  const Place place = draft.places.Of(live.performer);
  const absl::Time end = place.zone->EndOfDay(*day);
  return rules.has_missed_after()
             ? AddTermAt(draft, place, end, rules.missed_after())
             : std::optional(end);
}

void SetVisitTimer(const Live& live, absl::Span<const VisitRecord> planned,
                   Draft& draft) {
  const Step* step = draft.edition.FindStep(live.step);
  if (step == nullptr || !step->has_visits()) {
    return;
  }
  std::optional<absl::Time> next;
  const auto consider = [&](const VisitRecord& visit) {
    if (visit.state != model::v1::VISIT_STATE_PLANNED) {
      return;
    }
    const auto at = MissedAt(draft, live, step->visits(), visit.planned_on);
    if (at.has_value() && (!next.has_value() || *at < *next)) {
      next = at;
    }
  };
  for (const VisitRecord& visit : planned) {
    consider(visit);
  }
  if (next.has_value()) {
    draft.SetTimer("visit", live.number, *next);
  } else {
    draft.ClearTimer("visit", live.number);
  }
}

void SetSilence(const Live& live, absl::Time since, Draft& draft) {
  const Step* step = draft.edition.FindStep(live.step);
  if (step == nullptr || !step->has_on_silence()) {
    return;
  }
  const auto due = AddTermAt(draft, draft.places.Of(live.performer), since,
                             step->on_silence().after());
  if (due.has_value()) {
    draft.SetTimer("silence", live.number, *due);
  }
}

void SetStepTimers(const Live& live, absl::Time since, Draft& draft) {
  const Step* step = draft.edition.FindStep(live.step);
  if (step == nullptr) {
    return;
  }
  if (step->has_on_silence() && !live.suspended &&
      (!step->has_referral() ||
       (live.folded != nullptr && !live.folded->referrals.empty()))) {
    SetSilence(live, since, draft);
  }
  if (!step->runs_until().empty()) {
    SetRunsUntil(live, *step, draft);
  }
  if (live.folded != nullptr && step->has_visits()) {
    SetVisitTimer(live, live.folded->visits, draft);
  }
}

void ClearStepTimers(int32_t occurrence, Draft& draft) {
  for (const absl::string_view kind : {"silence", "visit"}) {
    for (const TimerRecord& one : draft.state.timers) {
      if (one.number == occurrence && one.kind == kind) {
        draft.ClearTimer(kind, occurrence);
      }
    }
  }
}

void SettleTimers(Draft& draft) {
  draft.VisitLive([&draft](const Live& live) {
    if (live.started != nullptr ||
        FindOccurrence(draft.state, live.number) == nullptr) {
      SetStepTimers(live, draft.happened, draft);
    } else if (draft.DatesMoved()) {
      const Step* step = draft.edition.FindStep(live.step);
      if (step != nullptr && !step->runs_until().empty()) {
        SetRunsUntil(live, *step, draft);
      }
    }
    return true;
  });
}

void SettleCaseTimers(Draft& draft) {
  if (!draft.IsOpen()) {
    for (const absl::string_view kind : {"date", "decider", "contact"}) {
      if (FindTimer(draft.state, kind, 0) != nullptr) {
        draft.ClearTimer(kind, 0);
      }
    }
    return;
  }
  if (!draft.DatesMoved()) {
    return;
  }
  std::optional<absl::Time> next;
  NextAnswer(draft, next);
  NextPeriod(draft, next);
  Renew("date", next, draft);
  Renew("decider", NextDecider(draft), draft);
}

}  // namespace careroute::casework::internal
