#include "lib/engine/disclosures.h"

#include <optional>

#include "absl/time/civil_time.h"
#include "lib/access/data_class_set.h"
#include "lib/casework/disclosure.h"
#include "lib/casework/folded_case.h"
#include "lib/casework/view.h"
#include "lib/engine/case_directory.h"
#include "lib/engine/internal/local_day.h"
#include "lib/pathway/evaluate.h"

namespace careroute::engine {
namespace {

// The work the question is about: what is live of the step; null = none is.
const casework::Occurrence* FindWork(const casework::Case& state,
                                     absl::string_view step) {
  for (const casework::Occurrence& one : state.occurrences) {
    if (one.step == step) return &one;
  }
  return nullptr;
}

// The day it is at home.
absl::CivilDay HomeDay(const CaseReading& reading, absl::Time now,
                       const calendar::CalendarSet& calendars) {
  return internal::LocalDay(
      calendars, *reading.directory,
      std::string(casework::OrganisationOf(reading.state->coordinator)), now);
}

access::DataClassSet EveryClass() {
  access::DataClassSet classes = access::DataClassSet::All();
  classes.Remove(model::v1::DATA_CLASS_ROUTE);
  return classes;
}

}  // namespace

absl::StatusOr<model::v1::Verdict> ExplainDisclosure(
    const CaseReading& reading, const DisclosureAsked& asked,
    const calendar::CalendarSet& calendars) {
  const model::v1::Step* step = reading.edition->FindStep(asked.step);
  if (step == nullptr) {
    return absl::NotFoundError("the pathway has no such step");
  }
  const auto receiver = reading.directory->facts.find(asked.receiver);
  if (receiver == reading.directory->facts.end()) {
    return absl::NotFoundError("the directory knows no such receiver");
  }
  const absl::CivilDay day = HomeDay(reading, asked.now, calendars);
  const CaseDirectory directory(
      {.picture = reading.directory, .person = reading.person, .today = day});
  std::optional<casework::PersonFacts> person;
  if (reading.person != nullptr && !reading.person->erased) {
    person = FactsOf(*reading.person, day);
  }
  const casework::FoldedCase folded(
      {.state = *reading.state,
       .edition = *reading.edition,
       .now = asked.now,
       .directory = directory,
       .calendars = calendars,
       .person = person.has_value() ? &*person : nullptr});
  const casework::Occurrence* work = FindWork(*reading.state, asked.step);
  const std::string today = absl::FormatCivilTime(day);
  const auto ask = [&](const model::v1::Condition& condition) {
    return pathway::Evaluate(
        condition, folded.view(),
        work == nullptr ? pathway::SubjectRef{} : work->subject);
  };
  const auto may_perform = [&](const model::v1::Performer& performer) {
    return folded.MayPerform(asked.receiver, performer, work);
  };
  const casework::DisclosureQuestion question{
      .step = step,
      .consents = reading.state->consents,
      .receiver = asked.receiver,
      .receiver_kind = receiver->second.kind,
      .today = today,
      .classes = asked.classes.empty() ? EveryClass() : asked.classes,
      .ask = ask,
      .may_perform = may_perform};
  return casework::ExplainDisclosure(question, casework::CaseName(reading.uid));
}

access::DataClassSet PassableClasses(const CaseReading& reading,
                                     const casework::Referral& referral,
                                     absl::Time now,
                                     const calendar::CalendarSet& calendars) {
  const auto receiver = reading.directory->facts.find(referral.performer);
  const std::string today =
      absl::FormatCivilTime(HomeDay(reading, now, calendars));
  return casework::ReadableClasses(
      {.referral = &referral,
       .step = reading.edition->FindStep(referral.step),
       .consents = reading.state->consents,
       .receiver_kind = receiver == reading.directory->facts.end()
                            ? model::v1::AGENCY_KIND_UNSPECIFIED
                            : receiver->second.kind,
       .today = today});
}

}  // namespace careroute::engine
