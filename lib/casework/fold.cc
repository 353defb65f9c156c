#include "lib/casework/fold.h"

#include <algorithm>
#include <string>
#include <utility>

#include "lib/casework/internal/apply_consequences.h"
#include "lib/casework/internal/assessment_records.h"
#include "lib/casework/internal/edit.h"
#include "lib/casework/internal/hand_over_fold.h"
#include "lib/casework/internal/records.h"
#include "lib/casework/internal/times.h"

namespace careroute::casework {
namespace {

using event::v1::CaseEvent;
using internal::EventTimes;
using internal::Find;
using internal::FromProto;
using internal::Pass;

template <typename Facts>
void PutFacts(const Facts& facts, const EventTimes& times, Case& state) {
  for (const model::v1::Fact& one : facts) {
    FactRecord fact = FromProto(one);
    fact.happened = times.happened;
    fact.recorded = times.recorded;
    fact.version = times.version;
    internal::PutFact(std::move(fact), /*correction=*/false, state);
  }
}

void PutConsent(const model::v1::Consent& proto, int32_t number,
                const EventTimes& times, Case& state) {
  ConsentRecord consent = FromProto(proto);
  consent.number = number;
  consent.state = model::v1::CONSENT_STATE_GIVEN;
  consent.given = times.happened;
  Pass(number, state.next.consent);
  internal::Put(state.consents, std::move(consent));
}

void EndConsent(int32_t number, model::v1::ConsentState to,
                const EventTimes& times, Case& state) {
  ConsentRecord* consent = Find(state.consents, number);
  if (consent == nullptr) {
    return;
  }
  consent->state = to;
  if (to == model::v1::CONSENT_STATE_WITHDRAWN) {
    consent->withdrawn = times.happened;
    consent->ended_version = times.version;
  }
}

void Apply(const event::v1::CaseOpened& body, const EventTimes& times,
           Case& state) {
  state.person = body.person();
  state.edition = FromProto(body.edition());
  state.entry = body.entry();
  state.identified_by = body.identified_by();
  state.home.hub = body.hub();
  state.opened_by_case = body.opened_by_case();
  state.proved_criteria = std::max(body.proved_criteria(), 0);
  for (const std::string& criterion : body.clear_criteria()) {
    internal::Insert(state.clear_criteria, criterion);
  }
  state.opened = times.happened;
  state.coordinator = body.coordinator();
  state.deputy = body.deputy();
  internal::CountSubjects(body.facts(), state);
  PutFacts(body.facts(), times, state);
}

// Grounds a further report proved.
template <typename Body>
void AddCriteria(const Body& body, Case& state) {
  state.proved_criteria += std::clamp(body.proved_criteria(), 0, 1000);
  for (const std::string& criterion : body.clear_criteria()) {
    internal::Insert(state.clear_criteria, criterion);
  }
}

void Apply(const event::v1::ReportJoined& body, const EventTimes& times,
           Case& state) {
  internal::CountSubjects(body.facts(), state);
  PutFacts(body.facts(), times, state);
  AddCriteria(body, state);
}

void Apply(const event::v1::CaseReopened& body, Case& state) {
  state.ending.reset();
  AddCriteria(body, state);
}

void Apply(const event::v1::StepCompleted& body, const EventTimes& times,
           Case& state) {
  internal::CountSubjects(body.facts(), state);
  PutFacts(body.facts(), times, state);
  if (body.has_consent() && body.consent_number() > 0) {
    PutConsent(body.consent(), body.consent_number(), times, state);
  }
  Occurrence* occurrence = Find(state.occurrences, body.occurrence());
  if (occurrence == nullptr) {
    return;
  }
  internal::PutPlan({.step = occurrence->step,
                     .subject = occurrence->subject,
                     .lines = body.plan()},
                    state);
  const internal::EndedAs as{.outcome = body.outcome(),
                             .performer = body.performer(),
                             .happened = times.happened,
                             .member = times.member,
                             .version = times.version,
                             .late = body.late()};
  if (!body.continues()) {
    internal::EndOccurrence(body.occurrence(), as, state);
    return;
  }
  if (!body.performer().empty()) {
    occurrence->performer = body.performer();
  }
  internal::AddHistory(*occurrence, as, state);
  if (body.until_replaced()) {
    occurrence->leaving = body.outcome();
  }
}

void Apply(const event::v1::AttemptRecorded& body, const EventTimes&,
           Case& state) {
  Occurrence* occurrence = Find(state.occurrences, body.occurrence());
  if (occurrence == nullptr) {
    return;
  }
  auto& attempts = occurrence->attempts;
  attempts.push_back(FromProto(body.attempt()));
  if (attempts.size() > kAttemptsKeptMax) {
    attempts.erase(attempts.begin());
  }
}

void Apply(const event::v1::FactCorrected& body, const EventTimes& times,
           Case& state) {
  FactRecord fact = FromProto(body.fact());
  fact.happened = body.has_happened_time() ? FromProto(body.happened_time())
                                           : times.happened;
  fact.recorded = times.recorded;
  fact.version = times.version;
  internal::PutFact(std::move(fact), /*correction=*/true, state);
}

void Apply(const event::v1::PostOffered& body, const EventTimes&, Case& state) {
  HandOverRecord hand_over = FromProto(body.hand_over());
  Pass(hand_over.number, state.next.hand_over);
  std::erase_if(state.hand_overs, [&hand_over](const HandOverRecord& one) {
    return one.post == hand_over.post;
  });
  internal::Put(state.hand_overs, std::move(hand_over));
}

void Apply(const event::v1::PostAccepted& body, const EventTimes&,
           Case& state) {
  internal::RemoveNumber(state.hand_overs, body.hand_over());
  if (body.post() == model::v1::POST_COORDINATOR) {
    state.coordinator = body.holder();
  } else if (body.post() == model::v1::POST_DEPUTY) {
    state.deputy = body.holder();
  }
}

void Apply(const event::v1::PostVacated& body, Case& state) {
  for (const int32_t number : body.lapsed()) {
    internal::RemoveNumber(state.hand_overs, number);
  }
  if (!body.coordinator().empty()) state.coordinator = body.coordinator();
  if (!body.deputy().empty()) state.deputy = body.deputy();
}

void Apply(const event::v1::QueuePlaceRecorded& body, const EventTimes&,
           Case& state) {
  Occurrence* occurrence = Find(state.occurrences, body.occurrence());
  if (occurrence == nullptr) {
    return;
  }
  occurrence->queue = FromProto(body.queue());
  occurrence->interim_help = occurrence->interim_help || body.interim_help();
}

void Apply(const event::v1::VisitsPlanned& body, const EventTimes&,
           Case& state) {
  Occurrence* occurrence = Find(state.occurrences, body.occurrence());
  if (occurrence == nullptr) {
    return;
  }
  for (const model::v1::Visit& one : body.visits()) {
    VisitRecord visit = FromProto(one);
    Pass(visit.number, occurrence->next_visit);
    internal::Put(occurrence->visits, std::move(visit));
  }
}

void Apply(const event::v1::VisitRecorded& body, const EventTimes&,
           Case& state) {
  Occurrence* occurrence = Find(state.occurrences, body.occurrence());
  if (occurrence == nullptr) {
    return;
  }
  VisitRecord* visit = Find(occurrence->visits, body.visit());
  if (visit == nullptr) {
    return;
  }
  visit->state = body.state();
  visit->reason = body.reason();
  VisitTally& tally = occurrence->tally;
  if (body.state() == model::v1::VISIT_STATE_DONE) {
    ++tally.done;
  } else if (body.state() == model::v1::VISIT_STATE_MISSED) {
    ++(body.counted_apart() ? tally.missed_apart : tally.missed);
  }
  internal::ShrinkVisits(*occurrence);
}

void Apply(const event::v1::TimerFired& body, const EventTimes&, Case& state) {
  if (body.kind() == "deadline") {
    if (DeadlineRecord* deadline = Find(state.deadlines, body.number());
        deadline != nullptr) {
      const auto last = static_cast<int32_t>(deadline->level_times.size()) - 1;
      deadline->level = std::max(deadline->level, std::min(body.level(), last));
    }
    return;
  }
  std::erase_if(state.timers, [&body](const TimerRecord& timer) {
    return timer.kind == body.kind() && timer.number == body.number();
  });
}

void Apply(const event::v1::MessageReceived& body, const EventTimes& times,
           Case& state) {
  auto at = internal::PlaceOf(
      state.senders, absl::string_view(body.from()),
      [](const SenderMark& one) { return absl::string_view(one.from); });
  if (at == state.senders.end() || at->from != body.from()) {
    at = state.senders.insert(at, {.from = body.from()});
  }
  at->sequence = std::max(at->sequence, body.sequence());
  PutFacts(body.facts(), times, state);
  if (body.has_consent_given()) {
    const event::v1::ConsentGiven& given = body.consent_given();
    PutConsent(given.consent(), given.number(), times, state);
    if (ConsentRecord* one = Find(state.consents, given.number());
        one != nullptr) {
      one->origin = given.consent().name();
    }
  }
  if (body.has_consent_withdrawn()) {
    EndConsent(body.consent_withdrawn().number(),
               model::v1::CONSENT_STATE_WITHDRAWN, times, state);
  }
  if (body.has_consent_disputed()) {
    EndConsent(body.consent_disputed().number(),
               model::v1::CONSENT_STATE_DISPUTED, times, state);
  }
}

void Apply(const event::v1::PerformerAssigned& body, const EventTimes&,
           Case& state) {
  if (Occurrence* one = Find(state.occurrences, body.occurrence());
      one != nullptr) {
    one->performer = body.performer();
  }
}

void Apply(const event::v1::SubjectAdded& body, const EventTimes&,
           Case& state) {
  const SubjectRef subject = FromProto(body.subject());
  const auto kind = static_cast<size_t>(subject.kind);
  if (kind < state.subjects.size()) {
    state.subjects[kind] = std::max(state.subjects[kind], subject.number);
  }
}

void Apply(const event::v1::ReferralMade& body, const EventTimes&,
           Case& state) {
  Pass(body.number(), state.next.referral);
  if (Occurrence* one = Find(state.occurrences, body.occurrence());
      one != nullptr) {
    one->referrals.push_back(body.number());
    if (!body.performer().empty()) {
      one->performer = body.performer();
    }
  }
  if (Referral* old = Find(state.referrals, body.replaces());
      old != nullptr && old->number != body.number()) {
    old->replaced_by = body.number();
  }
  internal::Put(state.referrals, NewReferral(body));
}

void Apply(const event::v1::ReferralMoved& body, const EventTimes&,
           Case& state) {
  if (Referral* referral = Find(state.referrals, body.number());
      referral != nullptr) {
    Fold(body, *referral);
  }
}

void Apply(const event::v1::ReferralUndelivered& body, Case& state) {
  if (Referral* referral = Find(state.referrals, body.number());
      referral != nullptr) {
    Fold(body, *referral);
  }
}

void Apply(const event::v1::CaseMigrated& body, Case& state) {
  state.edition = FromProto(body.edition());
  state.migrated_from =
      body.undo() ? std::nullopt : std::optional(FromProto(body.from()));
}

void Apply(const event::v1::MeasureRecorded& body, Case& state) {
  MeasureRecord measure = FromProto(body.measure());
  const auto at = internal::PlaceOf(
      state.measures, absl::string_view(measure.measure),
      [](const MeasureRecord& one) { return absl::string_view(one.measure); });
  if (at != state.measures.end() && at->measure == measure.measure) {
    *at = std::move(measure);
  } else {
    state.measures.insert(at, std::move(measure));
  }
}

// Those that are over go when another is added.
void Apply(const event::v1::OpenedInEmergency& body, const EventTimes& times,
           Case& state) {
  EmergencyRecord opened = FromProto(body.sight());
  std::erase_if(
      state.emergencies, [&opened, &times](const EmergencyRecord& one) {
        return one.until <= times.recorded || one.member == opened.member;
      });
  if (state.emergencies.size() >= kEmergenciesMax) {
    state.emergencies.erase(state.emergencies.begin());
  }
  state.emergencies.push_back(std::move(opened));
}

// Whether this release can fold the event at all.
bool CanFold(const CaseEvent& event) {
  return event.header().format() <= kFoldFormatMax &&
         event.body_case() != CaseEvent::BODY_NOT_SET;
}

// Consents, assessments, endings, messages and referrals.
void ApplyLaterBody(const CaseEvent& event, const EventTimes& times,
                    Case& state) {
  switch (event.body_case()) {
    case CaseEvent::kConsentGiven:
      return PutConsent(event.consent_given().consent(),
                        event.consent_given().number(), times, state);
    case CaseEvent::kConsentWithdrawn:
      return EndConsent(event.consent_withdrawn().number(),
                        model::v1::CONSENT_STATE_WITHDRAWN, times, state);
    case CaseEvent::kConsentDisputed:
      return EndConsent(event.consent_disputed().number(),
                        model::v1::CONSENT_STATE_DISPUTED, times, state);
    case CaseEvent::kCaseMigrated:
      return Apply(event.case_migrated(), state);
    case CaseEvent::kAssessmentRecorded:
      return internal::PutAssessment(
          FromProto(event.assessment_recorded().assessment()), times.version,
          state);
    case CaseEvent::kAssessmentDisputed:
      return internal::MarkDisputed(event.assessment_disputed().assessment(),
                                    times.happened, state);
    case CaseEvent::kCaseReopened:
      return Apply(event.case_reopened(), state);
    case CaseEvent::kTimerFired:
      return Apply(event.timer_fired(), times, state);
    case CaseEvent::kCaseErased:
      state.erased = true;
      state.emergencies.clear();
      return;
    case CaseEvent::kMessageReceived:
      return Apply(event.message_received(), times, state);
    case CaseEvent::kPerformerAssigned:
      return Apply(event.performer_assigned(), times, state);
    case CaseEvent::kSubjectAdded:
      return Apply(event.subject_added(), times, state);
    case CaseEvent::kReferralMade:
      return Apply(event.referral_made(), times, state);
    case CaseEvent::kReferralMoved:
      return Apply(event.referral_moved(), times, state);
    case CaseEvent::kReferralUndelivered:
      return Apply(event.referral_undelivered(), state);
    case CaseEvent::kMeasureRecorded:
      return Apply(event.measure_recorded(), state);
    case CaseEvent::kOpenedInEmergency:
      return Apply(event.opened_in_emergency(), times, state);
    case CaseEvent::kCaseFrozen:
      return internal::FoldFrozen(event.case_frozen(), times.version, state);
    case CaseEvent::kCaseThawed:
      state.home.frozen.reset();
      return;
    case CaseEvent::kCaseReceived:
      return internal::FoldReceived(event.case_received(), state);
    default:  // what happened says everything in its consequences
      return;
  }
}

void ApplyBody(const CaseEvent& event, const EventTimes& times, Case& state) {
  switch (event.body_case()) {
    case CaseEvent::kCaseOpened:
      return Apply(event.case_opened(), times, state);
    case CaseEvent::kReportJoined:
      return Apply(event.report_joined(), times, state);
    case CaseEvent::kStepCompleted:
      return Apply(event.step_completed(), times, state);
    case CaseEvent::kAttemptRecorded:
      return Apply(event.attempt_recorded(), times, state);
    case CaseEvent::kFactsRecorded:
      return PutFacts(event.facts_recorded().facts(), times, state);
    case CaseEvent::kFactCorrected:
      return Apply(event.fact_corrected(), times, state);
    case CaseEvent::kPostOffered:
      return Apply(event.post_offered(), times, state);
    case CaseEvent::kPostAccepted:
      return Apply(event.post_accepted(), times, state);
    case CaseEvent::kPostDeclined:
      return internal::RemoveNumber(state.hand_overs,
                                    event.post_declined().hand_over());
    case CaseEvent::kPostVacated:
      return Apply(event.post_vacated(), state);
    case CaseEvent::kContactRecorded:
      state.last_contact = std::max(
          state.last_contact.value_or(absl::InfinitePast()), times.happened);
      return;
    case CaseEvent::kQueuePlaceRecorded:
      return Apply(event.queue_place_recorded(), times, state);
    case CaseEvent::kVisitsPlanned:
      return Apply(event.visits_planned(), times, state);
    case CaseEvent::kVisitRecorded:
      return Apply(event.visit_recorded(), times, state);
    default:
      return ApplyLaterBody(event, times, state);
  }
}

// An interrupt begun by hand ends by hand: only the body knows.
void MarkByHand(const CaseEvent& event, Case& state) {
  if (!event.has_interrupt_begun()) {
    return;
  }
  for (InterruptRecord& one : state.interrupts) {
    if (one.interrupt == event.interrupt_begun().interrupt()) {
      one.by_hand = true;
    }
  }
}

}  // namespace

void Fold(const CaseEvent& event, Case& state) {
  if (state.ahead || !CanFold(event)) {
    state.ahead = true;
    return;
  }
  const event::v1::EventHeader& header = event.header();
  const EventTimes times{.version = header.version(),
                         .happened = FromProto(header.happened_time()),
                         .recorded = FromProto(header.recorded_time()),
                         .member = header.actor().member()};
  state.version = header.version();
  state.last_recorded = std::max(state.last_recorded, times.recorded);
  ApplyBody(event, times, state);
  internal::ApplyConsequences(event.consequences(), times, state);
  MarkByHand(event, state);
  internal::ShrinkEnded(state);
}

}  // namespace careroute::casework
