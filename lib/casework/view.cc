#include "lib/casework/view.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "lib/casework/internal/assessment_records.h"
#include "lib/casework/internal/records.h"
#include "lib/casework/internal/times.h"
#include "lib/casework/row.h"

namespace careroute::casework {
namespace {

using internal::ToProto;

template <typename List>
const Referral* FindIn(const List& referrals, int32_t number) {
  for (const Referral& one : referrals) {
    if (one.number == number) {
      return &one;
    }
  }
  return nullptr;
}

void PutDeadlines(const Case& state, int32_t occurrence,
                  model::v1::Occurrence& into) {
  for (const DeadlineRecord& one : state.deadlines) {
    if (one.occurrence == occurrence && one.referral == 0) {
      *into.add_deadlines() = ToModel(one);
    }
  }
  for (const EvidenceOwedRecord& one : state.evidence_owed) {
    if (one.occurrence != occurrence) {
      continue;
    }
    model::v1::EvidenceOwed& owed = *into.add_evidence_owed();
    owed.set_guard(one.guard);
    owed.set_deadline(one.deadline);
    if (const DeadlineRecord* deadline = FindDeadline(state, one.deadline);
        deadline != nullptr) {
      *into.add_deadlines() = ToModel(*deadline);
    }
  }
}

void PutOccurrence(const Case& state, const Occurrence& one,
                   model::v1::Occurrence& into) {
  into.set_number(one.number);
  into.set_step(one.step);
  ToProto(one.subject, into.mutable_subject());
  into.set_state(one.suspended ? model::v1::OCCURRENCE_STATE_SUSPENDED
                               : model::v1::OCCURRENCE_STATE_LIVE);
  into.set_performer(one.performer);
  ToProto(one.start, into.mutable_start_time());
  into.set_started_by(one.started_by);
  if (!one.callers.empty()) {
    into.set_caller(one.callers.front().occurrence);
  }
  PutDeadlines(state, one.number, into);
  for (const AttemptRecord& attempt : one.attempts) {
    ToProto(attempt, into.add_attempts());
  }
  if (one.queue.has_value()) {
    ToProto(*one.queue, into.mutable_queue());
  }
  for (const std::string& organisation : one.excluded) {
    into.add_excluded(organisation);
  }
  for (const VisitRecord& visit : one.visits) {
    ToProto(visit, into.add_visits());
  }
  for (const int32_t number : one.referrals) {
    if (const Referral* referral = FindIn(state.referrals, number);
        referral != nullptr) {
      into.add_referrals(referral->uid.Hex());
    }
  }
}

void PutConsent(const ConsentRecord& consent, const base::Uid& case_id,
                model::v1::Consent& into) {
  ToProto(consent, &into);
  into.set_name(ConsentName(case_id, consent.number));
}

void PutPlans(const Case& state, const base::Uid& case_id,
              model::v1::Case& into) {
  for (const StopRecord& one : state.stops) {
    if (!one.end.has_value()) {
      ToProto(one, into.add_stops());
    }
  }
  for (const InterruptRecord& one : state.interrupts) {
    into.add_interrupts(one.interrupt);
  }
  for (const Referral& one : state.referrals) {
    into.add_referrals(ReferralName(case_id, one.number));
  }
  for (const ConsentRecord& one : state.consents) {
    PutConsent(one, case_id, *into.add_consents());
  }
  for (const RightRecord& one : state.rights) {
    ToProto(one, into.add_rights());
  }
  for (const ScheduleRecord& one : state.schedules) {
    ToProto(one, into.add_scheduled());
  }
}

void PutCarePlans(const Case& state, model::v1::Case& into) {
  for (const PlanRecord& one : state.plans) {
    *into.add_plans() = ToModel(one);
  }
}

void PutHead(const Case& state, const base::Uid& case_id,
             model::v1::Case& into) {
  into.set_name(CaseName(case_id));
  into.set_uid(case_id.Hex());
  into.set_etag(absl::StrCat(state.version));
  into.set_person(PersonName(state.person));
  ToProto(state.edition, into.mutable_edition());
  into.set_entry(state.entry);
  into.set_state(StateOf(state));
  into.set_coordinator(state.coordinator);
  into.set_deputy(state.deputy);
  into.set_home_hub(state.home.hub);
  if (state.home.frozen.has_value()) {
    into.set_offered_to_hub(state.home.frozen->hub);
  }
  for (const HandOverRecord& one : state.hand_overs) {
    ToProto(one, into.add_hand_overs());
  }
  if (state.last_contact.has_value()) {
    ToProto(*state.last_contact, into.mutable_last_contact_time());
  }
  for (const EmergencyRecord& one : state.emergencies) {
    ToProto(one, into.add_emergencies());
  }
  into.set_next_contact_date(state.next_contact_date);
  ToProto(state.opened, into.mutable_create_time());
  ToProto(state.last_recorded, into.mutable_update_time());
  if (state.ending.has_value()) {
    into.set_ending(state.ending->ending);
    ToProto(state.ending->time, into.mutable_end_time());
  }
}

}  // namespace

std::string CaseName(const base::Uid& case_id) {
  return absl::StrCat("cases/", case_id.Hex());
}

std::string ReferralName(const base::Uid& case_id, int32_t number) {
  return absl::StrCat("cases/", case_id.Hex(), "/referrals/", number);
}

std::string ConsentName(const base::Uid& case_id, int32_t number) {
  return absl::StrCat("cases/", case_id.Hex(), "/consents/", number);
}

std::string PersonName(const std::string& person_bytes) {
  const auto uid = base::UidFromBytes(person_bytes);
  return uid.ok() ? absl::StrCat("persons/", uid->Hex()) : std::string();
}

int32_t NumberOf(absl::string_view name) {
  const size_t slash = name.rfind('/');
  int32_t number = 0;
  if (slash == absl::string_view::npos ||
      !absl::SimpleAtoi(name.substr(slash + 1), &number) || number < 0) {
    return 0;
  }
  return number;
}

model::v1::Case ToModel(const Case& state, const base::Uid& case_id) {
  model::v1::Case reply;
  PutModel(state, case_id, reply);
  return reply;
}

void PutModel(const Case& state, const base::Uid& case_id,
              model::v1::Case& into) {
  PutHead(state, case_id, into);
  for (const Occurrence& one : state.occurrences) {
    PutOccurrence(state, one, *into.add_occurrences());
  }
  for (const HistoryRecord& one : state.history) {
    ToProto(one, into.add_history());
  }
  for (const FactRecord& one : state.facts) {
    ToProto(one, into.add_facts());
  }
  for (const std::string& track : state.tracks) {
    into.add_tracks(track);
  }
  PutPlans(state, case_id, into);
  for (const MeasureRecord& one : state.measures) {
    ToProto(one, into.add_measures());
  }
  PutCarePlans(state, into);
  for (const AssessmentRecord& one : state.assessments) {
    *into.add_assessments() = ToModel(one);
  }
  for (const std::string& organisation : state.participants) {
    into.add_participants(organisation);
  }
  into.set_overdue(CountOverdue(state));
}

model::v1::MeasureRecord ToModel(const MeasureRecord& measure) {
  model::v1::MeasureRecord reply;
  ToProto(measure, &reply);
  return reply;
}

model::v1::Consent ToModel(const ConsentRecord& consent,
                           const base::Uid& case_id) {
  model::v1::Consent reply;
  PutConsent(consent, case_id, reply);
  return reply;
}

model::v1::Deadline ToModel(const DeadlineRecord& deadline) {
  model::v1::Deadline reply;
  reply.set_number(deadline.number);
  reply.set_limit(deadline.limit);
  ToProto(deadline.start, reply.mutable_start_time());
  if (deadline.due.has_value()) {
    ToProto(*deadline.due, reply.mutable_due_time());
  }
  reply.set_provisional(deadline.provisional);
  reply.set_calendar_edition(deadline.calendar_edition);
  reply.set_level(deadline.level);
  reply.set_stopped(deadline.stopped);
  return reply;
}

model::v1::Assessment ToModel(const AssessmentRecord& assessment,
                              absl::string_view language) {
  model::v1::Assessment reply;
  ToProto(assessment, &reply);
  if (assessment.total.has_value()) {
    *reply.mutable_total() = scoring::ToProto(*assessment.total, language);
  }
  if (assessment.gap.has_value()) {
    *reply.mutable_gap() = scoring::ToProto(*assessment.gap, language);
  }
  return reply;
}

model::v1::CarePlan ToModel(const PlanRecord& plan) {
  model::v1::CarePlan reply;
  reply.set_step(plan.step);
  ToProto(plan.subject, reply.mutable_subject());
  for (const PlanLineRecord& line : plan.lines) {
    ToProto(line, reply.add_lines());
  }
  return reply;
}

model::v1::Fact ToModel(const FactRecord& fact) {
  model::v1::Fact reply;
  ToProto(fact, &reply);
  return reply;
}

model::v1::EmergencySight ToModel(const EmergencyRecord& emergency) {
  model::v1::EmergencySight sight;
  ToProto(emergency, &sight);
  return sight;
}

}  // namespace careroute::casework
