#include "lib/casework/snapshot.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "lib/casework/internal/assessment_records.h"
#include "lib/casework/internal/hand_over_fold.h"
#include "lib/casework/internal/records.h"
#include "lib/casework/internal/referral_records.h"
#include "lib/casework/internal/times.h"

namespace careroute::casework {
namespace {

using event::v1::CaseSnapshot;
using internal::FromProto;
using internal::ToProto;

// --- To ----------------------------------------------------------------------

void Put(const Occurrence& one, event::v1::OccurrenceSnapshot* into) {
  ToProto(one, into->mutable_started());
  ToProto(one.start, into->mutable_start_time());
  for (const AttemptRecord& attempt : one.attempts) {
    ToProto(attempt, into->add_attempts());
  }
  if (one.queue.has_value()) {
    ToProto(*one.queue, into->mutable_queue());
  }
  into->set_leaving(one.leaving);
  for (const VisitRecord& visit : one.visits) {
    ToProto(visit, into->add_visits());
  }
  into->set_visits_done(one.tally.done);
  into->set_visits_missed(one.tally.missed);
  into->set_visits_missed_apart(one.tally.missed_apart);
  into->set_next_visit(one.next_visit);
  for (const int32_t number : one.referrals) {
    into->add_referrals(number);
  }
  into->set_interim_help(one.interim_help);
  into->set_version(one.version);
}

// Most outcomes were recorded by a member of the performer: of its name only
// what the performer's does not say is kept, "/members/{m}".
void Shorten(model::v1::StepHistory& history) {
  for (model::v1::PastOutcome& one : *history.mutable_outcomes()) {
    absl::string_view member = one.member();
    if (!one.performer().empty() &&
        absl::ConsumePrefix(&member, one.performer()) &&
        absl::StartsWith(member, "/")) {
      one.set_member(std::string(member));
    }
  }
}

void Lengthen(HistoryRecord& history) {
  for (PastOutcomeRecord& one : history.outcomes) {
    if (absl::StartsWith(one.member, "/")) {
      one.member.insert(0, one.performer);
    }
  }
}

void PutHead(const Case& state, CaseSnapshot& into) {
  into.set_fold_version(kFoldVersion);
  into.set_version(state.version);
  into.set_ahead(state.ahead);
  into.set_erased(state.erased);
  into.set_person(state.person);
  ToProto(state.edition, into.mutable_edition());
  if (state.migrated_from.has_value()) {
    ToProto(*state.migrated_from, into.mutable_migrated_from());
  }
  into.set_home(state.home.hub);
  *into.mutable_past_homes() = {state.home.past.begin(), state.home.past.end()};
  if (state.home.frozen.has_value()) {
    event::v1::CaseFrozen& frozen = *into.mutable_frozen();
    frozen.set_hand_over(state.home.frozen->hand_over.Bytes());
    frozen.set_hub(state.home.frozen->hub);
    frozen.set_coordinator(state.home.frozen->coordinator);
    into.set_frozen_version(state.home.frozen->version);
  }
  into.set_entry(state.entry);
  into.set_identified_by(state.identified_by);
  into.set_opened_by_case(state.opened_by_case);
  into.set_proved_criteria(state.proved_criteria);
  for (const std::string& one : state.clear_criteria) {
    into.add_clear_criteria(one);
  }
  ToProto(state.opened, into.mutable_open_time());
  ToProto(state.last_recorded, into.mutable_last_record_time());
  into.set_coordinator(state.coordinator);
  into.set_deputy(state.deputy);
  if (state.last_contact.has_value()) {
    ToProto(*state.last_contact, into.mutable_last_contact_time());
  }
  into.set_next_contact_date(state.next_contact_date);
  if (state.ending.has_value()) {
    event::v1::EndingSnapshot& ending = *into.mutable_ending();
    ending.set_ending(state.ending->ending);
    ToProto(state.ending->time, ending.mutable_end_time());
    ending.set_reopened_by_report(state.ending->reopened_by_report);
    ending.set_version(state.ending->version);
  }
}

void PutCounters(const Case& state, CaseSnapshot& into) {
  event::v1::CounterSnapshot& next = *into.mutable_next();
  next.set_occurrence(state.next.occurrence);
  next.set_deadline(state.next.deadline);
  next.set_stop(state.next.stop);
  next.set_schedule(state.next.schedule);
  next.set_consent(state.next.consent);
  next.set_referral(state.next.referral);
  next.set_hand_over(state.next.hand_over);
  next.set_message(state.next.message);
  for (size_t kind = 0; kind < state.subjects.size(); ++kind) {
    if (state.subjects[kind] != 0) {
      model::v1::Subject& subject = *into.add_subjects();
      subject.set_kind(static_cast<model::v1::SubjectKind>(kind));
      subject.set_number(state.subjects[kind]);
    }
  }
}

void PutFacts(const Case& state, CaseSnapshot& into) {
  for (const FactRecord& one : state.facts) {
    event::v1::FactSnapshot& fact = *into.add_facts();
    ToProto(one, fact.mutable_fact());
    ToProto(one.happened, fact.mutable_happened_time());
    ToProto(one.recorded, fact.mutable_recorded_time());
    fact.set_version(one.version);
  }
  for (const PlanRecord& one : state.plans) {
    event::v1::PlanSnapshot& plan = *into.add_plans();
    plan.set_step(one.step);
    ToProto(one.subject, plan.mutable_subject());
    for (const PlanLineRecord& line : one.lines) {
      ToProto(line, plan.add_lines());
    }
  }
}

void PutClocks(const Case& state, CaseSnapshot& into) {
  for (const StopRecord& one : state.stops) {
    ToProto(one, into.add_stops());
  }
  for (const InterruptRecord& one : state.interrupts) {
    event::v1::InterruptSnapshot& interrupt = *into.add_interrupts();
    interrupt.set_interrupt(one.interrupt);
    ToProto(one.start, interrupt.mutable_start_time());
    interrupt.set_by_hand(one.by_hand);
  }
  for (const DeadlineRecord& one : state.deadlines) {
    event::v1::DeadlineSnapshot& deadline = *into.add_deadlines();
    ToProto(one, deadline.mutable_set());
    deadline.set_level(one.level);
  }
  for (const TimerRecord& one : state.timers) {
    ToProto(one, into.add_timers());
  }
  for (const EvidenceOwedRecord& one : state.evidence_owed) {
    event::v1::EvidenceDue& owed = *into.add_evidence_owed();
    owed.set_occurrence(one.occurrence);
    owed.mutable_owed()->set_guard(one.guard);
    owed.mutable_owed()->set_deadline(one.deadline);
  }
}

template <typename From, typename To>
void PutEach(const From& from, To& to) {
  for (const auto& one : from) {
    ToProto(one, to.Add());
  }
}

void PutParts(const Case& state, CaseSnapshot& into) {
  PutEach(state.hand_overs, *into.mutable_hand_overs());
  for (const Occurrence& one : state.occurrences) {
    Put(one, into.add_occurrences());
  }
  for (const Occurrence& one : state.set_aside) {
    Put(one, into.add_set_aside());
  }
  for (const HistoryRecord& one : state.history) {
    model::v1::StepHistory& history = *into.add_history();
    ToProto(one, &history);
    Shorten(history);
  }
  into.mutable_tracks()->Assign(state.tracks.begin(), state.tracks.end());
  PutEach(state.schedules, *into.mutable_schedules());
  PutEach(state.rights, *into.mutable_rights());
  PutEach(state.measures, *into.mutable_measures());
  PutEach(state.emergencies, *into.mutable_emergencies());
  for (const ConsentRecord& one : state.consents) {
    event::v1::ConsentSnapshot& consent = *into.add_consents();
    ToProto(one, consent.mutable_consent());
    consent.mutable_consent()->set_name(one.origin);
    consent.set_number(one.number);
    consent.set_ended_version(one.ended_version);
  }
  for (const AssessmentRecord& one : state.assessments) {
    ToProto(one, into.add_assessments());
  }
  for (const Referral& one : state.referrals) {
    ToProto(one, into.add_referrals());
  }
  into.mutable_participants()->Assign(state.participants.begin(),
                                      state.participants.end());
  for (const SenderMark& one : state.senders) {
    event::v1::SenderSnapshot& sender = *into.add_senders();
    sender.set_from(one.from);
    sender.set_sequence(one.sequence);
  }
}

// --- From --------------------------------------------------------------------

Occurrence Take(const event::v1::OccurrenceSnapshot& from) {
  Occurrence one = FromProto(from.started());
  one.start = FromProto(from.start_time());
  for (const model::v1::Attempt& attempt : from.attempts()) {
    one.attempts.push_back(FromProto(attempt));
  }
  if (from.has_queue()) {
    one.queue = FromProto(from.queue());
  }
  one.leaving = from.leaving();
  for (const model::v1::Visit& visit : from.visits()) {
    one.visits.push_back(FromProto(visit));
  }
  one.tally = {.done = from.visits_done(),
               .missed = from.visits_missed(),
               .missed_apart = from.visits_missed_apart()};
  one.next_visit = std::max(from.next_visit(), 1);
  one.referrals.assign(from.referrals().begin(), from.referrals().end());
  one.interim_help = from.interim_help();
  one.version = from.version();
  return one;
}

void TakeHead(const CaseSnapshot& from, Case& state) {
  state.version = from.version();
  state.ahead = from.ahead();
  state.erased = from.erased();
  state.person = from.person();
  state.edition = FromProto(from.edition());
  if (from.has_migrated_from()) {
    state.migrated_from = FromProto(from.migrated_from());
  }
  state.home.hub = from.home();
  state.home.past.assign(from.past_homes().begin(), from.past_homes().end());
  if (from.has_frozen()) {
    internal::FoldFrozen(from.frozen(), from.frozen_version(), state);
  }
  state.entry = from.entry();
  state.identified_by = from.identified_by();
  state.opened_by_case = from.opened_by_case();
  state.proved_criteria = from.proved_criteria();
  state.clear_criteria.assign(from.clear_criteria().begin(),
                              from.clear_criteria().end());
  state.opened = FromProto(from.open_time());
  state.last_recorded = FromProto(from.last_record_time());
  state.coordinator = from.coordinator();
  state.deputy = from.deputy();
  if (from.has_last_contact_time()) {
    state.last_contact = FromProto(from.last_contact_time());
  }
  state.next_contact_date = from.next_contact_date();
  if (from.has_ending()) {
    state.ending =
        EndingRecord{.ending = from.ending().ending(),
                     .time = FromProto(from.ending().end_time()),
                     .reopened_by_report = from.ending().reopened_by_report(),
                     .version = from.ending().version()};
  }
}

void TakeCounters(const CaseSnapshot& from, Case& state) {
  state.next = {.occurrence = std::max(from.next().occurrence(), 1),
                .deadline = std::max(from.next().deadline(), 1),
                .stop = std::max(from.next().stop(), 1),
                .schedule = std::max(from.next().schedule(), 1),
                .consent = std::max(from.next().consent(), 1),
                .referral = std::max(from.next().referral(), 1),
                .hand_over = std::max(from.next().hand_over(), 1),
                .message = std::max<int64_t>(from.next().message(), 1)};
  for (const model::v1::Subject& one : from.subjects()) {
    const SubjectRef subject = FromProto(one);
    const auto kind = static_cast<size_t>(subject.kind);
    if (kind < state.subjects.size()) {
      state.subjects[kind] = subject.number;
    }
  }
}

void TakeFacts(const CaseSnapshot& from, Case& state) {
  for (const event::v1::FactSnapshot& one : from.facts()) {
    FactRecord fact = FromProto(one.fact());
    fact.happened = FromProto(one.happened_time());
    fact.recorded = FromProto(one.recorded_time());
    fact.version = one.version();
    state.facts.push_back(std::move(fact));
  }
  for (const event::v1::PlanSnapshot& one : from.plans()) {
    PlanRecord plan{.step = one.step(), .subject = FromProto(one.subject())};
    for (const model::v1::PlanLine& line : one.lines()) {
      plan.lines.push_back(FromProto(line));
    }
    state.plans.push_back(std::move(plan));
  }
}

void TakeClocks(const CaseSnapshot& from, Case& state) {
  for (const model::v1::ClockStop& one : from.stops()) {
    state.stops.push_back(FromProto(one));
  }
  for (const event::v1::InterruptSnapshot& one : from.interrupts()) {
    state.interrupts.push_back({.interrupt = one.interrupt(),
                                .start = FromProto(one.start_time()),
                                .by_hand = one.by_hand()});
  }
  for (const event::v1::DeadlineSnapshot& one : from.deadlines()) {
    DeadlineRecord deadline = FromProto(one.set());
    deadline.level = std::clamp(
        one.level(), -1, static_cast<int32_t>(deadline.level_times.size()) - 1);
    state.deadlines.push_back(std::move(deadline));
  }
  for (const event::v1::TimerSet& one : from.timers()) {
    state.timers.push_back(FromProto(one));
  }
  for (const event::v1::EvidenceDue& one : from.evidence_owed()) {
    state.evidence_owed.push_back({.occurrence = one.occurrence(),
                                   .guard = one.owed().guard(),
                                   .deadline = one.owed().deadline()});
  }
}

template <typename From, typename To>
void TakeEach(const From& from, To& to) {
  for (const auto& one : from) {
    to.push_back(FromProto(one));
  }
}

void TakeParts(const CaseSnapshot& from, Case& state) {
  TakeEach(from.hand_overs(), state.hand_overs);
  for (const event::v1::OccurrenceSnapshot& one : from.occurrences()) {
    state.occurrences.push_back(Take(one));
  }
  for (const event::v1::OccurrenceSnapshot& one : from.set_aside()) {
    state.set_aside.push_back(Take(one));
  }
  TakeEach(from.history(), state.history);
  std::for_each(state.history.begin(), state.history.end(), Lengthen);
  state.tracks.assign(from.tracks().begin(), from.tracks().end());
  TakeEach(from.schedules(), state.schedules);
  TakeEach(from.rights(), state.rights);
  TakeEach(from.measures(), state.measures);
  TakeEach(from.emergencies(), state.emergencies);
  for (const event::v1::ConsentSnapshot& one : from.consents()) {
    ConsentRecord consent = FromProto(one.consent());
    consent.number = one.number();
    consent.origin = one.consent().name();
    consent.ended_version = one.ended_version();
    state.consents.push_back(std::move(consent));
  }
  TakeEach(from.assessments(), state.assessments);
  TakeEach(from.referrals(), state.referrals);
  state.participants.assign(from.participants().begin(),
                            from.participants().end());
  for (const event::v1::SenderSnapshot& one : from.senders()) {
    state.senders.push_back({.from = one.from(), .sequence = one.sequence()});
  }
}

// The vectors of a case are sorted; a damaged snapshot need not be.
template <typename T>
bool SortedByNumber(const std::vector<T>& list) {
  return std::is_sorted(list.begin(), list.end(), [](const T& a, const T& b) {
    return a.number < b.number;
  });
}

bool IsSorted(const Case& state) {
  return SortedByNumber(state.occurrences) && SortedByNumber(state.set_aside) &&
         SortedByNumber(state.stops) && SortedByNumber(state.schedules) &&
         SortedByNumber(state.deadlines) && SortedByNumber(state.consents) &&
         SortedByNumber(state.referrals) && SortedByNumber(state.hand_overs) &&
         SortedByNumber(state.assessments) &&
         std::is_sorted(state.participants.begin(), state.participants.end());
}

}  // namespace

CaseSnapshot ToSnapshot(const Case& state) {
  CaseSnapshot snapshot;
  PutHead(state, snapshot);
  PutParts(state, snapshot);
  PutFacts(state, snapshot);
  PutClocks(state, snapshot);
  PutCounters(state, snapshot);
  return snapshot;
}

std::optional<Case> FromSnapshot(const CaseSnapshot& snapshot) {
  if (snapshot.fold_version() != kFoldVersion) {
    return std::nullopt;
  }
  Case state;
  TakeHead(snapshot, state);
  TakeParts(snapshot, state);
  TakeFacts(snapshot, state);
  TakeClocks(snapshot, state);
  TakeCounters(snapshot, state);
  return IsSorted(state) ? std::optional<Case>(std::move(state)) : std::nullopt;
}

}  // namespace careroute::casework
