#include "lib/casework/internal/apply_consequences.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/casework/internal/edit.h"
#include "lib/casework/internal/records.h"
#include "lib/casework/internal/times.h"

namespace careroute::casework::internal {
namespace {

using event::v1::Consequences;

void EndSteps(
    const google::protobuf::RepeatedPtrField<event::v1::StepEnded>& ended,
    const EventTimes& times, Case& state) {
  for (const event::v1::StepEnded& one : ended) {
    EndOccurrence(one.occurrence(),
                  {.outcome = one.outcome(),
                   .performer = one.performer(),
                   .happened = times.happened,
                   .member = times.member,
                   .version = times.version,
                   .late = one.late()},
                  state);
  }
}

void StartSteps(const Consequences& consequences, const EventTimes& times,
                Case& state) {
  for (const event::v1::StepStarted& one : consequences.steps_started()) {
    Occurrence occurrence = FromProto(one);
    occurrence.start = times.happened;
    occurrence.version = times.version;
    Pass(occurrence.number, state.next.occurrence);
    Put(state.occurrences, std::move(occurrence));
  }
}

void NoteOutcomes(const Consequences& consequences, const EventTimes& times,
                  Case& state) {
  for (const event::v1::OutcomeNoted& one : consequences.outcomes_noted()) {
    Occurrence* occurrence = Find(state.occurrences, one.occurrence());
    if (occurrence == nullptr) {
      continue;
    }
    AddHistory(*occurrence,
               {.outcome = one.outcome(),
                .happened = times.happened,
                .member = times.member,
                .version = times.version},
               state);
    if (one.until_replaced()) {
      occurrence->leaving = one.outcome();
    }
  }
}

// A deadline moved into the future is not overdue any more.
int32_t LevelAfterMove(const DeadlineRecord& moved, int32_t level,
                       absl::Time recorded) {
  const auto levels = static_cast<int32_t>(moved.level_times.size());
  level = std::min(level, levels - 1);
  while (level >= 0 &&
         moved.level_times[static_cast<size_t>(level)] > recorded) {
    --level;
  }
  return level;
}

void SetDeadlines(const Consequences& consequences, const EventTimes& times,
                  Case& state) {
  for (const event::v1::DeadlineSet& one : consequences.deadlines_set()) {
    DeadlineRecord deadline = FromProto(one);
    Pass(deadline.number, state.next.deadline);
    DeadlineRecord* known = Find(state.deadlines, deadline.number);
    if (known == nullptr) {
      Put(state.deadlines, std::move(deadline));
      continue;
    }
    deadline.level = LevelAfterMove(deadline, known->level, times.recorded);
    *known = std::move(deadline);
  }
}

void EndDeadlines(const Consequences& consequences, Case& state) {
  for (const int32_t number : consequences.deadlines_ended()) {
    RemoveNumber(state.deadlines, number);
    auto& owed = state.evidence_owed;
    owed.erase(std::remove_if(owed.begin(), owed.end(),
                              [number](const EvidenceOwedRecord& one) {
                                return one.deadline == number;
                              }),
               owed.end());
  }
}

void ChangeStops(const Consequences& consequences, Case& state) {
  for (const model::v1::ClockStop& one : consequences.stops_begun()) {
    Pass(one.number(), state.next.stop);
    Put(state.stops, FromProto(one));
  }
  for (const event::v1::StopEnded& one : consequences.stops_ended()) {
    if (StopRecord* stop = Find(state.stops, one.number()); stop != nullptr) {
      stop->end = FromProto(one.end_time());
    }
    std::erase_if(state.timers, [&one](const TimerRecord& timer) {
      return timer.kind == "reminder" && timer.number == one.number();
    });
  }
}

void ChangeInterrupts(const Consequences& consequences, const EventTimes& times,
                      Case& state) {
  const auto key_of = [](const InterruptRecord& one) {
    return absl::string_view(one.interrupt);
  };
  for (const std::string& id : consequences.interrupts_begun()) {
    const auto at = PlaceOf(state.interrupts, absl::string_view(id), key_of);
    if (at == state.interrupts.end() || at->interrupt != id) {
      state.interrupts.insert(
          at, InterruptRecord{.interrupt = id, .start = times.happened});
    }
  }
  for (const std::string& id : consequences.interrupts_ended()) {
    const auto at = PlaceOf(state.interrupts, absl::string_view(id), key_of);
    if (at != state.interrupts.end() && at->interrupt == id) {
      state.interrupts.erase(at);
    }
  }
}

void SuspendSteps(const Consequences& consequences, Case& state) {
  for (const int32_t number : consequences.suspended()) {
    if (Occurrence* one = Find(state.occurrences, number); one != nullptr) {
      one->suspended = true;
    }
  }
  for (const int32_t number : consequences.resumed()) {
    if (Occurrence* one = Find(state.occurrences, number); one != nullptr) {
      one->suspended = false;
    }
  }
}

void ChangeTracks(const Consequences& consequences, Case& state) {
  for (const std::string& track : consequences.tracks_set()) {
    Insert(state.tracks, track);
  }
  for (const std::string& track : consequences.tracks_cleared()) {
    Remove(state.tracks, track);
  }
}

void ChangeSchedules(const Consequences& consequences, Case& state) {
  for (const model::v1::ScheduledStep& one : consequences.scheduled()) {
    Pass(one.number(), state.next.schedule);
    Put(state.schedules, FromProto(one));
  }
  for (const int32_t number : consequences.schedules_ended()) {
    RemoveNumber(state.schedules, number);
  }
}

void ChangeRights(const Consequences& consequences, Case& state) {
  for (const model::v1::OpenRight& one : consequences.rights_opened()) {
    state.rights.push_back(FromProto(one));
  }
  for (const std::string& ended : consequences.rights_ended()) {
    const auto at = std::find_if(
        state.rights.begin(), state.rights.end(), [&](const RightRecord& one) {
          return ended == absl::StrCat(one.step, "/", one.occurrence);
        });
    if (at != state.rights.end()) {
      std::erase_if(state.timers, [&at](const TimerRecord& timer) {
        return timer.kind == "right" && timer.number == at->occurrence;
      });
      state.rights.erase(at);
    }
  }
}

void TouchReferrals(const Consequences& consequences, Case& state) {
  for (const event::v1::ReferralTouched& one :
       consequences.referrals_touched()) {
    if (Referral* referral = Find(state.referrals, one.number());
        referral != nullptr) {
      Fold(one, *referral);
    }
  }
}

void EndCase(const event::v1::CaseEnding& ending, const EventTimes& times,
             Case& state) {
  state.ending = EndingRecord{.ending = ending.ending(),
                              .time = times.happened,
                              .reopened_by_report = ending.reopened_by_report(),
                              .version = times.version};
  for (const int32_t number : ending.set_aside()) {
    const auto at = PlaceOf(state.occurrences, number,
                            [](const Occurrence& one) { return one.number; });
    if (at != state.occurrences.end() && at->number == number) {
      Put(state.set_aside, std::move(*at));
      state.occurrences.erase(at);
    }
  }
}

void SetTimers(const Consequences& consequences, Case& state) {
  using Key = std::tuple<absl::string_view, int32_t>;
  const auto key_of = [](const TimerRecord& one) {
    return Key(one.kind, one.number);
  };
  for (const event::v1::TimerSet& one : consequences.timers_set()) {
    const Key key(one.kind(), one.number());
    const auto at = PlaceOf(state.timers, key, key_of);
    const bool known = at != state.timers.end() && key_of(*at) == key;
    if (!one.has_due_time()) {
      if (known) {
        state.timers.erase(at);
      }
    } else if (known) {
      at->due = FromProto(one.due_time());
    } else {
      state.timers.insert(at, FromProto(one));
    }
  }
}

void LapseConsents(const Consequences& consequences, const EventTimes& times,
                   Case& state) {
  for (const int32_t number : consequences.consents_lapsed()) {
    if (ConsentRecord* one = Find(state.consents, number); one != nullptr) {
      one->state = model::v1::CONSENT_STATE_LAPSED;
      one->ended_version = times.version;
    }
  }
}

void AddEvidence(const Consequences& consequences, Case& state) {
  using Key = std::tuple<int32_t, absl::string_view>;
  const auto key_of = [](const EvidenceOwedRecord& one) {
    return Key(one.occurrence, one.guard);
  };
  for (const event::v1::EvidenceDue& one : consequences.evidence_due()) {
    const Key key(one.occurrence(), one.owed().guard());
    const auto at = PlaceOf(state.evidence_owed, key, key_of);
    if (at != state.evidence_owed.end() && key_of(*at) == key) {
      at->deadline = one.owed().deadline();
    } else {
      state.evidence_owed.insert(at, {.occurrence = one.occurrence(),
                                      .guard = one.owed().guard(),
                                      .deadline = one.owed().deadline()});
    }
  }
}

void SetPerformers(const Consequences& consequences, Case& state) {
  for (const event::v1::PerformerSet& one : consequences.performers_set()) {
    Occurrence* occurrence = Find(state.occurrences, one.occurrence());
    if (occurrence == nullptr) {
      continue;
    }
    occurrence->performer = one.performer();
    for (const std::string& organisation : one.excluded()) {
      if (!Contains(occurrence->excluded, organisation)) {
        occurrence->excluded.push_back(organisation);
      }
    }
  }
}

void ChangeVisits(const Consequences& consequences, Case& state) {
  for (const event::v1::VisitChanged& one : consequences.visits_changed()) {
    Occurrence* occurrence = Find(state.occurrences, one.occurrence());
    if (occurrence == nullptr) {
      continue;
    }
    if (VisitRecord* visit = Find(occurrence->visits, one.visit());
        visit != nullptr) {
      visit->state = one.state();
    }
    ShrinkVisits(*occurrence);
  }
}

void Restore(const Consequences& consequences, Case& state) {
  for (const int32_t number : consequences.restored()) {
    const auto at = PlaceOf(state.set_aside, number,
                            [](const Occurrence& one) { return one.number; });
    if (at != state.set_aside.end() && at->number == number) {
      Put(state.occurrences, std::move(*at));
      state.set_aside.erase(at);
    }
  }
  for (const int32_t number : consequences.consents_restored()) {
    if (ConsentRecord* one = Find(state.consents, number); one != nullptr) {
      one->state = model::v1::CONSENT_STATE_GIVEN;
      one->ended_version = 0;
    }
  }
}

}  // namespace

void ApplyConsequences(const Consequences& consequences,
                       const EventTimes& times, Case& state) {
  Restore(consequences, state);
  EndSteps(consequences.steps_ended(), times, state);
  StartSteps(consequences, times, state);
  NoteOutcomes(consequences, times, state);
  EndSteps(consequences.steps_passed(), times, state);
  SetDeadlines(consequences, times, state);
  EndDeadlines(consequences, state);
  ChangeStops(consequences, state);
  ChangeInterrupts(consequences, times, state);
  SuspendSteps(consequences, state);
  ChangeTracks(consequences, state);
  ChangeSchedules(consequences, state);
  ChangeRights(consequences, state);
  TouchReferrals(consequences, state);
  if (!consequences.next_contact_date().empty()) {
    state.next_contact_date = consequences.next_contact_date();
  }
  if (consequences.has_ending()) {
    EndCase(consequences.ending(), times, state);
  }
  CountSubjects(consequences.facts(), state);
  for (const event::v1::PlanStated& one : consequences.plans_stated()) {
    PutPlan({.step = one.step(),
             .subject = FromProto(one.subject()),
             .lines = one.lines()},
            state);
  }
  for (const model::v1::Fact& one : consequences.facts()) {
    FactRecord fact = FromProto(one);
    fact.happened = times.happened;
    fact.recorded = times.recorded;
    fact.version = times.version;
    PutFact(std::move(fact), /*correction=*/false, state);
  }
  for (const event::v1::Message& one : consequences.messages()) {
    Pass(one.sequence(), state.next.message);
    if (Referral* referral = Find(state.referrals, one.referral());
        referral != nullptr) {
      Fold(one, *referral);
    }
  }
  SetTimers(consequences, state);
  LapseConsents(consequences, times, state);
  for (const std::string& organisation : consequences.participants_joined()) {
    Insert(state.participants, organisation);
  }
  AddEvidence(consequences, state);
  SetPerformers(consequences, state);
  ChangeVisits(consequences, state);
  if (!consequences.deputy().empty()) {
    state.deputy = consequences.deputy();
  }
}

}  // namespace careroute::casework::internal
