#include "lib/casework/decide.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/casework/internal/contact_dates.h"
#include "lib/casework/internal/deadlines.h"
#include "lib/casework/internal/dispatch.h"
#include "lib/casework/internal/draft.h"
#include "lib/casework/internal/envelopes.h"
#include "lib/casework/internal/lost_grounds.h"
#include "lib/casework/internal/posts.h"
#include "lib/casework/internal/refuse.h"
#include "lib/casework/internal/settle.h"
#include "lib/casework/internal/step_timers.h"
#include "lib/casework/view.h"

namespace careroute::casework {
namespace {

using command::v1::CaseCommand;
using internal::AskedOf;
using internal::Draft;
using internal::NewRefusal;
using internal::RefusalPtr;
using internal::RefuseTime;
using internal::Route;

RefusalPtr CheckClosed(const Case& state, AskedOf asked_of) {
  const bool allowed =
      asked_of == AskedOf::kClosedCase || asked_of == AskedOf::kErasedCase ||
      (asked_of == AskedOf::kLiveSteps && !state.occurrences.empty()) ||
      (asked_of == AskedOf::kReopenable && state.ending->reopened_by_report);
  if (allowed) {
    return nullptr;
  }
  RefusalPtr refusal = NewRefusal(model::v1::ERROR_REASON_CASE_CLOSED,
                                  "case_closed", "the case has ended");
  refusal->add_open_to_actor("ReopenCase");
  return refusal;
}

// Only one hub writes, whoever holds a copy.
RefusalPtr CheckWriter(const Case& state, absl::string_view hub) {
  if (state.home.frozen.has_value()) {
    return internal::RefuseMissing(
        model::v1::ERROR_REASON_WRONG_STATE, "case_frozen",
        "the case is offered to another hub, which has not answered yet",
        {.what = absl::StrCat("hub/", state.home.frozen->hub),
         .can_be_met_by = "hub",
         .mend = "wait for its answer; until then the case is only read"});
  }
  if (state.home.IsAt(hub)) return nullptr;
  return internal::RefuseMissing(model::v1::ERROR_REASON_WRONG_STATE,
                                 "case_moved",
                                 "the case is kept by another hub",
                                 {.what = absl::StrCat("hub/", state.home.hub),
                                  .can_be_met_by = "coordinator",
                                  .mend = "ask the coordinator at that hub"});
}

RefusalPtr CheckState(const Case& state, const Route& route,
                      absl::string_view hub) {
  if (state.ahead) {
    return NewRefusal(
        model::v1::ERROR_REASON_AHEAD, "ahead",
        "a newer release wrote to this case; it can only be read");
  }
  if (state.erased && route.asked_of != AskedOf::kErasedCase) {
    return NewRefusal(model::v1::ERROR_REASON_ERASED, "erased",
                      "the person's record was erased");
  }
  const bool opens = route.command == CaseCommand::kOpenCase;
  if (opens != (state.version == 0)) {
    return opens
               ? internal::RefuseState("case_open", "the case is open already")
               : NewRefusal(model::v1::ERROR_REASON_NOT_FOUND, "not_found",
                            "there is no such case");
  }
  if (!opens) CAREROUTE_RETURN_IF_REFUSED(CheckWriter(state, hub));
  return state.ending.has_value() ? CheckClosed(state, route.asked_of)
                                  : nullptr;
}

RefusalPtr CheckTimes(const Draft& draft, const Route& route) {
  if (draft.happened > draft.context.now) {
    return RefuseTime("in_future", "it cannot have happened yet");
  }
  if (draft.happened < draft.OpenedAt() && !route.may_precede) {
    return RefuseTime("before_opening",
                      "the case was not open when this happened");
  }
  return nullptr;
}

RefusalPtr CheckHome(const Draft& draft) {
  return draft.places.ok()
             ? nullptr
             : NewRefusal(model::v1::ERROR_REASON_UNKNOWN_REFERENCE,
                          "unknown_home",
                          "the coordinator's organisation has no calendar or "
                          "zone this hub knows");
}

// Whose organisation is home after the command: deadlines are counted there.
absl::string_view CoordinatorAfter(const Case& state,
                                   const CaseCommand& command,
                                   const DirectoryAnswers& directory) {
  if (command.has_open_case()) {
    return command.open_case().coordinator();
  }
  if (command.has_accept_post()) {
    const HandOverRecord* hand_over =
        FindHandOver(state, command.accept_post().hand_over());
    if (hand_over != nullptr &&
        hand_over->post == model::v1::POST_COORDINATOR &&
        !hand_over->to.empty()) {
      return hand_over->to;
    }
  }
  if (command.has_vacate_post()) {
    const absl::string_view next =
        internal::PostsWithout(command.vacate_post().member(), state, directory)
            .coordinator;
    if (!next.empty()) return next;
  }
  return state.coordinator;
}

// Rules, timers and deadlines, once the command itself has been carried out.
RefusalPtr Conclude(Draft& draft) {
  // Nothing follows from it any more; or the case goes as it stands, and what
  // follows is for its next home to say.
  if (draft.state.erased || draft.command.has_freeze_case()) {
    draft.Finish();
    return nullptr;
  }
  internal::Settle(draft);
  internal::KeepAlive(draft);
  if (draft.overflown()) {
    return NewRefusal(model::v1::ERROR_REASON_PATHWAY_HAS_ERRORS,
                      "too_many_consequences",
                      "the rules of the pathway start each other without end");
  }
  internal::SettleLostGrounds(draft);
  internal::SettleTimers(draft);
  internal::SettleCaseTimers(draft);
  internal::SettleDeadlines(draft);
  internal::AddEnvelopes(draft);
  draft.Finish();
  return nullptr;
}

RefusalPtr Run(const Route& route, Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(CheckHome(draft));
  CAREROUTE_RETURN_IF_REFUSED(CheckTimes(draft, route));
  CAREROUTE_RETURN_IF_REFUSED(route.run(draft));
  return Conclude(draft);
}

Decision Refused(RefusalPtr refusal) {
  Decision decision;
  decision.refusal = std::move(refusal);
  return decision;
}

}  // namespace

Decision Decide(const Case& state, const pathway::Edition& edition,
                const CaseCommand& command, const Context& context) {
  const Route* route = internal::FindRoute(command.command_case());
  if (route == nullptr) {
    return Refused(internal::RefuseInvalid("command", "there is no command",
                                           "set exactly one"));
  }
  if (RefusalPtr refusal = CheckState(state, *route, context.hub);
      refusal != nullptr) {
    return Refused(std::move(refusal));
  }
  Draft draft(state, edition, command, context,
              CoordinatorAfter(state, command, *context.directory));
  if (RefusalPtr refusal = Run(*route, draft); refusal != nullptr) {
    return Refused(std::move(refusal));
  }
  Decision decision;
  decision.event = draft.event;
  decision.parts = draft.parts.Take();
  return decision;
}

bool IsAlreadyApplied(const model::v1::Refusal& refusal) {
  return refusal.message_key() == "already_applied";
}

bool IsFrozen(const model::v1::Refusal& refusal) {
  return refusal.message_key() == "case_frozen";
}

bool IsMoved(const model::v1::Refusal& refusal) {
  return refusal.message_key() == "case_moved";
}

std::optional<int32_t> ExpectedEnvelope(const model::v1::Refusal& refusal) {
  if (refusal.message_key() != "envelope_gap" || refusal.missing().empty()) {
    return std::nullopt;
  }
  return NumberOf(refusal.missing(0).what());
}

}  // namespace careroute::casework
