#include "lib/casework/internal/records.h"

#include <algorithm>
#include <string>
#include <utility>

#include "lib/casework/internal/times.h"

namespace careroute::casework::internal {
namespace {

using pathway::FactKind;

// The person goes without saying.
template <typename Message>
void PutSubject(SubjectRef subject, Message* proto) {
  if (subject != SubjectRef{}) {
    ToProto(subject, proto->mutable_subject());
  }
}

template <typename Range, typename List>
void Assign(const Range& from, List* to) {
  to->assign(from.begin(), from.end());
}

}  // namespace

SubjectRef FromProto(const model::v1::Subject& proto) {
  if (proto.kind() == model::v1::SUBJECT_KIND_UNSPECIFIED ||
      proto.kind() == model::v1::SUBJECT_KIND_PERSON) {
    return {};
  }
  return {.kind = proto.kind(),
          .number = std::clamp(proto.number(), 0, kSubjectsMax)};
}

SubjectRef SubjectOf(const model::v1::Fact& fact) {
  return fact.has_subject() ? FromProto(fact.subject()) : SubjectRef{};
}

void ToProto(SubjectRef subject, model::v1::Subject* proto) {
  proto->set_kind(subject.kind);
  proto->set_number(subject.number);
}

PinnedEdition FromProto(const model::v1::EditionRef& proto) {
  return {.pathway = proto.pathway(),
          .edition = proto.edition(),
          .overlay = proto.overlay(),
          .hash = proto.hash()};
}

void ToProto(const PinnedEdition& edition, model::v1::EditionRef* proto) {
  proto->set_pathway(edition.pathway);
  proto->set_edition(edition.edition);
  proto->set_overlay(edition.overlay);
  proto->set_hash(edition.hash);
}

FactRecord FromProto(const model::v1::Fact& proto) {
  FactRecord fact{.fact = proto.fact(),
                  .subject = SubjectOf(proto),
                  .from = proto.from(),
                  .to = proto.to()};
  const model::v1::FactValue& value = proto.value();
  switch (value.value_case()) {
    case model::v1::FactValue::kTruth:
      fact.kind = FactKind::kTruth;
      fact.truth = value.truth();
      break;
    case model::v1::FactValue::kChoice:
      fact.kind = FactKind::kChoice;
      fact.text = value.choice();
      break;
    case model::v1::FactValue::kNumber:
      fact.kind = FactKind::kNumber;
      fact.number = value.number();
      break;
    case model::v1::FactValue::kDate:
      fact.kind = FactKind::kDate;
      fact.text = value.date();
      break;
    case model::v1::FactValue::VALUE_NOT_SET:
      break;
  }
  return fact;
}

void ToProto(const FactRecord& fact, model::v1::Fact* proto) {
  proto->set_fact(fact.fact);
  PutSubject(fact.subject, proto);
  model::v1::FactValue& value = *proto->mutable_value();
  switch (fact.kind) {
    case FactKind::kTruth:
      value.set_truth(fact.truth);
      break;
    case FactKind::kChoice:
      value.set_choice(fact.text);
      break;
    case FactKind::kNumber:
      value.set_number(fact.number);
      break;
    case FactKind::kDate:
      value.set_date(fact.text);
      break;
    case FactKind::kNotKnown:
      break;
  }
  proto->set_from(fact.from);
  proto->set_to(fact.to);
}

AttemptRecord FromProto(const model::v1::Attempt& proto) {
  return {.mode = proto.mode(),
          .happened = FromProto(proto.happened_time()),
          .reached = proto.reached()};
}

void ToProto(const AttemptRecord& attempt, model::v1::Attempt* proto) {
  proto->set_mode(attempt.mode);
  ToProto(attempt.happened, proto->mutable_happened_time());
  proto->set_reached(attempt.reached);
}

QueuePlaceRecord FromProto(const model::v1::QueuePlace& proto) {
  return {.place = proto.place(),
          .as_of = proto.as_of(),
          .expected = proto.expected()};
}

void ToProto(const QueuePlaceRecord& queue, model::v1::QueuePlace* proto) {
  proto->set_place(queue.place);
  proto->set_as_of(queue.as_of);
  proto->set_expected(queue.expected);
}

VisitRecord FromProto(const model::v1::Visit& proto) {
  return {.number = proto.number(),
          .planned_on = proto.planned_on(),
          .service = proto.service(),
          .state = proto.state(),
          .reason = proto.reason()};
}

void ToProto(const VisitRecord& visit, model::v1::Visit* proto) {
  proto->set_number(visit.number);
  proto->set_planned_on(visit.planned_on);
  proto->set_service(visit.service);
  proto->set_state(visit.state);
  proto->set_reason(visit.reason);
}

EmergencyRecord FromProto(const model::v1::EmergencySight& proto) {
  return {.member = proto.member(), .until = FromProto(proto.until_time())};
}

void ToProto(const EmergencyRecord& emergency,
             model::v1::EmergencySight* proto) {
  proto->set_member(emergency.member);
  ToProto(emergency.until, proto->mutable_until_time());
}

HandOverRecord FromProto(const model::v1::HandOver& proto) {
  return {.number = proto.number(),
          .post = proto.post(),
          .from = proto.from(),
          .to = proto.to(),
          .offered = FromProto(proto.offer_time())};
}

void ToProto(const HandOverRecord& hand_over, model::v1::HandOver* proto) {
  proto->set_number(hand_over.number);
  proto->set_post(hand_over.post);
  proto->set_from(hand_over.from);
  proto->set_to(hand_over.to);
  ToProto(hand_over.offered, proto->mutable_offer_time());
}

StopRecord FromProto(const model::v1::ClockStop& proto) {
  StopRecord stop{.number = proto.number(),
                  .reason = proto.reason(),
                  .start = FromProto(proto.start_time())};
  if (proto.has_end_time()) {
    stop.end = FromProto(proto.end_time());
  }
  if (proto.has_latest_end_time()) {
    stop.latest_end = FromProto(proto.latest_end_time());
  }
  return stop;
}

void ToProto(const StopRecord& stop, model::v1::ClockStop* proto) {
  proto->set_number(stop.number);
  proto->set_reason(stop.reason);
  ToProto(stop.start, proto->mutable_start_time());
  if (stop.end.has_value()) {
    ToProto(*stop.end, proto->mutable_end_time());
  }
  if (stop.latest_end.has_value()) {
    ToProto(*stop.latest_end, proto->mutable_latest_end_time());
  }
}

ScheduleRecord FromProto(const model::v1::ScheduledStep& proto) {
  return {.number = proto.number(),
          .step = proto.step(),
          .subject = FromProto(proto.subject()),
          .due = FromProto(proto.due_time()),
          .scheduled_by = proto.scheduled_by()};
}

void ToProto(const ScheduleRecord& schedule, model::v1::ScheduledStep* proto) {
  proto->set_number(schedule.number);
  proto->set_step(schedule.step);
  PutSubject(schedule.subject, proto);
  ToProto(schedule.due, proto->mutable_due_time());
  proto->set_scheduled_by(schedule.scheduled_by);
}

RightRecord FromProto(const model::v1::OpenRight& proto) {
  RightRecord right{.step = proto.step(),
                    .occurrence = proto.occurrence(),
                    .subject = FromProto(proto.subject())};
  if (proto.has_close_time()) {
    right.close = FromProto(proto.close_time());
  }
  return right;
}

void ToProto(const RightRecord& right, model::v1::OpenRight* proto) {
  proto->set_step(right.step);
  proto->set_occurrence(right.occurrence);
  PutSubject(right.subject, proto);
  if (right.close.has_value()) {
    ToProto(*right.close, proto->mutable_close_time());
  }
}

MeasureRecord FromProto(const model::v1::MeasureRecord& proto) {
  return {.measure = proto.measure(),
          .state = proto.state(),
          .happened = FromProto(proto.happened_time()),
          .until = proto.until()};
}

void ToProto(const MeasureRecord& measure, model::v1::MeasureRecord* proto) {
  proto->set_measure(measure.measure);
  proto->set_state(measure.state);
  ToProto(measure.happened, proto->mutable_happened_time());
  proto->set_until(measure.until);
}

PlanLineRecord FromProto(const model::v1::PlanLine& proto) {
  PlanLineRecord line{.item = proto.item(), .part = proto.part()};
  for (const model::v1::PlanQuantity& one : proto.quantities()) {
    line.quantities.emplace_back(one.of(), one.amount());
  }
  return line;
}

void ToProto(const PlanLineRecord& line, model::v1::PlanLine* proto) {
  proto->set_item(line.item);
  proto->set_part(line.part);
  for (const auto& [of, amount] : line.quantities) {
    model::v1::PlanQuantity& one = *proto->add_quantities();
    one.set_of(of);
    one.set_amount(amount);
  }
}

CallerRecord FromProto(const event::v1::Caller& proto) {
  return {.occurrence = proto.occurrence(),
          .step = proto.step(),
          .subject = FromProto(proto.subject())};
}

void ToProto(const CallerRecord& caller, event::v1::Caller* proto) {
  proto->set_occurrence(caller.occurrence);
  proto->set_step(caller.step);
  PutSubject(caller.subject, proto);
}

Occurrence FromProto(const event::v1::StepStarted& proto) {
  Occurrence occurrence{.number = proto.occurrence(),
                        .step = proto.step(),
                        .subject = FromProto(proto.subject()),
                        .suspended = proto.suspended(),
                        .performer = proto.performer(),
                        .started_by = proto.started_by(),
                        .outlives_case = proto.outlives_case()};
  Assign(proto.excluded(), &occurrence.excluded);
  for (const event::v1::Caller& caller : proto.callers()) {
    occurrence.callers.push_back(FromProto(caller));
  }
  return occurrence;
}

void ToProto(const Occurrence& occurrence, event::v1::StepStarted* proto) {
  proto->set_occurrence(occurrence.number);
  proto->set_step(occurrence.step);
  PutSubject(occurrence.subject, proto);
  proto->set_suspended(occurrence.suspended);
  proto->set_performer(occurrence.performer);
  proto->set_started_by(occurrence.started_by);
  proto->set_outlives_case(occurrence.outlives_case);
  for (const std::string& organisation : occurrence.excluded) {
    proto->add_excluded(organisation);
  }
  if (!occurrence.callers.empty()) {
    proto->set_caller(occurrence.callers.front().occurrence);
  }
  for (const CallerRecord& caller : occurrence.callers) {
    ToProto(caller, proto->add_callers());
  }
}

DeadlineRecord FromProto(const event::v1::DeadlineSet& proto) {
  DeadlineRecord deadline{.number = proto.number(),
                          .occurrence = proto.occurrence(),
                          .referral = proto.referral(),
                          .limit = proto.limit(),
                          .rule = proto.rule(),
                          .start = FromProto(proto.start_time()),
                          .calendar_edition = proto.calendar_edition(),
                          .provisional = proto.provisional(),
                          .stopped = proto.stopped()};
  if (proto.has_due_time()) {
    deadline.due = FromProto(proto.due_time());
  }
  deadline.level_times.reserve(static_cast<size_t>(proto.level_times_size()));
  for (const google::protobuf::Timestamp& time : proto.level_times()) {
    deadline.level_times.push_back(FromProto(time));
  }
  Assign(proto.honours(), &deadline.honours);
  return deadline;
}

void ToProto(const DeadlineRecord& deadline, event::v1::DeadlineSet* proto) {
  proto->set_number(deadline.number);
  proto->set_occurrence(deadline.occurrence);
  proto->set_referral(deadline.referral);
  proto->set_limit(deadline.limit);
  *proto->mutable_rule() = deadline.rule;
  ToProto(deadline.start, proto->mutable_start_time());
  if (deadline.due.has_value()) {
    ToProto(*deadline.due, proto->mutable_due_time());
  }
  for (const absl::Time time : deadline.level_times) {
    ToProto(time, proto->add_level_times());
  }
  proto->set_calendar_edition(deadline.calendar_edition);
  proto->set_provisional(deadline.provisional);
  proto->set_stopped(deadline.stopped);
  for (const std::string& reason : deadline.honours) {
    proto->add_honours(reason);
  }
}

TimerRecord FromProto(const event::v1::TimerSet& proto) {
  return {.kind = proto.kind(),
          .number = proto.number(),
          .due = FromProto(proto.due_time())};
}

void ToProto(const TimerRecord& timer, event::v1::TimerSet* proto) {
  proto->set_kind(timer.kind);
  proto->set_number(timer.number);
  ToProto(timer.due, proto->mutable_due_time());
}

ConsentRecord FromProto(const model::v1::Consent& proto) {
  ConsentRecord consent{.matter = proto.matter(),
                        .purpose = proto.purpose(),
                        .from = proto.from(),
                        .to = proto.to(),
                        .given_by = proto.given_by(),
                        .word_given = proto.word_given(),
                        .explained_in = proto.explained_in(),
                        .state = proto.state(),
                        .given = FromProto(proto.give_time())};
  for (const int one : proto.classes()) {
    consent.classes.push_back(static_cast<model::v1::DataClass>(one));
  }
  for (const int one : proto.to_kinds()) {
    consent.to_kinds.push_back(static_cast<model::v1::AgencyKind>(one));
  }
  Assign(proto.to_organisations(), &consent.to_organisations);
  if (proto.has_withdraw_time()) {
    consent.withdrawn = FromProto(proto.withdraw_time());
  }
  return consent;
}

void ToProto(const ConsentRecord& consent, model::v1::Consent* proto) {
  proto->set_matter(consent.matter);
  for (const model::v1::DataClass one : consent.classes) {
    proto->add_classes(one);
  }
  for (const model::v1::AgencyKind one : consent.to_kinds) {
    proto->add_to_kinds(one);
  }
  for (const std::string& organisation : consent.to_organisations) {
    proto->add_to_organisations(organisation);
  }
  proto->set_purpose(consent.purpose);
  proto->set_from(consent.from);
  proto->set_to(consent.to);
  proto->set_given_by(consent.given_by);
  proto->set_word_given(consent.word_given);
  proto->set_explained_in(consent.explained_in);
  proto->set_state(consent.state);
  ToProto(consent.given, proto->mutable_give_time());
  if (consent.withdrawn.has_value()) {
    ToProto(*consent.withdrawn, proto->mutable_withdraw_time());
  }
}

HistoryRecord FromProto(const model::v1::StepHistory& proto) {
  HistoryRecord history{.step = proto.step(),
                        .subject = FromProto(proto.subject()),
                        .count = proto.count()};
  for (const model::v1::PastOutcome& one : proto.outcomes()) {
    history.outcomes.push_back({.outcome = one.outcome(),
                                .happened = FromProto(one.happened_time()),
                                .performer = one.performer(),
                                .member = one.member(),
                                .version = one.version(),
                                .late = one.late()});
  }
  history.earlier_organisations.assign(proto.earlier_organisations().begin(),
                                       proto.earlier_organisations().end());
  history.earlier_members.assign(proto.earlier_members().begin(),
                                 proto.earlier_members().end());
  return history;
}

void ToProto(const HistoryRecord& history, model::v1::StepHistory* proto) {
  proto->set_step(history.step);
  PutSubject(history.subject, proto);
  proto->set_count(history.count);
  for (const PastOutcomeRecord& one : history.outcomes) {
    model::v1::PastOutcome& past = *proto->add_outcomes();
    past.set_outcome(one.outcome);
    ToProto(one.happened, past.mutable_happened_time());
    past.set_performer(one.performer);
    past.set_member(one.member);
    past.set_version(one.version);
    past.set_late(one.late);
  }
  for (const std::string& one : history.earlier_organisations) {
    proto->add_earlier_organisations(one);
  }
  for (const std::string& one : history.earlier_members) {
    proto->add_earlier_members(one);
  }
}

}  // namespace careroute::casework::internal
