// What holds clocks and what shortens them, by hand.

#include <algorithm>
#include <string>

#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/interrupts.h"
#include "lib/casework/internal/performers.h"

namespace careroute::casework::internal {
namespace {

// The coordinator, or whoever the closed list says may state the reason.
RefusalPtr CheckStater(const Draft& draft,
                       const model::v1::StopReason& reason) {
  if (IsCoordinator(draft)) {
    return nullptr;
  }
  if (!reason.stated_by().empty() && IsParticipant(draft)) {
    model::v1::Performer performer;
    performer.set_role(reason.stated_by());
    if (MayPerform(draft, draft.context.actor->organisation(), performer)) {
      return nullptr;
    }
  }
  return RefuseMissing(
      model::v1::ERROR_REASON_NOT_YOUR_MOVE, "not_your_move",
      "somebody else states this reason",
      {.what = "actor",
       .can_be_met_by = reason.stated_by().empty()
                            ? absl::string_view("coordinator")
                            : absl::string_view(reason.stated_by()),
       .mend = "ask them to state it"});
}

RefusalPtr RequireEvidence(bool required, const model::v1::Document& evidence) {
  if (!required || !evidence.kind().empty()) {
    return nullptr;
  }
  return RefuseMissing(model::v1::ERROR_REASON_OUTCOME_INCOMPLETE,
                       "evidence_needed", "a document must prove it",
                       {.what = "evidence", .mend = "name the document"});
}

}  // namespace

RefusalPtr StopClock(Draft& draft) {
  const command::v1::StopClock& command = draft.command.stop_clock();
  const model::v1::StopReason* reason =
      draft.edition.FindStopReason(command.reason());
  if (reason == nullptr) {
    return RefuseUndeclared(command.reason());
  }
  CAREROUTE_RETURN_IF_REFUSED(CheckStater(draft, *reason));
  CAREROUTE_RETURN_IF_REFUSED(
      RequireEvidence(reason->evidence_required(), command.evidence()));
  if (draft.HoldingStop(reason->id()) != 0) {
    return RefuseState("stop_holds", "the reason holds clocks already");
  }
  event::v1::ClockStopped& body = *draft.event->mutable_clock_stopped();
  body.set_reason(reason->id());
  body.set_evidence_kind(command.evidence().kind());
  draft.parts.AddDocument("evidence", command.evidence());
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "note", command.note());
  BeginStop(*reason, draft);
  return nullptr;
}

RefusalPtr ResumeClock(Draft& draft) {
  const int32_t number = draft.command.resume_clock().stop();
  const StopRecord* stop = FindStop(draft.state, number);
  if (stop == nullptr || stop->end.has_value()) {
    return RefuseNotFound("stop");
  }
  const model::v1::StopReason* reason =
      draft.edition.FindStopReason(stop->reason);
  CAREROUTE_RETURN_IF_REFUSED(reason == nullptr ? RequireCoordinator(draft)
                                                : CheckStater(draft, *reason));
  if (draft.happened < stop->start) {
    return RefuseTime("before_start", "the stop had not begun then");
  }
  draft.event->mutable_clock_resumed()->set_stop(number);
  draft.EndStop(number);
  return nullptr;
}

RefusalPtr BeginInterruptByHand(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireCoordinator(draft));
  const command::v1::BeginInterrupt& command = draft.command.begin_interrupt();
  const model::v1::Interrupt* interrupt =
      draft.edition.FindInterrupt(command.interrupt());
  if (interrupt == nullptr) {
    return RefuseUndeclared(command.interrupt());
  }
  if (draft.InterruptHolds(interrupt->id())) {
    return RefuseState("interrupt_holds", "the interrupt holds already");
  }
  const model::v1::StopReason* reason =
      draft.edition.FindStopReason(interrupt->stop_reason());
  CAREROUTE_RETURN_IF_REFUSED(RequireEvidence(
      reason != nullptr && reason->evidence_required(), command.evidence()));
  draft.event->mutable_interrupt_begun()->set_interrupt(interrupt->id());
  draft.parts.AddDocument("evidence", command.evidence());
  BeginInterrupt(*interrupt, draft);
  return nullptr;
}

RefusalPtr EndInterruptByHand(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireCoordinator(draft));
  const std::string& id = draft.command.end_interrupt().interrupt();
  const model::v1::Interrupt* interrupt = draft.edition.FindInterrupt(id);
  if (interrupt == nullptr) {
    return RefuseUndeclared(id);
  }
  if (!draft.InterruptHolds(id)) {
    return RefuseNotFound("interrupt");
  }
  draft.event->mutable_interrupt_ended()->set_interrupt(id);
  EndInterrupt(*interrupt, draft);
  return nullptr;
}

RefusalPtr SetTrack(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireCoordinator(draft));
  const command::v1::SetTrack& command = draft.command.set_track();
  const model::v1::Track* track = draft.edition.FindTrack(command.track());
  if (track == nullptr) {
    return RefuseUndeclared(command.track());
  }
  if (draft.TrackIsSet(track->id())) {
    return RefuseState("track_set", "the track is set already");
  }
  draft.event->mutable_track_changed()->set_track(track->id());
  draft.parts.AddDocument("evidence", command.evidence());
  draft.SetTrack(track->id());
  return nullptr;
}

RefusalPtr ClearTrack(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireCoordinator(draft));
  const std::string& id = draft.command.clear_track().track();
  const model::v1::Track* track = draft.edition.FindTrack(id);
  if (track == nullptr) {
    return RefuseUndeclared(id);
  }
  if (!draft.TrackIsSet(id)) {
    return RefuseState("track_not_set", "the track is not set");
  }
  draft.event->mutable_track_changed()->set_track(id);
  draft.ClearTrack(track->id());
  return nullptr;
}

RefusalPtr RecomputeDeadlines(Draft& draft) {
  const model::v1::ActorRole role = draft.context.actor->role();
  if (role != model::v1::ACTOR_ROLE_HUB &&
      role != model::v1::ACTOR_ROLE_ADMINISTRATOR) {
    return NewRefusal(model::v1::ERROR_REASON_ROLE_NOT_ALLOWED, "only_hub",
                      "only the hub or an administrator does this");
  }
  draft.event->mutable_deadlines_recomputed()->set_reason(
      draft.command.recompute_deadlines().reason());
  draft.TouchDeadlines();
  draft.MoveDates();
  return nullptr;
}

}  // namespace careroute::casework::internal
