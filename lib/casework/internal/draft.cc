#include "lib/casework/internal/draft.h"

#include <algorithm>
#include <utility>

#include "lib/casework/internal/edit.h"
#include "lib/casework/internal/records.h"
#include "lib/casework/internal/times.h"

namespace careroute::casework::internal {
namespace {

template <typename List, typename T>
bool Holds(const List& list, const T& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

// Adds, or takes back the opposite.
template <typename List>
void Toggle(List& add_to, List& remove_from, absl::string_view id) {
  const auto at = std::find(remove_from.begin(), remove_from.end(), id);
  if (at != remove_from.end()) {
    remove_from.erase(at);
  } else {
    add_to.push_back(id);
  }
}

}  // namespace

Draft::Draft(const Case& before, const pathway::Edition& rules,
             const command::v1::CaseCommand& asked, const Context& given,
             absl::string_view coordinator)
    : state(before),
      edition(rules),
      command(asked),
      context(given),
      places(given, coordinator),
      happened(asked.has_happened_time() ? FromProto(asked.happened_time())
                                         : given.now),
      recorded(std::max(given.now, before.last_recorded)),
      version(before.version + 1),
      event(google::protobuf::Arena::CreateMessage<event::v1::CaseEvent>(
          given.arena)),
      parts(given.arena),
      effects_max_(kConsequencesMax),
      open_(!before.ending.has_value()),
      coordinator_(coordinator),
      entry_(before.entry),
      identified_by_(before.identified_by),
      subjects_(before.subjects),
      next_occurrence_(before.next.occurrence),
      next_deadline_(before.next.deadline),
      next_stop_(before.next.stop),
      next_schedule_(before.next.schedule),
      next_consent_(before.next.consent),
      next_message_(before.next.message) {}

// --- Occurrences ------------------------------------------------------------

const Draft::Patch* Draft::FindPatch(int32_t number) const {
  for (const Patch& patch : patches_) {
    if (patch.number == number) {
      return &patch;
    }
  }
  return nullptr;
}

Draft::Patch& Draft::PatchOf(int32_t number) {
  if (const Patch* patch = FindPatch(number); patch != nullptr) {
    return *const_cast<Patch*>(patch);
  }
  patches_.push_back({.number = number});
  return patches_.back();
}

const Draft::Started* Draft::FindStarted(int32_t number) const {
  for (const Started& one : started_) {
    if (one.proto->occurrence() == number) {
      return &one;
    }
  }
  return nullptr;
}

Draft::Started* Draft::FindStarted(int32_t number) {
  return const_cast<Started*>(std::as_const(*this).FindStarted(number));
}

std::optional<Live> Draft::LiveOf(const Occurrence& folded) const {
  const Patch* patch = FindPatch(folded.number);
  if (patch != nullptr && patch->ended) {
    return std::nullopt;
  }
  Live live{.number = folded.number,
            .step = folded.step,
            .subject = folded.subject,
            .suspended = folded.suspended,
            .performer = folded.performer,
            .start = folded.start,
            .started_by = folded.started_by,
            .leaving = folded.leaving,
            .folded = &folded};
  if (patch != nullptr) {
    live.suspended = patch->suspended.value_or(live.suspended);
    live.performer = patch->performer.value_or(live.performer);
  }
  return live;
}

Live Draft::LiveOf(const Started& started) const {
  return {.number = started.proto->occurrence(),
          .step = started.proto->step(),
          .subject = started.subject,
          .suspended = started.proto->suspended(),
          .performer = started.proto->performer(),
          .start = happened,
          .started_by = started.proto->started_by(),
          .started = started.proto};
}

std::optional<Live> Draft::FindLive(int32_t number) const {
  if (const Started* one = FindStarted(number); one != nullptr) {
    return one->ended ? std::nullopt : std::optional<Live>(LiveOf(*one));
  }
  if (const Occurrence* one = FindOccurrence(state, number); one != nullptr) {
    return LiveOf(*one);
  }
  for (const Occurrence* one : restored_) {
    if (one->number == number) {
      return LiveOf(*one);
    }
  }
  return std::nullopt;
}

void Draft::VisitLive(absl::FunctionRef<bool(const Live&)> visit) const {
  for (const Occurrence& one : state.occurrences) {
    const std::optional<Live> live = LiveOf(one);
    if (live.has_value() && !visit(*live)) {
      return;
    }
  }
  const size_t restored = restored_.size();
  for (size_t i = 0; i < restored; ++i) {
    const std::optional<Live> live = LiveOf(*restored_[i]);
    if (live.has_value() && !visit(*live)) {
      return;
    }
  }
  const size_t started = started_.size();
  for (size_t i = 0; i < started; ++i) {
    if (!started_[i].ended && !visit(LiveOf(started_[i]))) {
      return;
    }
  }
}

std::optional<Live> Draft::FindLive(absl::string_view step,
                                    SubjectRef subject) const {
  std::optional<Live> found;
  VisitLive([&](const Live& live) {
    if (live.step == step && live.subject == subject) {
      found = live;
    }
    return !found.has_value();
  });
  return found;
}

bool Draft::IsLive(absl::string_view step,
                   std::optional<SubjectRef> subject) const {
  bool found = false;
  VisitLive([&](const Live& live) {
    found = live.step == step &&
            (!subject.has_value() || live.subject == *subject);
    return !found;
  });
  return found;
}

bool Draft::AnyLive() const {
  bool found = false;
  VisitLive([&found](const Live&) {
    found = true;
    return false;
  });
  return found;
}

bool Draft::HasEnded(int32_t number) const {
  const Patch* patch = FindPatch(number);
  return patch != nullptr && patch->ended;
}

event::v1::StepStarted* Draft::AddStarted(const model::v1::Step& step,
                                          SubjectRef subject) {
  Count();
  if (overflown()) {
    return nullptr;
  }
  // Not yet part of the event: Finish decides the order.
  auto* proto = google::protobuf::Arena::CreateMessage<event::v1::StepStarted>(
      context.arena);
  proto->set_occurrence(next_occurrence_++);
  proto->set_step(step.id());
  if (subject != SubjectRef{}) {
    ToProto(subject, proto->mutable_subject());
  }
  started_.push_back({.proto = proto, .subject = subject});
  Push({.kind = Change::Kind::kStepStarted,
        .id = step.id(),
        .subject = subject});
  return proto;
}

void Draft::EndStep(const Live& live, const Ending& ending) {
  Count();
  if (overflown()) {
    return;
  }
  Started* started = FindStarted(live.number);
  if (started != nullptr) {
    started->ended = true;
  }
  PatchOf(live.number).ended = true;
  ended_.push_back({.number = live.number,
                    .ending = ending,
                    .passed = started != nullptr});
  if (!ending.outcome.empty()) {
    NoteOutcome(live, ending.outcome);
  } else {
    Push({.kind = Change::Kind::kStepEnded,
          .id = live.step,
          .subject = live.subject});
  }
}

void Draft::SetAside(int32_t number) {
  Count();
  if (Started* started = FindStarted(number); started != nullptr) {
    started->ended = true;
  }
  PatchOf(number).ended = true;
}

void Draft::NoteOutcome(const Live& live, absl::string_view outcome) {
  outcomes_.push_back({.step = live.step,
                       .subject = live.subject,
                       .outcome = outcome,
                       .performer = live.performer});
  Push({.kind = Change::Kind::kStepEnded,
        .id = live.step,
        .subject = live.subject});
}

void Draft::SetSuspended(int32_t number, bool suspended) {
  Count();
  if (Started* started = FindStarted(number); started != nullptr) {
    started->proto->set_suspended(suspended);
    return;
  }
  PatchOf(number).suspended = suspended;
}

void Draft::SetPerformer(int32_t number, absl::string_view organisation) {
  if (Started* started = FindStarted(number); started != nullptr) {
    started->proto->set_performer(organisation.data(), organisation.size());
    return;
  }
  PatchOf(number).performer = organisation;
}

void Draft::Exclude(int32_t number, absl::string_view organisation) {
  if (organisation.empty()) {
    return;
  }
  if (Started* started = FindStarted(number); started != nullptr) {
    started->proto->add_excluded(organisation.data(), organisation.size());
    return;
  }
  PatchOf(number).excluded.push_back(organisation);
}

void Draft::Restore(const Occurrence& occurrence) {
  Count();
  restored_.push_back(&occurrence);
  Push({.kind = Change::Kind::kStepStarted,
        .id = occurrence.step,
        .subject = occurrence.subject});
}

// --- Facts --------------------------------------------------------------------

void Draft::PutFact(const model::v1::Fact& fact, bool by_the_way) {
  Count();
  if (overflown()) {
    return;
  }
  if (by_the_way) {
    *consequences().add_facts() = fact;
  }
  FactRecord record = FromProto(fact);
  record.happened = happened;
  record.recorded = recorded;
  record.version = version;
  CountSubject(record.subject);
  dates_moved_ = dates_moved_ || record.kind == pathway::FactKind::kDate ||
                 !record.from.empty();
  Push({.kind = Change::Kind::kFact,
        .id = Keep(fact.fact()),
        .subject = record.subject});
  facts_.push_back(std::move(record));
}

void Draft::CorrectFact(const model::v1::Fact& fact, absl::Time when) {
  Count();
  FactRecord record = FromProto(fact);
  record.happened = when;
  record.recorded = recorded;
  record.version = version;
  dates_moved_ = true;
  Push({.kind = Change::Kind::kFact,
        .id = fact.fact(),
        .subject = record.subject});
  facts_.push_back(std::move(record));
}

bool Draft::FitsToday(const FactRecord& fact) const {
  return fact.from.empty() || (fact.from <= places.today_text() &&
                               (fact.to.empty() ||
                                fact.to >= places.today_text()));
}

const FactRecord* Draft::CurrentFact(absl::string_view fact,
                                     SubjectRef subject) const {
  const FactRecord* best = nullptr;
  const auto consider = [&](const FactRecord& one) {
    if (one.fact != fact || one.subject != subject || !FitsToday(one)) {
      return;
    }
    // The latest period; of one period what happened last, and a correction,
    // which only the draft holds and which comes last, over all.
    if (best == nullptr || one.from > best->from ||
        (one.from == best->from && (one.happened >= best->happened ||
                                    command.has_correct_fact()))) {
      best = &one;
    }
  };
  const auto begin = std::lower_bound(
      state.facts.begin(), state.facts.end(), fact,
      [](const FactRecord& one, absl::string_view id) { return one.fact < id; });
  for (auto at = begin; at != state.facts.end() && at->fact == fact; ++at) {
    consider(*at);
  }
  for (const FactRecord& one : facts_) {
    consider(one);
  }
  return best;
}

void Draft::VisitFacts(absl::string_view fact,
                       absl::FunctionRef<bool(const FactRecord&)> visit) const {
  absl::InlinedVector<SubjectRef, 4> seen;
  const auto offer = [&](const FactRecord& one) {
    if (one.fact != fact || Holds(seen, one.subject)) {
      return true;
    }
    seen.push_back(one.subject);
    const FactRecord* current = CurrentFact(fact, one.subject);
    return current == nullptr || visit(*current);
  };
  const auto begin = std::lower_bound(
      state.facts.begin(), state.facts.end(), fact,
      [](const FactRecord& one, absl::string_view id) { return one.fact < id; });
  for (auto at = begin; at != state.facts.end() && at->fact == fact; ++at) {
    if (!offer(*at)) {
      return;
    }
  }
  for (const FactRecord& one : facts_) {
    if (!offer(one)) {
      return;
    }
  }
}

void Draft::VisitPeriods(
    absl::FunctionRef<bool(const FactRecord&)> visit) const {
  for (const FactRecord& one : state.facts) {
    if ((!one.from.empty() || !one.to.empty()) && !visit(one)) {
      return;
    }
  }
  for (const FactRecord& one : facts_) {
    if ((!one.from.empty() || !one.to.empty()) && !visit(one)) {
      return;
    }
  }
}

int32_t Draft::SubjectCount(model::v1::SubjectKind kind) const {
  const auto index = static_cast<size_t>(kind);
  return index < subjects_.size() ? subjects_[index] : 0;
}

void Draft::CountSubject(SubjectRef subject) {
  const auto index = static_cast<size_t>(subject.kind);
  if (index < subjects_.size()) {
    subjects_[index] = std::max(subjects_[index], subject.number);
  }
}

// --- Tracks, interrupts, stops --------------------------------------------------

bool Draft::TrackIsSet(absl::string_view track) const {
  return !Holds(tracks_cleared_, track) &&
         (Holds(tracks_set_, track) || Contains(state.tracks, track));
}

void Draft::SetTrack(absl::string_view track) {
  if (TrackIsSet(track)) {
    return;
  }
  Count();
  Toggle(tracks_set_, tracks_cleared_, track);
  TouchDeadlines();
  Push({.kind = Change::Kind::kTrack, .id = track});
}

void Draft::ClearTrack(absl::string_view track) {
  if (!TrackIsSet(track)) {
    return;
  }
  Count();
  Toggle(tracks_cleared_, tracks_set_, track);
  TouchDeadlines();
  Push({.kind = Change::Kind::kTrack, .id = track});
}

bool Draft::InterruptHolds(absl::string_view interrupt) const {
  if (Holds(interrupts_ended_, interrupt)) {
    return false;
  }
  return Holds(interrupts_begun_, interrupt) ||
         std::any_of(state.interrupts.begin(), state.interrupts.end(),
                     [interrupt](const InterruptRecord& one) {
                       return one.interrupt == interrupt;
                     });
}

void Draft::BeginInterrupt(absl::string_view interrupt) {
  Count();
  Toggle(interrupts_begun_, interrupts_ended_, interrupt);
}

void Draft::EndInterrupt(absl::string_view interrupt) {
  Count();
  Toggle(interrupts_ended_, interrupts_begun_, interrupt);
}

int32_t Draft::HoldingStop(absl::string_view reason) const {
  int32_t number = 0;
  VisitStops([&](const StopRecord& stop) {
    if (stop.reason == reason && !stop.end.has_value()) {
      number = stop.number;
    }
    return number == 0;
  });
  return number;
}

int32_t Draft::BeginStop(absl::string_view reason,
                         std::optional<absl::Time> latest_end) {
  Count();
  const int32_t number = next_stop_++;
  stops_begun_.push_back({.number = number,
                          .reason = std::string(reason),
                          .start = happened,
                          .latest_end = latest_end});
  TouchDeadlines();
  return number;
}

void Draft::EndStop(int32_t number) {
  Count();
  TouchDeadlines();
  const auto at = std::find_if(
      stops_begun_.begin(), stops_begun_.end(),
      [number](const StopRecord& one) { return one.number == number; });
  if (at != stops_begun_.end()) {
    stops_begun_.erase(at);
  } else {
    stops_ended_.push_back(number);
  }
}

void Draft::VisitStops(absl::FunctionRef<bool(const StopRecord&)> visit) const {
  for (const StopRecord& one : state.stops) {
    if (Holds(stops_ended_, one.number)) {
      StopRecord ended = one;
      ended.end = std::max(happened, one.start);
      if (!visit(ended)) {
        return;
      }
    } else if (!visit(one)) {
      return;
    }
  }
  for (const StopRecord& one : stops_begun_) {
    if (!visit(one)) {
      return;
    }
  }
}

// --- What comes -----------------------------------------------------------------

void Draft::Schedule(absl::string_view step, SubjectRef subject,
                     absl::Time due, absl::string_view by) {
  Count();
  if (overflown()) {
    return;
  }
  scheduled_.push_back({.number = next_schedule_++,
                        .step = std::string(step),
                        .subject = subject,
                        .due = due,
                        .scheduled_by = std::string(by)});
}

void Draft::EndSchedule(int32_t number) {
  Count();
  const auto at = std::find_if(
      scheduled_.begin(), scheduled_.end(),
      [number](const ScheduleRecord& one) { return one.number == number; });
  if (at != scheduled_.end()) {
    scheduled_.erase(at);
  } else if (!Holds(schedules_ended_, number)) {
    schedules_ended_.push_back(number);
  }
}

void Draft::VisitSchedules(
    absl::FunctionRef<bool(const ScheduleRecord&)> visit) const {
  for (const ScheduleRecord& one : state.schedules) {
    if (!Holds(schedules_ended_, one.number) && !visit(one)) {
      return;
    }
  }
  for (const ScheduleRecord& one : scheduled_) {
    if (!visit(one)) {
      return;
    }
  }
}

void Draft::OpenRight(absl::string_view step, const Live& by,
                      std::optional<absl::Time> close) {
  Count();
  ToProto(RightRecord{.step = std::string(step),
                      .occurrence = by.number,
                      .close = close,
                      .subject = by.subject},
          consequences().add_rights_opened());
  if (close.has_value()) {
    SetTimer("right", by.number, *close);
  }
}

void Draft::EndRight(const RightRecord& right) {
  Count();
  if (!Holds(rights_ended_, &right)) {
    rights_ended_.push_back(&right);
  }
}

const RightRecord* Draft::FindRight(absl::string_view step) const {
  for (const RightRecord& one : state.rights) {
    if (one.step == step && !Holds(rights_ended_, &one) &&
        (!one.close.has_value() || *one.close > happened)) {
      return &one;
    }
  }
  return nullptr;
}

void Draft::SetTimer(absl::string_view kind, int32_t number, absl::Time due) {
  for (TimerChange& one : timers_) {
    if (one.kind == kind && one.number == number) {
      one.due = due;
      return;
    }
  }
  timers_.push_back({.kind = kind, .number = number, .due = due});
}

void Draft::ClearTimer(absl::string_view kind, int32_t number) {
  for (TimerChange& one : timers_) {
    if (one.kind == kind && one.number == number) {
      one.due = std::nullopt;
      return;
    }
  }
  timers_.push_back({.kind = kind, .number = number, .due = std::nullopt});
}

// --- Consents ----------------------------------------------------------------------

int32_t Draft::AddConsent(ConsentRecord consent) {
  Count();
  consent.number = next_consent_++;
  const int32_t number = consent.number;
  consents_.push_back(std::move(consent));
  Push({.kind = Change::Kind::kConsent});
  return number;
}

void Draft::SetConsentState(int32_t number, model::v1::ConsentState to) {
  Count();
  consent_states_.emplace_back(number, to);
  Push({.kind = Change::Kind::kConsent});
}

void Draft::LapseConsent(int32_t number) {
  consequences().add_consents_lapsed(number);
  SetConsentState(number, model::v1::CONSENT_STATE_LAPSED);
}

void Draft::RestoreConsent(int32_t number) {
  consequences().add_consents_restored(number);
  SetConsentState(number, model::v1::CONSENT_STATE_GIVEN);
}

void Draft::VisitConsents(
    absl::FunctionRef<bool(const ConsentRecord&)> visit) const {
  const auto offer = [&](const ConsentRecord& one) {
    for (auto at = consent_states_.rbegin(); at != consent_states_.rend();
         ++at) {
      if (at->first == one.number) {
        ConsentRecord changed = one;
        changed.state = at->second;
        return visit(changed);
      }
    }
    return visit(one);
  };
  for (const ConsentRecord& one : state.consents) {
    if (!offer(one)) {
      return;
    }
  }
  for (const ConsentRecord& one : consents_) {
    if (!offer(one)) {
      return;
    }
  }
}

// --- Grounds, posts, ending --------------------------------------------------------

void Draft::AddCriterion(const std::string& id, bool clear) {
  Count();
  ++criteria_added_;
  if (clear) {
    criteria_clear_.push_back(id);
  }
  Push({.kind = Change::Kind::kCriterion});
}

int32_t Draft::ProvedCriteria() const {
  return state.proved_criteria + criteria_added_;
}

bool Draft::IsClearCriterion(absl::string_view id) const {
  return Contains(state.clear_criteria, id) || Holds(criteria_clear_, id);
}

int32_t Draft::SealedCriteria() const {
  return ProvedCriteria() -
         static_cast<int32_t>(state.clear_criteria.size() +
                              criteria_clear_.size());
}

void Draft::SetOpening(absl::string_view entry,
                       absl::string_view identified_by) {
  entry_ = entry;
  identified_by_ = identified_by;
}

absl::Time Draft::OpenedAt() const {
  return state.version == 0 ? happened : state.opened;
}

void Draft::SetNextContact(absl::string_view date) {
  next_contact_ = Keep(date);
  if (const auto day = Places::Day(date); day.has_value()) {
    SetTimer("contact", 0, places.StartOf(*day));
  }
}

absl::string_view Draft::NextContact() const {
  return next_contact_.empty() ? absl::string_view(state.next_contact_date)
                               : next_contact_;
}

// --- Telling and sending --------------------------------------------------------------

void Draft::Tell(absl::string_view to, absl::string_view key,
                 int32_t occurrence, int32_t level) {
  if (to.empty()) {
    return;
  }
  for (const event::v1::Notice& one : event->consequences().notices()) {
    if (one.to() == to && one.message_key() == key &&
        one.occurrence() == occurrence && one.level() == level) {
      return;
    }
  }
  Count();
  if (overflown()) {
    return;
  }
  event::v1::Notice& notice = *consequences().add_notices();
  notice.set_to(to.data(), to.size());
  notice.set_message_key(key.data(), key.size());
  notice.set_occurrence(occurrence);
  notice.set_level(level);
}

event::v1::Message& Draft::AddMessage(absl::string_view kind,
                                      absl::string_view to) {
  Count();
  event::v1::Message& message = *consequences().add_messages();
  message.set_sequence(next_message_++);
  message.set_kind(kind.data(), kind.size());
  message.set_to(to.data(), to.size());
  return message;
}

void Draft::Join(absl::string_view organisation) {
  if (organisation.empty() || Contains(state.participants, organisation)) {
    return;
  }
  for (const std::string& one : event->consequences().participants_joined()) {
    if (one == organisation) {
      return;
    }
  }
  Count();
  consequences().add_participants_joined(organisation.data(),
                                         organisation.size());
}

// --- Referrals and deadlines ------------------------------------------------------------

void Draft::SetReceived(int32_t occurrence, absl::Time when) {
  received_.emplace_back(occurrence, when);
}

std::optional<absl::Time> Draft::ReceivedAt(int32_t occurrence) const {
  for (const auto& [number, when] : received_) {
    if (number == occurrence) {
      return when;
    }
  }
  return std::nullopt;
}

void Draft::EndDeadline(int32_t number) {
  if (!Holds(deadlines_ended_, number)) {
    deadlines_ended_.push_back(number);
  }
}

bool Draft::DeadlineHasEnded(int32_t number) const {
  return Holds(deadlines_ended_, number);
}

void Draft::TouchDeadlinesOf(absl::string_view step) {
  if (!Holds(touched_steps_, step)) {
    touched_steps_.push_back(step);
  }
}

bool Draft::IsTouched(absl::string_view step) const {
  return all_deadlines_ || Holds(touched_steps_, step);
}

void Draft::Push(const Change& change) {
  Count();
  if (!overflown()) {
    changes_.push_back(change);
  }
}

absl::string_view Draft::Keep(absl::string_view text) {
  auto* kept = google::protobuf::Arena::Create<std::string>(
      context.arena, text.data(), text.size());
  return *kept;
}

}  // namespace careroute::casework::internal
