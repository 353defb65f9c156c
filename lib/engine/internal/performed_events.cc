#include "lib/engine/internal/performed_events.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "google/protobuf/arena.h"
#include "google/protobuf/repeated_field.h"
#include "lib/casework/decide.h"
#include "lib/casework/referral_decide.h"
#include "lib/casework/referral_profile.h"
#include "lib/engine/hub_actor.h"
#include "lib/engine/internal/times.h"

namespace careroute::engine::internal {
namespace {

using event::v1::ReferralEvent;
using Entries = google::protobuf::RepeatedPtrField<model::v1::ReferralEntry>;

Judgement Without(TakeResult result) { return {.result = std::move(result)}; }

Judgement Refused(const char* why) {
  return Without({.fate = Fate::kRefused, .why = why});
}

Judgement Taken() { return {.result = {.fate = Fate::kTaken}, .writes = true}; }

bool AreOfRequest(const Entries& entries) {
  return std::all_of(
      entries.begin(), entries.end(), [](const model::v1::ReferralEntry& one) {
        return one.sequence() > 0 &&
               casework::HalfOf(one.move()) == casework::Half::kRequest;
      });
}

// What each kind must be to be meant.
struct Meant {
  const Telling& telling;
  const PerformedReferral& state;

  Judgement operator()(const Arrival& arrival) const {
    const model::v1::Referral& sent = arrival.referral;
    if (state.arrived || sent.uid() != telling.incoming.referral.Hex() ||
        sent.requester().empty() || sent.performer().empty() ||
        sent.requester() != telling.incoming.from_organisation ||
        sent.performer() != telling.incoming.to_organisation ||
        sent.request().empty() || !sent.performance().empty() ||
        !AreOfRequest(sent.request())) {
      return Refused("malformed");
    }
    return casework::FindProfile(arrival.profile) == nullptr
               ? Refused("unknown_profile")
               : Taken();
  }
  Judgement operator()(const Growth& growth) const {
    const bool opens = telling.incoming.sequence == 1;
    return opens || !AreOfRequest(growth.entries) ? Refused("malformed")
                                                  : Taken();
  }
  Judgement operator()(const WithheldWord& /*word*/) const { return Taken(); }
  Judgement operator()(const RecallWord& word) const {
    return state.version == 0 || word.classes.empty() ? Refused("malformed")
                                                      : Taken();
  }
  // Of what was never told of there is nothing to erase.
  Judgement operator()(const ErasureWord& /*word*/) const {
    return state.version == 0 ? Refused("malformed") : Taken();
  }
  Judgement operator()(const HomeMovedWord& word) const {
    return state.version == 0 || word.hub.empty() || word.requester.empty()
               ? Refused("malformed")
               : Taken();
  }
  Judgement operator()(const KeptBytes& /*bytes*/) const {
    if (state.kept.size() >= kKeptMax) return Refused("too_many_kept");
    return {.result = {.fate = Fate::kNotUnderstood}, .writes = !telling.again};
  }
};

// What the other hub calls it, and whom it is about there, says nothing here;
// what follows from the halves is not stored.
model::v1::Referral Sent(model::v1::Referral referral) {
  referral.clear_name();
  referral.clear_etag();
  referral.clear_state();
  referral.clear_person();
  referral.clear_open_loops();
  referral.clear_open_to_caller();
  referral.clear_withheld();
  referral.clear_other_hub();
  referral.clear_undelivered();
  referral.clear_outcomes();
  return referral;
}

// The body of the event of each kind.
struct Body {
  const Incoming& incoming;
  const PerformedReferral& before;
  bool has_key;
  ReferralEvent& event;

