// The own half of a referral that is performed here, as it was before this hub
// was put back from a backup. Its words are nobody's news: nothing is decided
// on them, and they are not told again.

#include <algorithm>
#include <utility>

#include "lib/engine/hub_actor.h"
#include "lib/engine/internal/performed_events.h"
#include "lib/engine/internal/times.h"
#include "lib/engine/performed_referrals.h"

namespace careroute::engine {
namespace {

using AdoptRequest = PerformedReferrals::AdoptRequest;

TakeResult Refused(const char* why) {
  return {.fate = Fate::kRefused, .why = why};
}

// None when it is to be written.
std::optional<TakeResult> Judge(const AdoptRequest& request,
                                const PerformedReferral& state) {
  if (request.from_hub.empty() ||
      (!state.home_hub.empty() && state.home_hub != request.from_hub)) {
    return Refused("not_yours");
  }
  if (request.envelope <= state.envelopes) {
    return TakeResult{.fate = Fate::kTaken};
  }
  if (request.envelope > state.envelopes + 1) {
    return TakeResult{.fate = Fate::kGap, .expected = state.envelopes + 1};
  }
  const bool fits = std::all_of(request.entries.begin(), request.entries.end(),
                                [](const model::v1::ReferralEntry& one) {
                                  return casework::HalfOf(one.move()) ==
                                         casework::Half::kPerformance;
                                });
  if (!fits || request.requester.empty() || request.performer.empty()) {
    return Refused("malformed");
  }
  return std::nullopt;
}

}  // namespace

void PerformedReferrals::Adopt(AdoptRequest request,
                               base::Done<TakeResult> done) {
  auto asked = std::make_shared<const AdoptRequest>(std::move(request));
  auto result = std::make_shared<TakeResult>();
  RequestInfo info;
  info.actor = HubActor();
  streams_.Execute(
      asked->uid, std::move(info),
      [this, asked, result](const Loaded<State>& loaded,
                            base::Done<Plan<State>> planned) {
        if (loaded.state->ahead) {
          return std::move(planned)(
              absl::UnavailableError("a newer release wrote to this referral"));
        }
        const std::optional<TakeResult> judged = Judge(*asked, *loaded.state);
        if (judged.has_value()) {
          *result = *judged;
          return std::move(planned)(Plan<State>());
        }
        *result = {.fate = Fate::kTaken};
        FindKey(
            asked->uid, loaded.version,
            [this, asked, state = loaded.state, planned = std::move(planned)](
                absl::StatusOr<Keyed> keyed) mutable {
              if (!keyed.ok()) return std::move(planned)(keyed.status());
              std::move(planned)(PlanOfAdoption(*asked, *state, *keyed));
            });
      },
      [result, done = std::move(done)](absl::StatusOr<Reply> reply) mutable {
        if (!reply.ok()) return std::move(done)(reply.status());
        // No other refusal than that others were faster.
        if (reply->refusal.has_value()) {
          return std::move(done)(absl::AbortedError(reply->refusal->message()));
        }
        std::move(done)(*result);
      });
}

absl::StatusOr<Plan<PerformedReferral>> PerformedReferrals::PlanOfAdoption(
    const AdoptRequest& request, const State& before, const Keyed& keyed) {
  const absl::Time now = clock_.Now();
  absl::Time happened = request.entries.empty() ? now : absl::InfinitePast();
  for (const model::v1::ReferralEntry& entry : request.entries) {
    happened = std::max(happened, internal::FromProto(entry.happened_time()));
  }
  RequestInfo info;
  info.actor = HubActor();
  event::v1::ReferralEvent event;
  *event.mutable_header() =
      internal::HeaderAfter(before, info, std::min(happened, now), now);
  event::v1::HalfGrown& body = *event.mutable_grown();
  *body.mutable_entries() = request.entries;
  body.set_envelope(request.envelope);
  body.set_given_back_by(request.from_hub);
  body.set_requester(request.requester);
  body.set_performer(request.performer);
  event.DiscardUnknownFields();
  return PlanOfEvent(request.uid, std::move(event), before, keyed);
}

}  // namespace careroute::engine
