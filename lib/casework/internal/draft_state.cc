// Tracks, stops, schedules, rights, consents, notices and deadlines of a draft;
// occurrences and facts are in draft.cc.

#include <algorithm>
#include <utility>

#include "lib/casework/internal/draft.h"
#include "lib/casework/internal/edit.h"
#include "lib/casework/internal/records.h"
#include "lib/casework/internal/times.h"

namespace careroute::casework::internal {

// --- Tracks, interrupts, stops -----------------------------------------------

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

// --- What comes --------------------------------------------------------------

void Draft::Schedule(absl::string_view step, SubjectRef subject, absl::Time due,
                     absl::string_view by) {
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

// --- Consents ----------------------------------------------------------------

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

// --- Grounds, posts, ending --------------------------------------------------

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
  return ProvedCriteria() - static_cast<int32_t>(state.clear_criteria.size() +
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

// --- Telling and sending -----------------------------------------------------

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

// --- Referrals and deadlines -------------------------------------------------

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
