#include "lib/casework/referral_decide.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "lib/casework/internal/referral_entry.h"
#include "lib/casework/internal/referral_refuse.h"
#include "lib/casework/internal/times.h"

namespace careroute::casework {
namespace {

using google::protobuf::Arena;
using internal::NewRefusal;
using internal::RefusalPtr;
using model::v1::ReferralEntry;
using model::v1::ReferralState;

// Whether the row can be used now by somebody, whoever asks.
struct Moment {
  const Referral& referral;
  ReferralState state;
  bool has_left;
};

bool IsCarriedSo(ReferralCarried carried, const Referral& referral) {
  const bool in_hand = referral.delivery == model::v1::DELIVERY_IN_HAND;
  switch (carried) {
    case ReferralCarried::kEitherWay:
      return true;
    case ReferralCarried::kSent:
      return !in_hand;
    case ReferralCarried::kInHand:
      return in_hand;
  }
  return false;
}

bool Holds(const ReferralTransition& row, const Moment& moment) {
  const Referral& referral = moment.referral;
  switch (row.when) {
    case ReferralWhen::kAlways:
      return true;
    case ReferralWhen::kNothingLeft:
      return !moment.has_left && referral.performance.entries == 0;
    case ReferralWhen::kCancelAsked:
      return CancelIsAsked(referral);
    case ReferralWhen::kNoCancelAsked:
      return !CancelIsAsked(referral);
    case ReferralWhen::kQuestionOpen:
      return OpenQuestion(referral) != 0;
    case ReferralWhen::kHalfBegun:
      return referral.performance.entries > 0;
    case ReferralWhen::kNotReplaced:
      return referral.replaced_by == 0;
  }
  return false;
}

bool IsOpenRow(const ReferralTransition& row, const Moment& moment) {
  return row.from.Contains(moment.state) &&
         IsCarriedSo(row.carried, moment.referral) && Holds(row, moment);
}

bool MayMove(ReferralParty by, const Referral& referral,
             const ReferralCaller& caller) {
  if (by == ReferralParty::kPerformersHub || caller.is_hub) {
    return by == ReferralParty::kPerformersHub && caller.is_hub;
  }
  const std::string& owner =
      by == ReferralParty::kRequester ? referral.requester : referral.performer;
  return !owner.empty() && caller.organisation == owner;
}

// A hub is no member of an organisation: what it may do is only what the
// performer's hub does by itself.
ReferralCaller CallerOf(const ReferralContext& context) {
  if (context.actor->role() == model::v1::ACTOR_ROLE_HUB) {
    return {.is_hub = context.performer_is_local, .has_left = context.has_left};
  }
  return {.organisation = context.actor->organisation(),
          .has_left = context.has_left};
}

// --- Refusals ---------------------------------------------------------------

RefusalPtr RefuseState(const Moment& moment, absl::string_view method) {
  return NewRefusal(model::v1::ERROR_REASON_WRONG_STATE, "referral_wrong_state",
                    absl::StrCat("a referral that is ", NameOf(moment.state),
                                 " does not allow ", method));
}

RefusalPtr RefuseMover(ReferralParty by, absl::string_view method) {
  RefusalPtr refusal = NewRefusal(
      model::v1::ERROR_REASON_NOT_YOUR_MOVE, "referral_not_your_move",
      absl::StrCat(method, " is a move of the ", NameOf(by)));
  internal::AddMissing({method, NameOf(by), "ask them to make the move"},
                       *refusal);
  return refusal;
}

// Completes a refusal with what the caller asked and what is open instead.
RefusalPtr Finish(RefusalPtr refusal, const ReferralTransition* row,
                  const Moment& moment, absl::string_view method,
                  const std::vector<absl::string_view>& open) {
  for (const absl::string_view one : open) {
    refusal->add_open_to_actor(std::string(one));
  }
  model::v1::Explanation& because = *refusal->mutable_because();
  because.add_arguments(std::string(method));
  because.add_arguments(std::string(NameOf(moment.state)));
  because.add_because()->set_message_key(
      absl::StrCat("referral_state.", NameOf(moment.state)));
  if (row != nullptr) {
    model::v1::Explanation& rule = *because.add_because();
    rule.set_message_key(absl::StrCat("referral_rule.", NameOf(row->by)));
    rule.add_arguments(std::string(method));
  }
  return refusal;
}

// --- Rows -------------------------------------------------------------------

struct Found {
  const ReferralTransition* row = nullptr;    // open, and the caller may
  const ReferralTransition* other = nullptr;  // open to somebody else
};

Found FindRow(ReferralAction action, const ReferralProfile& profile,
              const Moment& moment, const ReferralCaller& caller) {
  Found found;
  for (const ReferralTransition& row : profile.rows) {
    if (row.action != action || !IsOpenRow(row, moment)) {
      continue;
    }
    if (MayMove(row.by, moment.referral, caller)) {
      found.row = &row;
      return found;
    }
    if (found.other == nullptr) {
      found.other = &row;
    }
  }
  return found;
}

// Moves by which somebody does the work, so that separation of duties counts.
bool Performs(ReferralAction action) {
  return action == ReferralAction::kAccept ||
         action == ReferralAction::kBegin ||
         action == ReferralAction::kComplete || action == ReferralAction::kFail;
}

RefusalPtr CheckMove(const ReferralTransition& row,
                     const internal::MoveAsked& asked) {
  const ReferralContext& context = *asked.context;
  if (context.happened > context.now) {
    return NewRefusal(model::v1::ERROR_REASON_WRONG_TIME, "in_the_future",
                      "the move lies in the future");
  }
  if (Performs(row.action) && !context.member_may_perform) {
    RefusalPtr refusal = NewRefusal(
        model::v1::ERROR_REASON_SEPARATION_OF_DUTIES, "separation_of_duties",
        "this member took another part in the case and may not perform here");
    internal::AddMissing(
        {MethodOf(row.action), "performer", "another member must do it"},
        *refusal);
    return refusal;
  }
  return internal::CheckContent(asked);
}

// --- Entries ----------------------------------------------------------------

bool IsRequestMove(model::v1::ReferralMove move) {
  return HalfOf(move) == Half::kRequest;
}

ReferralEntry& AddEntry(model::v1::ReferralMove move, const Referral& referral,
                        const ReferralContext& context,
                        event::v1::ReferralMoved& moved) {
  const bool requested = IsRequestMove(move);
  const int written =
      requested ? moved.request_size() : moved.performance_size();
  const ReferralHalf& half =
      requested ? referral.request : referral.performance;
  ReferralEntry& entry =
      requested ? *moved.add_request() : *moved.add_performance();
  entry.set_sequence(half.entries + written + 1);
  entry.set_move(move);
  internal::ToProto(context.happened, entry.mutable_happened_time());
  internal::ToProto(context.now, entry.mutable_recorded_time());
  return entry;
}

// Who moves when the performer's hub moves by itself.
void SetHubActor(const Referral& referral, ReferralEntry& entry) {
  model::v1::Actor& actor = *entry.mutable_actor();
  actor.set_organisation(referral.performer);
  actor.set_role(model::v1::ACTOR_ROLE_HUB);
  actor.set_purpose("coordination");
}

void AddLoops(const Referral& referral, ReferralAction action,
              const ReferralEntry& entry, std::vector<LoopChange>& loops) {
  switch (action) {
    case ReferralAction::kAskCancel:
    case ReferralAction::kRedirect:
      if (entry.move() == model::v1::REFERRAL_MOVE_CANCEL_ASKED) {
        loops.push_back({.loop = model::v1::REFERRAL_LOOP_CANCEL,
                         .number = entry.sequence(),
                         .opens = true,
                         .acts = referral.performer});
      }
      return;
    case ReferralAction::kGoOnDespiteCancel:
      loops.push_back(
          {.loop = model::v1::REFERRAL_LOOP_CANCEL, .number = entry.loop()});
      return;
    case ReferralAction::kAskInformation:
      loops.push_back({.loop = model::v1::REFERRAL_LOOP_INFORMATION,
                       .number = entry.sequence(),
                       .opens = true,
                       .acts = referral.requester});
      return;
    case ReferralAction::kGiveInformation:
      loops.push_back({.loop = model::v1::REFERRAL_LOOP_INFORMATION,
                       .number = entry.loop()});
      return;
    default:
      return;
  }
}

// A redirect need not ask twice for what is asked already.
model::v1::ReferralMove MoveOf(const ReferralTransition& row,
                               const Referral& referral) {
  const bool asked_already =
      row.move == model::v1::REFERRAL_MOVE_CANCEL_ASKED &&
      CancelIsAsked(referral);
  return asked_already ? model::v1::REFERRAL_MOVE_UNSPECIFIED : row.move;
}

// Moves of the request half to which a local performer's hub has an answer.
bool HubMayAnswer(model::v1::ReferralMove move) {
  return move == model::v1::REFERRAL_MOVE_SENT ||
         move == model::v1::REFERRAL_MOVE_CANCEL_ASKED;
}

void AddHubMoves(const Referral& referral, const ReferralProfile& profile,
                 const ReferralContext& context, ReferralDecision& decision) {
  Referral after = referral;
  Fold(*decision.moved, after);
  event::v1::ReferralMoved* by_hub = DecideHubMoves(after, profile, context);
  if (by_hub == nullptr) {
    return;
  }
  decision.moved->mutable_performance()->MergeFrom(by_hub->performance());
  Fold(*by_hub, after);
  if (!IsOpen(StateOf(after))) {
    decision.loops.clear();  // opened and answered in one breath
  }
}

void Write(const ReferralTransition& row, const ReferralProfile& profile,
           const internal::MoveAsked& asked, ReferralDecision& decision) {
  const Referral& referral = *asked.referral;
  const ReferralContext& context = *asked.context;
  const model::v1::ReferralMove move = MoveOf(row, referral);
  decision.moved =
      Arena::CreateMessage<event::v1::ReferralMoved>(context.arena);
  if (move == model::v1::REFERRAL_MOVE_UNSPECIFIED) {
    return;
  }
  ReferralEntry& entry = AddEntry(move, referral, context, *decision.moved);
  *entry.mutable_actor() = *context.actor;
  FillContent(asked, entry);
  AddLoops(referral, row.action, entry, decision.loops);
  if (move == model::v1::REFERRAL_MOVE_SENT) {
    decision.moved->set_delivery(context.delivery);
  }
  if (context.performer_is_local && HubMayAnswer(move)) {
    AddHubMoves(referral, profile, context, decision);
  }
}

const ReferralTransition* HubRow(ReferralAction action,
                                 const ReferralProfile& profile,
                                 const Referral& referral) {
  const Moment moment{referral, StateOf(referral), true};
  return FindRow(action, profile, moment, {.is_hub = true}).row;
}

}  // namespace

ReferralDecision DecideReferral(const Referral& referral,
                                const ReferralProfile& profile,
                                const command::v1::ReferralCommand& command,
                                const ReferralContext& context) {
  ReferralDecision decision;
  const internal::MoveAsked asked{.referral = &referral,
                                  .command = &command,
                                  .context = &context,
                                  .action = internal::ActionOf(command)};
  if (asked.action == ReferralAction::kCancelByItself) {
    decision.refusal = NewRefusal(
        model::v1::ERROR_REASON_INVALID_REQUEST, "referral_no_such_command",
        "a referral that exists already does not take this command");
    return decision;
  }
  const ReferralCaller caller = CallerOf(context);
  const Moment moment{referral, StateOf(referral), context.has_left};
  const Found found = FindRow(asked.action, profile, moment, caller);
  if (found.row != nullptr) {
    decision.refusal = CheckMove(*found.row, asked);
    if (decision.ok()) {
      Write(*found.row, profile, asked, decision);
      return decision;
    }
  }
  const absl::string_view method = MethodOf(asked.action);
  if (decision.ok()) {
    decision.refusal = found.other != nullptr
                           ? RefuseMover(found.other->by, method)
                           : RefuseState(moment, method);
  }
  decision.refusal = Finish(std::move(decision.refusal),
                            found.row != nullptr ? found.row : found.other,
                            moment, method, OpenTo(referral, profile, caller));
  return decision;
}

event::v1::ReferralMoved* DecideHubMoves(const Referral& referral,
                                         const ReferralProfile& profile,
                                         const ReferralContext& context) {
  auto* moved = Arena::CreateMessage<event::v1::ReferralMoved>(context.arena);
  Referral after = referral;
  const auto add = [&](model::v1::ReferralMove move) -> ReferralEntry& {
    ReferralEntry& entry = AddEntry(move, referral, context, *moved);
    SetHubActor(referral, entry);
    return entry;
  };
  if (const auto* row = HubRow(ReferralAction::kReceive, profile, after)) {
    FoldEntry(add(row->move), after);
    if (referral.kind == model::v1::REFERRAL_KIND_NOTICE) {
      FoldEntry(add(model::v1::REFERRAL_MOVE_COMPLETED), after);
    }
  }
  if (const auto* row =
          HubRow(ReferralAction::kCancelByItself, profile, after)) {
    ReferralEntry& entry = add(row->move);
    entry.set_loop(referral.request.cancel_loop);
    entry.set_reason(model::v1::REFERRAL_REASON_REQUESTER_CANCELLED);
  }
  return moved->performance().empty() ? nullptr : moved;
}

event::v1::ReferralMoved* TakeBack(const Referral& referral,
                                   const ReferralProfile& profile,
                                   const TakingBack& taking_back,
                                   const ReferralContext& context) {
  const Moment moment{referral, StateOf(referral), context.has_left};
  const ReferralCaller requester{.organisation = referral.requester};
  const ReferralTransition* row =
      FindRow(ReferralAction::kCancel, profile, moment, requester).row;
  if (row == nullptr) {
    row = FindRow(ReferralAction::kAskCancel, profile, moment, requester).row;
  }
  if (row == nullptr) {
    return nullptr;
  }
  ReferralDecision decision;
  decision.moved =
      Arena::CreateMessage<event::v1::ReferralMoved>(context.arena);
  ReferralEntry& entry =
      AddEntry(row->move, referral, context, *decision.moved);
  *entry.mutable_actor() = *context.actor;
  entry.set_reason(taking_back.reason);
  if (row->action == ReferralAction::kAskCancel) {
    entry.set_loop(entry.sequence());
    AddLoops(referral, row->action, entry, decision.loops);
    if (context.performer_is_local) {
      AddHubMoves(referral, profile, context, decision);
    }
  }
  taking_back.loops->insert(taking_back.loops->end(), decision.loops.begin(),
                            decision.loops.end());
  return decision.moved;
}

std::vector<absl::string_view> OpenTo(const Referral& referral,
                                      const ReferralProfile& profile,
                                      const ReferralCaller& caller) {
  const Moment moment{referral, StateOf(referral), caller.has_left};
  std::vector<absl::string_view> open;
  for (const ReferralTransition& row : profile.rows) {
    const absl::string_view method = MethodOf(row.action);
    if (!method.empty() && IsOpenRow(row, moment) &&
        MayMove(row.by, referral, caller) &&
        std::find(open.begin(), open.end(), method) == open.end()) {
      open.push_back(method);
    }
  }
  return open;
}

}  // namespace careroute::casework
