// lib/casework/internal/records.h: parts of a case between their proto and
// their plain form.
//
// Used by fold, by snapshots and by replies, so that a field is copied in one
// place only. Total for hostile messages: numbers are clamped, unknown enum
// values kept as they are.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_RECORDS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_RECORDS_H_

#include <cstdint>

#include "careroute/event/v1/consequences.pb.h"
#include "careroute/model/v1/case.pb.h"
#include "careroute/model/v1/consent.pb.h"
#include "careroute/model/v1/fact.pb.h"
#include "lib/casework/case.h"

namespace careroute::casework::internal {

// UNSPECIFIED is the person.
[[nodiscard]] SubjectRef FromProto(const model::v1::Subject& proto);
// An absent message is the person.
[[nodiscard]] SubjectRef SubjectOf(const model::v1::Fact& fact);
void ToProto(SubjectRef subject, model::v1::Subject* proto);

[[nodiscard]] PinnedEdition FromProto(const model::v1::EditionRef& proto);
void ToProto(const PinnedEdition& edition, model::v1::EditionRef* proto);

// The value, subject and period; times and version are left to the caller.
[[nodiscard]] FactRecord FromProto(const model::v1::Fact& proto);
void ToProto(const FactRecord& fact, model::v1::Fact* proto);

[[nodiscard]] AttemptRecord FromProto(const model::v1::Attempt& proto);
void ToProto(const AttemptRecord& attempt, model::v1::Attempt* proto);

[[nodiscard]] QueuePlaceRecord FromProto(const model::v1::QueuePlace& proto);
void ToProto(const QueuePlaceRecord& queue, model::v1::QueuePlace* proto);

[[nodiscard]] VisitRecord FromProto(const model::v1::Visit& proto);
void ToProto(const VisitRecord& visit, model::v1::Visit* proto);

[[nodiscard]] EmergencyRecord FromProto(const model::v1::EmergencySight& proto);
[[nodiscard]] HandOverRecord FromProto(const model::v1::HandOver& proto);
void ToProto(const EmergencyRecord& emergency,
             model::v1::EmergencySight* proto);
void ToProto(const HandOverRecord& hand_over, model::v1::HandOver* proto);

[[nodiscard]] StopRecord FromProto(const model::v1::ClockStop& proto);
void ToProto(const StopRecord& stop, model::v1::ClockStop* proto);

[[nodiscard]] ScheduleRecord FromProto(const model::v1::ScheduledStep& proto);
void ToProto(const ScheduleRecord& schedule, model::v1::ScheduledStep* proto);

[[nodiscard]] RightRecord FromProto(const model::v1::OpenRight& proto);
void ToProto(const RightRecord& right, model::v1::OpenRight* proto);

[[nodiscard]] MeasureRecord FromProto(const model::v1::MeasureRecord& proto);
void ToProto(const MeasureRecord& measure, model::v1::MeasureRecord* proto);

[[nodiscard]] PlanLineRecord FromProto(const model::v1::PlanLine& proto);
void ToProto(const PlanLineRecord& line, model::v1::PlanLine* proto);

[[nodiscard]] CallerRecord FromProto(const event::v1::Caller& proto);
void ToProto(const CallerRecord& caller, event::v1::Caller* proto);

// Without start time and version, which the header says.
[[nodiscard]] Occurrence FromProto(const event::v1::StepStarted& proto);
void ToProto(const Occurrence& occurrence, event::v1::StepStarted* proto);

// Without the level raised.
[[nodiscard]] DeadlineRecord FromProto(const event::v1::DeadlineSet& proto);
void ToProto(const DeadlineRecord& deadline, event::v1::DeadlineSet* proto);

[[nodiscard]] TimerRecord FromProto(const event::v1::TimerSet& proto);
void ToProto(const TimerRecord& timer, event::v1::TimerSet* proto);

// Without number and origin.
[[nodiscard]] ConsentRecord FromProto(const model::v1::Consent& proto);
// Without name.
void ToProto(const ConsentRecord& consent, model::v1::Consent* proto);

[[nodiscard]] HistoryRecord FromProto(const model::v1::StepHistory& proto);
void ToProto(const HistoryRecord& history, model::v1::StepHistory* proto);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_RECORDS_H_
