// The end of a draft: what was laid over the case becomes the consequences.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "lib/casework/decide.h"
#include "lib/casework/internal/draft.h"
#include "lib/casework/internal/records.h"
#include "lib/casework/internal/times.h"

namespace careroute::casework::internal {
namespace {

// Fold takes the timers of an occurrence away with it.
bool GoesWithStep(absl::string_view kind) {
  return kind == "silence" || kind == "runs_until" || kind == "visit";
}

bool IsRunning(const Case& state, absl::string_view kind, int32_t number) {
  return std::any_of(state.timers.begin(), state.timers.end(),
                     [&](const TimerRecord& one) {
                       return one.kind == kind && one.number == number;
                     });
}

}  // namespace

void Draft::FinishHeader() {
  event::v1::EventHeader& header = *event->mutable_header();
  header.set_version(version);
  ToProto(happened, header.mutable_happened_time());
  ToProto(recorded, header.mutable_recorded_time());
  *header.mutable_actor() = *context.actor;
  header.set_request_id(context.request_id.data(), context.request_id.size());
  header.set_format(kEventFormat);
  header.set_recorded_late(recorded - happened > kRecordedLateAfter);
  header.set_word_given(command.word_given());
}

void Draft::FinishSteps() {
  event::v1::Consequences& out = consequences();
  for (const EndedStep& one : ended_) {
    if (one.ending.in_body) {
      continue;
    }
    event::v1::StepEnded& ended =
        *(one.passed ? out.add_steps_passed() : out.add_steps_ended());
    ended.set_occurrence(one.number);
    ended.set_outcome(one.ending.outcome.data(), one.ending.outcome.size());
    ended.set_why(one.ending.why.data(), one.ending.why.size());
    ended.set_late(one.ending.late);
    const Patch* patch = FindPatch(one.number);
    if (!one.passed && patch != nullptr && patch->performer.has_value()) {
      ended.set_performer(patch->performer->data(), patch->performer->size());
    }
  }
  for (const Started& one : started_) {
    // Made on the arena of the event: handed over without a copy.
    out.mutable_steps_started()->UnsafeArenaAddAllocated(one.proto);
  }
  for (const NotedOutcome& one : noted_) {
    event::v1::OutcomeNoted& noted = *out.add_outcomes_noted();
    noted.set_occurrence(one.number);
    noted.set_outcome(one.noted.outcome.data(), one.noted.outcome.size());
    noted.set_why(one.noted.why.data(), one.noted.why.size());
    noted.set_until_replaced(one.noted.until_replaced);
  }
  for (const Occurrence* one : restored_) {
    out.add_restored(one->number);
  }
}

void Draft::FinishPatches() {
  event::v1::Consequences& out = consequences();
  for (const Patch& patch : patches_) {
    if (patch.ended) {
      continue;
    }
    if (patch.suspended.has_value()) {
      if (*patch.suspended) {
        out.add_suspended(patch.number);
      } else {
        out.add_resumed(patch.number);
      }
    }
    if (!patch.performer.has_value() && patch.excluded.empty()) {
      continue;
    }
    event::v1::PerformerSet& set = *out.add_performers_set();
    set.set_occurrence(patch.number);
    const std::optional<Live> live = FindLive(patch.number);
    const absl::string_view performer =
        live.has_value() ? live->performer : absl::string_view();
    set.set_performer(performer.data(), performer.size());
    for (const absl::string_view organisation : patch.excluded) {
      set.add_excluded(organisation.data(), organisation.size());
    }
  }
}

void Draft::FinishClocks() {
  event::v1::Consequences& out = consequences();
  for (const int32_t number : deadlines_ended_) {
    out.add_deadlines_ended(number);
  }
  for (const StopRecord& one : stops_begun_) {
    ToProto(one, out.add_stops_begun());
  }
  for (const int32_t number : stops_ended_) {
    event::v1::StopEnded& ended = *out.add_stops_ended();
    ended.set_number(number);
    const StopRecord* stop = FindStop(state, number);
    ToProto(stop == nullptr ? happened : std::max(happened, stop->start),
            ended.mutable_end_time());
  }
  for (const absl::string_view id : interrupts_begun_) {
    out.add_interrupts_begun(id.data(), id.size());
  }
  for (const absl::string_view id : interrupts_ended_) {
    out.add_interrupts_ended(id.data(), id.size());
  }
  for (const absl::string_view id : tracks_set_) {
    out.add_tracks_set(id.data(), id.size());
  }
  for (const absl::string_view id : tracks_cleared_) {
    out.add_tracks_cleared(id.data(), id.size());
  }
}

void Draft::FinishPlans() {
  event::v1::Consequences& out = consequences();
  for (const ScheduleRecord& one : scheduled_) {
    ToProto(one, out.add_scheduled());
  }
  for (const int32_t number : schedules_ended_) {
    out.add_schedules_ended(number);
  }
  for (const RightRecord* one : rights_ended_) {
    out.add_rights_ended(absl::StrCat(one->step, "/", one->occurrence));
  }
  if (!next_contact_.empty()) {
    out.set_next_contact_date(next_contact_.data(), next_contact_.size());
  }
}

void Draft::FinishTimers() {
  for (const TimerChange& one : timers_) {
    if (GoesWithStep(one.kind) && HasEnded(one.number)) {
      continue;
    }
    if (!one.due.has_value() && !IsRunning(state, one.kind, one.number)) {
      continue;
    }
    event::v1::TimerSet& set = *consequences().add_timers_set();
    set.set_kind(one.kind.data(), one.kind.size());
    set.set_number(one.number);
    if (one.due.has_value()) {
      ToProto(*one.due, set.mutable_due_time());
    }
  }
}

void Draft::Finish() {
  FinishHeader();
  FinishSteps();
  FinishPatches();
  FinishClocks();
  FinishPlans();
  FinishTimers();
}

}  // namespace careroute::casework::internal