  void operator()(const Arrival& arrival) const {
    if (!has_key) return (*this)(WithheldWord{.why = "erased"});
    auto& body = *event.mutable_arrived();
    *body.mutable_referral() = Sent(arrival.referral);
    body.set_from_hub(incoming.from_hub);
    *body.mutable_outcomes() = {arrival.outcomes.begin(),
                                arrival.outcomes.end()};
    body.set_profile(arrival.profile);
    body.set_taken(incoming.sequence);
  }
  void operator()(const Growth& growth) const {
    auto& body = *event.mutable_mirrored();
    *body.mutable_entries() = growth.entries;
    *body.mutable_deadlines() = growth.deadlines;
    body.set_taken(incoming.sequence);
  }
  void operator()(const WithheldWord& word) const {
    auto& body = *event.mutable_withheld();
    body.set_taken(incoming.sequence);
    body.set_why(word.why);
    if (before.version > 0) return;
    body.set_from_hub(incoming.from_hub);
    body.set_requester(incoming.from_organisation);
    body.set_performer(incoming.to_organisation);
  }
  void operator()(const RecallWord& word) const {
    auto& body = *event.mutable_recalled();
    body.set_taken(incoming.sequence);
    body.set_why(word.why);
    word.classes.ForEach(
        [&body](model::v1::DataClass one) { body.add_classes(one); });
  }
  void operator()(const ErasureWord& /*word*/) const {
    event.mutable_erased()->set_taken(incoming.sequence);
  }
  void operator()(const HomeMovedWord& word) const {
    auto& body = *event.mutable_home_moved();
    body.set_taken(incoming.sequence);
    body.set_hub(word.hub);
    body.set_requester(word.requester);
    body.set_counted(word.counted);
  }
  void operator()(const KeptBytes& /*bytes*/) const {
    if (!has_key) return (*this)(WithheldWord{.why = "erased"});
    auto& body = *event.mutable_kept();
    body.set_sequence(incoming.sequence);
    body.set_from_hub(incoming.from_hub);
    body.set_requester(incoming.from_organisation);
    body.set_performer(incoming.to_organisation);
  }
};

// What the performer's hub does by itself. Of a referral that never arrived it
// only lets go what is taken back.
void AddHubMoves(const PerformedReferral& before, ReferralEvent& event) {
  if (!event.has_arrived() && !event.has_mirrored()) return;
  PerformedReferral after = before;
  FoldPerformed(event, after);
  const casework::Referral& referral = after.referral;
  const casework::ReferralProfile* profile =
      casework::FindProfile(after.profile);
  if (referral.performer.empty() || profile == nullptr ||
      (!after.arrived && !casework::CancelIsAsked(referral))) {
    return;
  }
  google::protobuf::Arena arena;
  const model::v1::Actor hub = HubActor();
  const auto* moved = casework::DecideHubMoves(referral, *profile,
                                               {.now = after.recorded,
                                                .happened = after.recorded,
                                                .actor = &hub,
                                                .arena = &arena,
                                                .performer_is_local = true});
  if (moved == nullptr) return;
  if (event.has_arrived()) {
    *event.mutable_arrived()->mutable_performance() = moved->performance();
    event.mutable_arrived()->set_envelope(after.envelopes + 1);
  } else {
    *event.mutable_mirrored()->mutable_performance() = moved->performance();
    event.mutable_mirrored()->set_envelope(after.envelopes + 1);
  }
}

// Of a hub that does not keep the case, as far as is known here.
absl::StatusOr<Judgement> JudgeOfOther(const Incoming& incoming,
                                       const PerformedReferral& state) {
  // The last word of an old home comes again when its receipt was lost.
  if (incoming.sequence <= state.taken &&
      std::binary_search(state.past_homes.begin(), state.past_homes.end(),
                         incoming.from_hub)) {
    return Without({.fate = IsKept(state, incoming.sequence)
                                ? Fate::kNotUnderstood
                                : Fate::kTaken});
  }
  // The old home may not have said yet that the case is another hub's, or said
  // it in words that are not understood yet.
  if (incoming.sequence > state.taken + 1 || !state.kept.empty()) {
    return absl::UnavailableError(
        "another hub keeps the case, as far as is known here");
  }
  return Refused("not_yours");
}

}  // namespace

absl::StatusOr<Judgement> Judge(const Telling& telling,
                                const PerformedReferral& state) {
  const Incoming& incoming = telling.incoming;
  if (state.ahead) {
    return absl::UnavailableError("a newer release wrote to this referral");
  }
  if (incoming.from_hub.empty()) return Refused("not_yours");
  if (incoming.sequence < 1) return Refused("malformed");
  if (!state.home_hub.empty() && state.home_hub != incoming.from_hub) {
    return JudgeOfOther(incoming, state);
  }
  const bool kept = IsKept(state, incoming.sequence);
  if (telling.again) {
    if (!kept) return Without({.fate = Fate::kTaken});
  } else if (incoming.sequence <= state.taken) {
    return Without({.fate = kept ? Fate::kNotUnderstood : Fate::kTaken});
  } else if (incoming.sequence > state.taken + 1) {
    return Without({.fate = Fate::kGap, .expected = state.taken + 1});
  }
  return std::visit(Meant{.telling = telling, .state = state}, incoming.what);
}

event::v1::EventHeader HeaderAfter(const PerformedReferral& before,
                                   const RequestInfo& info, absl::Time happened,
                                   absl::Time now) {
  const absl::Time recorded = std::max(now, before.recorded);
  event::v1::EventHeader header;
  header.set_version(before.version + 1);
  *header.mutable_happened_time() = ToProto(happened);
  *header.mutable_recorded_time() = ToProto(recorded);
  *header.mutable_actor() = info.actor;
  header.set_request_id(info.request_id);
  header.set_format(kPerformedFormat);
  header.set_recorded_late(recorded - happened > casework::kRecordedLateAfter);
  return header;
}

ReferralEvent EventOf(const Telling& telling, const PerformedReferral& before,
                      const Moment& moment) {
  const Incoming& incoming = telling.incoming;
  // A clock of another hub may be wrong; what it tells was before now.
  const absl::Time happened = incoming.recorded == absl::InfinitePast()
                                  ? moment.now
                                  : std::min(incoming.recorded, moment.now);
  RequestInfo info;
  info.actor = HubActor();
  ReferralEvent event;
  *event.mutable_header() = HeaderAfter(before, info, happened, moment.now);
  std::visit(Body{.incoming = incoming,
                  .before = before,
                  .has_key = moment.has_key,
                  .event = event},
             incoming.what);
  // What a newer release added may be about the person, and nothing says that
  // it is to be sealed.
  event.DiscardUnknownFields();
  AddHubMoves(before, event);
  return event;
}

ReferralEvent AdoptedEvent(const Adoption& adoption,
                           const PerformedReferral& before, absl::Time now) {
  RequestInfo info;
  info.actor = HubActor();
  ReferralEvent event;
  *event.mutable_header() = HeaderAfter(before, info, now, now);
  event::v1::ReferralArrived& body = *event.mutable_arrived();
  *body.mutable_referral() = Sent(adoption.arrival.referral);
  body.mutable_performance()->Swap(
      body.mutable_referral()->mutable_performance());
  body.set_from_hub(adoption.hub);
  *body.mutable_outcomes() = {adoption.arrival.outcomes.begin(),
                              adoption.arrival.outcomes.end()};
  body.set_profile(adoption.arrival.profile);
  body.set_taken(adoption.envelope);
  return event;
}

}  // namespace careroute::engine::internal
