#include "lib/casework/internal/interrupts.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "lib/casework/internal/starts.h"
#include "lib/casework/internal/step_timers.h"

namespace careroute::casework::internal {
namespace {

using model::v1::Interrupt;

constexpr absl::string_view kGate = "interrupt:";

bool Suspends(const Interrupt& interrupt, absl::string_view step) {
  return std::find(interrupt.suspends().begin(), interrupt.suspends().end(),
                   step) != interrupt.suspends().end() &&
         interrupt.before_resume() != step;
}

// Whether the step that must come before is live because of the interrupt.
bool GateIsLive(const Draft& draft, const Interrupt& interrupt) {
  if (interrupt.before_resume().empty()) {
    return false;
  }
  bool found = false;
  draft.VisitLive([&](const Live& live) {
    absl::string_view word = live.started_by;
    found = live.step == interrupt.before_resume() &&
            absl::ConsumePrefix(&word, kGate) && word == interrupt.id();
    return !found;
  });
  return found;
}

// Whether what the interrupt suspended has to wait still. The step that must
// come before may have been live already, for another reason: it counts too.
bool MustWait(const Draft& draft, absl::string_view step) {
  for (const Interrupt* interrupt : draft.edition.InterruptsOf(step)) {
    if (Suspends(*interrupt, step) &&
        (draft.InterruptHolds(interrupt->id()) ||
         (!interrupt->before_resume().empty() &&
          draft.IsLive(interrupt->before_resume(), std::nullopt)))) {
      return true;
    }
  }
  return false;
}

void Suspend(const Interrupt& interrupt, Draft& draft) {
  absl::InlinedVector<int32_t, 8> numbers;
  draft.VisitLive([&](const Live& live) {
    if (!live.suspended && Suspends(interrupt, live.step)) {
      numbers.push_back(live.number);
    }
    return true;
  });
  for (const int32_t number : numbers) {
    draft.SetSuspended(number, true);
    ClearStepTimers(number, draft);
  }
}

// Visits that fell into the time of the interrupt are neither done nor missed.
void PassVisits(const Live& live, Draft& draft) {
  if (live.folded == nullptr) {
    return;
  }
  for (const VisitRecord& visit : live.folded->visits) {
    if (visit.state == model::v1::VISIT_STATE_PLANNED &&
        visit.planned_on < draft.places.today_text()) {
      event::v1::VisitChanged& changed =
          *draft.consequences().add_visits_changed();
      changed.set_occurrence(live.number);
      changed.set_visit(visit.number);
      changed.set_state(model::v1::VISIT_STATE_SUSPENDED);
    }
  }
}

void Resume(const Interrupt& interrupt, Draft& draft) {
  absl::InlinedVector<Live, 8> resumed;
  draft.VisitLive([&](const Live& live) {
    if (live.suspended && Suspends(interrupt, live.step) &&
        !MustWait(draft, live.step)) {
      resumed.push_back(live);
    }
    return true;
  });
  for (const Live& live : resumed) {
    draft.SetSuspended(live.number, false);
    PassVisits(live, draft);
    SetStepTimers(live, draft.happened, draft);
  }
}

bool StopStillStated(const Draft& draft, absl::string_view reason) {
  const auto& interrupts = draft.edition.pathway().interrupts();
  return std::any_of(
      interrupts.begin(), interrupts.end(), [&](const Interrupt& one) {
        return one.stop_reason() == reason && draft.InterruptHolds(one.id());
      });
}

void KeepPlace(const Interrupt& interrupt, Draft& draft) {
  if (!interrupt.has_keeps_place_for()) {
    return;
  }
  const auto until =
      draft.places.AddTerm(draft.happened, interrupt.keeps_place_for());
  if (until.has_value()) {
    draft.Schedule("", SubjectRef{}, std::max(*until, draft.recorded),
                   absl::StrCat("place_kept:", interrupt.id()));
  }
}

// The place is not kept any more once the interrupt is over.
void ForgetPlace(const Interrupt& interrupt, Draft& draft) {
  const std::string by = absl::StrCat("place_kept:", interrupt.id());
  absl::InlinedVector<int32_t, 1> ended;
  draft.VisitSchedules([&](const ScheduleRecord& one) {
    if (one.scheduled_by == by) {
      ended.push_back(one.number);
    }
    return true;
  });
  for (const int32_t number : ended) {
    draft.EndSchedule(number);
  }
}

}  // namespace

bool IsSuspended(const Draft& draft, absl::string_view step) {
  for (const Interrupt* interrupt : draft.edition.InterruptsOf(step)) {
    if (Suspends(*interrupt, step) && (draft.InterruptHolds(interrupt->id()) ||
                                       GateIsLive(draft, *interrupt))) {
      return true;
    }
  }
  return false;
}

int32_t BeginStop(const model::v1::StopReason& reason, Draft& draft) {
  std::optional<absl::Time> latest_end;
  if (reason.has_max() && !pathway::IsNoLimit(reason.max())) {
    latest_end = draft.places.AddTerm(draft.happened, reason.max());
  }
  const int32_t number = draft.BeginStop(reason.id(), latest_end);
  if (reason.has_remind_every()) {
    const auto due =
        draft.places.AddTerm(draft.recorded, reason.remind_every());
    if (due.has_value()) {
      draft.SetTimer("reminder", number, *due);
    }
  }
  if (reason.offers_remote_form()) {
    draft.Tell(draft.Coordinator(), "remote_form_must_be_offered", 0);
  }
  return number;
}

void BeginInterrupt(const Interrupt& interrupt, Draft& draft) {
  if (draft.InterruptHolds(interrupt.id())) {
    return;
  }
  draft.BeginInterrupt(interrupt.id());
  Suspend(interrupt, draft);
  const model::v1::StopReason* reason =
      draft.edition.FindStopReason(interrupt.stop_reason());
  if (reason != nullptr && draft.HoldingStop(reason->id()) == 0) {
    BeginStop(*reason, draft);
  }
  KeepPlace(interrupt, draft);
  const model::v1::Step* step = draft.edition.FindStep(interrupt.starts());
  if (step != nullptr) {
    StartFor(
        *step, SubjectRef{},
        {.word = draft.Keep(absl::StrCat("interrupt_begun:", interrupt.id()))},
        draft);
  }
}

void EndInterrupt(const Interrupt& interrupt, Draft& draft) {
  if (!draft.InterruptHolds(interrupt.id())) {
    return;
  }
  draft.EndInterrupt(interrupt.id());
  ForgetPlace(interrupt, draft);
  if (!interrupt.stop_reason().empty() &&
      !StopStillStated(draft, interrupt.stop_reason())) {
    if (const int32_t stop = draft.HoldingStop(interrupt.stop_reason());
        stop != 0) {
      draft.EndStop(stop);
    }
  }
  const model::v1::Step* gate =
      draft.edition.FindStep(interrupt.before_resume());
  if (gate != nullptr && draft.IsOpen()) {
    StartFor(*gate, SubjectRef{},
             {.word = draft.Keep(absl::StrCat(kGate, interrupt.id()))}, draft);
  }
  Resume(interrupt, draft);
}

void PassGate(const Live& gate, Draft& draft) {
  for (const Interrupt& interrupt : draft.edition.pathway().interrupts()) {
    if (interrupt.before_resume() == gate.step &&
        !draft.InterruptHolds(interrupt.id())) {
      Resume(interrupt, draft);
    }
  }
}

}  // namespace careroute::casework::internal
