#include "lib/engine/internal/performed_commands.h"

#include <algorithm>
#include <utility>

#include "google/protobuf/arena.h"
#include "lib/casework/referral_decide.h"
#include "lib/casework/referral_profile.h"
#include "lib/engine/internal/performed_parts.h"
#include "lib/engine/internal/refusals.h"
#include "lib/engine/internal/times.h"

namespace careroute::engine::internal {
namespace {

using ExecuteRequest = PerformedReferrals::ExecuteRequest;
using model::v1::Refusal;

absl::Time HappenedOf(const ExecuteRequest& request, absl::Time now) {
  return request.happened == absl::InfinitePast() ? now : request.happened;
}

std::optional<Refusal> CheckState(const PerformedReferral& state) {
  if (state.ahead) {
    return MakeRefusal(
        {.reason = model::v1::ERROR_REASON_AHEAD,
         .message_key = "ahead",
         .message = "a newer release wrote to this referral; it can only be "
                    "read"});
  }
  if (state.erased) {
    return MakeRefusal({.reason = model::v1::ERROR_REASON_ERASED,
                        .message_key = "erased",
                        .message = "the person's record was erased"});
  }
  return std::nullopt;
}

// The clock of the requester's hub may be ahead of this one.
std::optional<Refusal> CheckTime(absl::Time happened,
                                 const PerformedReferral& state) {
  absl::Time earliest = state.referral.request.first_time;
  if (state.referral.performance.entries > 0) {
    earliest = std::min(earliest, state.referral.performance.first_time);
  }
  if (happened >= earliest) return std::nullopt;
  return MakeRefusal({.reason = model::v1::ERROR_REASON_WRONG_TIME,
                      .message_key = "before_start",
                      .message = "the referral was not made when this "
                                 "happened"});
}

bool IsOverdue(const PerformedReferral& state, absl::Time happened) {
  return std::any_of(state.deadlines.begin(), state.deadlines.end(),
                     [happened](const model::v1::Deadline& one) {
                       return one.has_due_time() && !one.stopped() &&
                              FromProto(one.due_time()) <= happened;
                     });
}

std::optional<Refusal> CheckOutcome(const ExecuteRequest& request,
                                    const PerformedReferral& state) {
  if (!request.command.has_complete()) return std::nullopt;
  const auto& declared = state.outcomes;
  if (std::find(declared.begin(), declared.end(),
                request.command.complete().outcome()) != declared.end()) {
    return std::nullopt;
  }
  Refusal refusal =
      MakeRefusal({.reason = model::v1::ERROR_REASON_OUTCOME_INCOMPLETE,
                   .message_key = "no_such_outcome",
                   .message = "the step has no such outcome"});
  for (const std::string& one : declared) refusal.add_open_to_actor(one);
  return refusal;
}

// The other half is written at its own hub alone, whoever asks here.
std::optional<Refusal> CheckHalf(const event::v1::ReferralMoved& moved) {
  if (moved.request().empty()) return std::nullopt;
  return MakeRefusal({.reason = model::v1::ERROR_REASON_NOT_YOUR_MOVE,
                      .message_key = "referral_not_your_move",
                      .message = "the requester's half is written at the "
                                 "requester's hub"});
}

std::optional<Refusal> CheckWords(const event::v1::ReferralEvent& event,
                                  const Moment& moment) {
  event::v1::ReferralEvent stripped = event;
  if (moment.has_key || TakeParts(stripped).empty()) return std::nullopt;
  return MakeRefusal(
      {.reason = model::v1::ERROR_REASON_ERASED,
       .message_key = "referral_recalled",
       .message = "what was disclosed was recalled, and words about the person "
                  "are not kept any more; make the move without them"});
}

}  // namespace

std::optional<Refusal> CheckArrived(const PerformedReferral& state) {
  if (state.arrived) return std::nullopt;
  return NotFound().refusal;
}

PerformedDecision DecidePerformed(const ExecuteRequest& request,
                                  const PerformedReferral& before,
                                  const Moment& moment) {
  PerformedDecision decision;
  // Recorded time never runs backwards, whatever the clock does.
  const absl::Time now = std::max(moment.now, before.recorded);
  const absl::Time happened = HappenedOf(request, now);
  decision.refusal = CheckState(before);
  if (!decision.refusal.has_value()) {
    decision.refusal = CheckTime(happened, before);
  }
  if (decision.refusal.has_value()) return decision;
  const casework::ReferralProfile* profile =
      casework::FindProfile(before.profile);
  google::protobuf::Arena arena;
  casework::ReferralDecision moves = casework::DecideReferral(
      before.referral,
      profile == nullptr ? *casework::FindProfile("") : *profile,
      request.command,
      {.now = now,
       .happened = happened,
       .actor = &request.info.actor,
       .arena = &arena,
       .performer_is_local = true,
       .has_left = true,
       .overdue = IsOverdue(before, happened)});
  if (!moves.ok()) {
    decision.refusal = std::move(*moves.refusal);
    return decision;
  }
  decision.refusal = CheckHalf(*moves.moved);
  if (!decision.refusal.has_value()) {
    decision.refusal = CheckOutcome(request, before);
  }
  event::v1::ReferralEvent& event = decision.event;
  *event.mutable_header() =
      HeaderAfter(before, request.info, happened, moment.now);
  event.mutable_header()->set_word_given(request.word_given);
  *event.mutable_grown()->mutable_entries() = moves.moved->performance();
  event.mutable_grown()->set_envelope(before.envelopes + 1);
  if (!decision.refusal.has_value()) {
    decision.refusal = CheckWords(event, moment);
  }
  return decision;
}

}  // namespace careroute::engine::internal
