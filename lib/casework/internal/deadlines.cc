#include "lib/casework/internal/deadlines.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "lib/calendar/count_back.h"
#include "lib/calendar/deadline.h"
#include "lib/calendar/term_from_proto.h"
#include "lib/casework/internal/at_once.h"
#include "lib/casework/internal/draft_view.h"
#include "lib/casework/internal/edit.h"
#include "lib/casework/internal/performers.h"
#include "lib/casework/internal/times.h"

namespace careroute::casework::internal {
namespace {

using model::v1::Limit;
using model::v1::LimitStart;
using model::v1::Term;

using Stops = absl::InlinedVector<calendar::Stop, 4>;

// One limit of one occurrence, and what is known of it.
struct Clock {
  const Live& live;
  const Limit& limit;
  const DeadlineRecord* before;  // nullptr: not set yet
};

// What a clock comes to.
struct Reading {
  const Term* rule = nullptr;
  std::optional<absl::Time> due;
  std::string edition;
  bool provisional = false;
  bool stopped = false;
};

SubjectRef SubjectFor(const Draft& draft, absl::string_view fact,
                      SubjectRef subject) {
  const model::v1::FactDeclaration* declared = draft.edition.FindFact(fact);
  const bool same = declared != nullptr && declared->subject() == subject.kind;
  return same ? subject : SubjectRef{};
}

const FactRecord* FactFor(const Draft& draft, const std::string& fact,
                          SubjectRef subject) {
  return draft.CurrentFact(fact, SubjectFor(draft, fact, subject));
}

std::optional<absl::CivilDay> DateOf(const FactRecord* fact) {
  if (fact == nullptr || fact->kind != pathway::FactKind::kDate) {
    return std::nullopt;
  }
  return Places::Day(fact->text);
}

// All limits of one shared clock run from the earliest start among those that
// run, or ran until this command.
std::optional<absl::Time> SharedStart(const Clock& clock, const Draft& draft) {
  std::optional<absl::Time> start;
  for (const DeadlineRecord& one : draft.state.deadlines) {
    const Occurrence* other = FindOccurrence(draft.state, one.occurrence);
    if (other == nullptr || other->subject != clock.live.subject) {
      continue;
    }
    const model::v1::Step* step = draft.edition.FindStep(other->step);
    if (step == nullptr) {
      continue;
    }
    for (const Limit& limit : step->limits()) {
      if (limit.id() == one.limit &&
          limit.shared_clock() == clock.limit.shared_clock() &&
          (!start.has_value() || one.start < *start)) {
        start = one.start;
      }
    }
  }
  return start;
}

std::optional<absl::Time> ReceivedOf(const Clock& clock, const Draft& draft) {
  if (const auto received = draft.ReceivedAt(clock.live.number);
      received.has_value()) {
    return received;
  }
  if (clock.before != nullptr) {
    return clock.before->start;
  }
  return std::nullopt;
}

// When the clock starts; nullopt = it has not yet.
std::optional<absl::Time> StartOf(const Clock& clock, const Draft& draft) {
  const LimitStart& from = clock.limit.from();
  const SubjectRef subject = clock.live.subject;
  switch (from.start_case()) {
    case LimitStart::kOutcome: {
      const DraftView view(draft);
      const auto match = pathway::LatestMatch(from.outcome(), view, subject);
      return match.has_value() ? std::optional(match->happened) : std::nullopt;
    }
    case LimitStart::kFactDate: {
      const auto day = DateOf(FactFor(draft, from.fact_date(), subject));
      return day.has_value() ? std::optional(draft.places.StartOf(*day))
                             : std::nullopt;
    }
    case LimitStart::kFactRecorded: {
      const FactRecord* fact = FactFor(draft, from.fact_recorded(), subject);
      return fact == nullptr ? std::nullopt : std::optional(fact->happened);
    }
    case LimitStart::kReferralReceived:
      return ReceivedOf(clock, draft);
    case LimitStart::kReport:
      return draft.OpenedAt();
    case LimitStart::START_NOT_SET:
      break;
  }
  if (!clock.limit.shared_clock().empty()) {
    if (const auto shared = SharedStart(clock, draft); shared.has_value()) {
      return shared;
    }
  }
  return clock.live.start;
}

Place PlaceOf(const Clock& clock, const Draft& draft) {
  return clock.limit.calendar() == model::v1::CALENDAR_OF_HOME
             ? draft.places.home()
             : draft.places.Of(clock.live.performer);
}

Stops StopsOf(const Limit& limit, const Draft& draft) {
  Stops stops;
  if (limit.stops().empty()) {
    return stops;
  }
  draft.VisitStops([&](const StopRecord& one) {
    if (std::find(limit.stops().begin(), limit.stops().end(), one.reason) !=
        limit.stops().end()) {
      stops.push_back({.from = one.start, .to = one.end});
    }
    return stops.size() < calendar::kStopsMax;
  });
  return stops;
}

// The term that holds while no track does.
const Term* BaseTerm(const Clock& clock, absl::Time start, const Place& place,
                     const Draft& draft) {
  const Limit& limit = clock.limit;
  if (limit.at_once()) {
    return &AtOnce(start, place);
  }
  if (limit.has_within()) {
    return &limit.within();
  }
  if (!limit.has_by_fact()) {
    return nullptr;
  }
  const FactRecord* fact =
      FactFor(draft, limit.by_fact().fact(), clock.live.subject);
  if (fact != nullptr && fact->kind != pathway::FactKind::kNotKnown) {
    const absl::string_view value =
        fact->kind == pathway::FactKind::kTruth
            ? (fact->truth ? absl::string_view("true")
                           : absl::string_view("false"))
            : absl::string_view(fact->text);
    for (const model::v1::LimitRow& row : limit.by_fact().rows()) {
      if (row.is() == value) {
        return &row.within();
      }
    }
  }
  return limit.by_fact().has_not_known() ? &limit.by_fact().not_known()
                                         : nullptr;
}

bool SameRule(const Term& a, const Term& b) {
  return a.n() == b.n() && a.unit() == b.unit() && !a.no_limit() &&
         !b.no_limit();
}

// The terms of which the one that falls due first holds.
using Terms = absl::InlinedVector<const Term*, 3>;

Terms TermsOf(const Clock& clock, const Term* base, const Draft& draft) {
  Terms terms;
  if (base != nullptr) {
    terms.push_back(base);
  }
  for (const model::v1::TrackLimit& track : clock.limit.tracks()) {
    if (draft.TrackIsSet(track.track())) {
      if (track.on_set() != model::v1::CLOCK_CHANGE_KEEP_SHORTER &&
          !terms.empty() && terms.front() == base) {
        terms.erase(terms.begin());  // the track's own number counts
      }
      terms.push_back(&track.within());
    } else if (track.on_cleared() == model::v1::CLOCK_CHANGE_KEEP_SHORTER &&
               clock.before != nullptr &&
               SameRule(clock.before->rule, track.within())) {
      terms.push_back(&track.within());  // once shortened, stays so
    }
  }
  return terms;
}

// Takes the earlier of what is known and the term's end.
void Consider(const Term& term, absl::Time start, const Place& place,
              const Clock& clock, const Stops& stops, const Draft& draft,
              Reading& reading) {
  if (pathway::IsNoLimit(term)) {
    if (reading.rule == nullptr) {
      reading.rule = &term;
    }
    return;
  }
  const auto plain = calendar::TermFromProto(term);
  if (!plain.ok()) {
    return;
  }
  auto deadline = calendar::ComputeDeadline(
      *draft.context.calendars, {.limit = *plain,
                                 .start = start,
                                 .calendar = place.calendar->id(),
                                 .zone = place.zone->id(),
                                 .statutory = clock.limit.statutory(),
                                 .stops = stops,
                                 .as_of = std::max(draft.happened, start)});
  if (!deadline.ok() ||
      (reading.due.has_value() && deadline->due >= *reading.due)) {
    return;
  }
  reading.rule = &term;
  reading.due = deadline->due;
  reading.edition = std::move(deadline->calendar_edition);
  reading.provisional = deadline->provisional;
  reading.stopped = deadline->running;
}

// A limit before an age or a date: never moved by days off or stops.
std::optional<Reading> ReadFixed(const Clock& clock, const Place& place,
                                 const Draft& draft) {
  const Limit& limit = clock.limit;
  const std::optional<absl::CivilDay> day =
      limit.has_before_age()
          ? BirthdayOf(draft, limit.before_age())
          : DateOf(FactFor(draft, limit.before_fact(), clock.live.subject));
  if (!day.has_value() || !calendar::IsSupported(*day)) {
    return std::nullopt;
  }
  Reading reading{.rule = &limit.before_by(),
                  .due = place.zone->StartOfDay(*day),
                  .edition = place.calendar->edition()};
  if (!limit.has_before_by()) {
    return reading;
  }
  const auto plain = calendar::TermFromProto(limit.before_by());
  if (!plain.ok()) {
    return reading;
  }
  const auto earlier = calendar::CountBack(*draft.context.calendars,
                                           {.term = *plain,
                                            .before = *day,
                                            .calendar = place.calendar->id(),
                                            .zone = place.zone->id()});
  if (earlier.ok()) {
    reading.due = earlier->at;
    reading.provisional = earlier->provisional;
  }
  return reading;
}

// What the clock says now; nullopt = it does not run (yet).
std::optional<Reading> Read(const Clock& clock, absl::Time start,
                            const Place& place, const Draft& draft) {
  const Limit& limit = clock.limit;
  if (limit.no_limit()) {
    return Reading{};
  }
  if (limit.has_before_age() || limit.due_case() == Limit::kBeforeFact) {
    return ReadFixed(clock, place, draft);
  }
  const Terms terms =
      TermsOf(clock, BaseTerm(clock, start, place, draft), draft);
  const Stops stops = StopsOf(limit, draft);
  Reading reading;
  for (const Term* term : terms) {
    Consider(*term, start, place, clock, stops, draft, reading);
  }
  if (reading.rule == nullptr) {
    return std::nullopt;
  }
  return reading;
}

const google::protobuf::RepeatedPtrField<model::v1::Escalation>& EscalationsOf(
    const Limit& limit, const Draft& draft) {
  return limit.escalations().empty()
             ? draft.edition.pathway().default_escalations()
             : limit.escalations();
}

// More levels nobody could tell apart; the proto bounds them likewise.
constexpr int kEscalationsMax = 4;

void AddLevels(
    const google::protobuf::RepeatedPtrField<model::v1::Escalation>& levels,
    absl::Time due, const Place& place, const Draft& draft,
    event::v1::DeadlineSet& set) {
  ToProto(due, set.add_level_times());
  const int count = std::min(levels.size(), kEscalationsMax);
  for (int i = 0; i < count; ++i) {
    const auto plain = calendar::TermFromProto(levels.Get(i).after());
    if (!plain.ok()) {
      return;
    }
    const auto later = calendar::ComputeDeadline(
        *draft.context.calendars, {.limit = *plain,
                                   .start = due,
                                   .start_is_due = true,
                                   .calendar = place.calendar->id(),
                                   .zone = place.zone->id()});
    if (!later.ok()) {
      return;
    }
    ToProto(later->due, set.add_level_times());
  }
}

bool Unchanged(const Clock& clock, absl::Time start, const Reading& reading) {
  const DeadlineRecord* before = clock.before;
  return before != nullptr && before->start == start &&
         before->due == reading.due && before->stopped == reading.stopped &&
         before->provisional == reading.provisional &&
         before->calendar_edition == reading.edition &&
         (reading.rule == nullptr || SameRule(before->rule, *reading.rule));
}

void Set(const Clock& clock, absl::Time start, const Place& place,
         const Reading& reading, Draft& draft) {
  event::v1::DeadlineSet& set = *draft.consequences().add_deadlines_set();
  set.set_number(clock.before != nullptr ? clock.before->number
                                         : draft.NextDeadline());
  set.set_occurrence(clock.live.number);
  set.set_limit(clock.limit.id());
  if (reading.rule != nullptr) {
    *set.mutable_rule() = *reading.rule;
  }
  ToProto(start, set.mutable_start_time());
  for (const std::string& stop : clock.limit.stops()) {
    set.add_honours(stop);
  }
  if (!reading.due.has_value()) {
    return;
  }
  ToProto(*reading.due, set.mutable_due_time());
  AddLevels(EscalationsOf(clock.limit, draft), *reading.due, place, draft, set);
  set.set_calendar_edition(reading.edition);
  set.set_provisional(reading.provisional);
  set.set_stopped(reading.stopped);
}

void SettleLimit(const Clock& clock, Draft& draft) {
  const std::optional<absl::Time> start = StartOf(clock, draft);
  const Place place = PlaceOf(clock, draft);
  std::optional<Reading> reading;
  if (start.has_value()) {
    reading = Read(clock, *start, place, draft);
  }
  if (!reading.has_value()) {
    if (clock.before != nullptr) {
      draft.EndDeadline(clock.before->number);
    }
    return;
  }
  if (!Unchanged(clock, *start, *reading)) {
    Set(clock, *start, place, *reading, draft);
  }
}

const DeadlineRecord* FindDeadlineOf(const Draft& draft, int32_t occurrence,
                                     absl::string_view limit) {
  for (const DeadlineRecord& one : draft.state.deadlines) {
    if (one.occurrence == occurrence && one.referral == 0 &&
        one.limit == limit && !draft.DeadlineHasEnded(one.number)) {
      return &one;
    }
  }
  return nullptr;
}

// Whether what happened in this command could move a clock of the step.
bool MustLook(const Live& live, const model::v1::Step& step,
              const Draft& draft) {
  if (step.limits().empty()) {
    return false;
  }
  if (live.started != nullptr || draft.IsTouched(live.step) ||
      draft.ReceivedAt(live.number).has_value() ||
      FindOccurrence(draft.state, live.number) == nullptr) {
    return true;
  }
  if (live.folded != nullptr && live.performer != live.folded->performer) {
    return true;  // another calendar
  }
  for (const Limit& limit : step.limits()) {
    if (!limit.from().has_outcome()) {
      continue;
    }
    for (const DraftOutcome& one : draft.outcomes()) {
      if (one.step == limit.from().outcome().step()) {
        return true;
      }
    }
  }
  return false;
}

// Deadlines of what is over end with it. Evidence stays owed.
void EndForgotten(Draft& draft) {
  for (const DeadlineRecord& one : draft.state.deadlines) {
    if (one.occurrence != 0 && draft.HasEnded(one.occurrence) &&
        one.referral == 0) {
      draft.EndDeadline(one.number);
    }
  }
}

}  // namespace

void SettleDeadlines(Draft& draft) {
  EndForgotten(draft);
  draft.VisitLive([&draft](const Live& live) {
    const model::v1::Step* step = draft.edition.FindStep(live.step);
    if (step == nullptr || !MustLook(live, *step, draft)) {
      return true;
    }
    for (const Limit& limit : step->limits()) {
      SettleLimit(
          {.live = live,
           .limit = limit,
           .before = live.started != nullptr
                         ? nullptr
                         : FindDeadlineOf(draft, live.number, limit.id())},
          draft);
    }
    return true;
  });
}

int32_t SetExtraDeadline(const ExtraDeadline& extra, Draft& draft) {
  if (extra.within == nullptr || pathway::IsNoLimit(*extra.within)) {
    return 0;
  }
  const auto plain = calendar::TermFromProto(*extra.within);
  if (!plain.ok()) {
    return 0;
  }
  const Place place = draft.places.Of(extra.acts);
  const auto deadline = calendar::ComputeDeadline(
      *draft.context.calendars, {.limit = *plain,
                                 .start = draft.happened,
                                 .calendar = place.calendar->id(),
                                 .zone = place.zone->id()});
  if (!deadline.ok()) {
    return 0;
  }
  event::v1::DeadlineSet& set = *draft.consequences().add_deadlines_set();
  set.set_number(draft.NextDeadline());
  set.set_occurrence(extra.occurrence);
  set.set_referral(extra.referral);
  set.set_limit(extra.limit.data(), extra.limit.size());
  *set.mutable_rule() = *extra.within;
  ToProto(draft.happened, set.mutable_start_time());
  ToProto(deadline->due, set.mutable_due_time());
  set.set_calendar_edition(deadline->calendar_edition);
  set.set_provisional(deadline->provisional);
  AddLevels(draft.edition.pathway().default_escalations(), deadline->due, place,
            draft, set);
  return set.number();
}

}  // namespace careroute::casework::internal
