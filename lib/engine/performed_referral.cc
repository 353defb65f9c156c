#include "lib/engine/performed_referral.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/repeated_field.h"
#include "lib/engine/internal/times.h"

namespace careroute::engine {
namespace {

using casework::Referral;
using event::v1::ReferralEvent;
using google::protobuf::RepeatedPtrField;
using model::v1::ReferralEntry;

void FoldRequest(const RepeatedPtrField<ReferralEntry>& entries,
                 Referral& referral) {
  for (const ReferralEntry& entry : entries) {
    if (casework::HalfOf(entry.move()) == casework::Half::kRequest) {
      casework::FoldMirrored(entry, referral);
    }
  }
}

// What was kept, after envelopes that came later.
void FoldRequestLate(const RepeatedPtrField<ReferralEntry>& entries,
                     Referral& referral) {
  for (const ReferralEntry& entry : entries) {
    casework::FoldLate(entry, referral);
  }
}

void FoldPerformance(const RepeatedPtrField<ReferralEntry>& entries,
                     Referral& referral) {
  for (const ReferralEntry& entry : entries) {
    if (casework::HalfOf(entry.move()) == casework::Half::kPerformance) {
      casework::FoldEntry(entry, referral);
    }
  }
}

// What another hub tells of was sent, whether or not it arrived.
void BeSent(Referral& referral) {
  referral.delivery = model::v1::DELIVERY_SENT;
  if (referral.request.state == model::v1::REFERRAL_STATE_UNSPECIFIED) {
    referral.request.state = model::v1::REFERRAL_STATE_REQUESTED;
  }
}

// The number of an envelope that had its effect.
void Pass(int32_t sequence, PerformedReferral& state) {
  state.taken = std::max(state.taken, sequence);
  std::erase_if(state.kept, [sequence](const KeptEnvelope& one) {
    return one.sequence == sequence;
  });
}

// The number of an envelope that tells of the event; 0 = none does.
void Tell(int32_t envelope, PerformedReferral& state) {
  if (envelope <= state.envelopes) return;
  state.envelopes = envelope;
  state.told_version = state.version;
}

void MeetParties(const std::string& from_hub, const std::string& requester,
                 const std::string& performer, PerformedReferral& state) {
  if (state.home_hub.empty()) state.home_hub = from_hub;
  Referral& referral = state.referral;
  if (referral.requester.empty()) referral.requester = requester;
  if (referral.performer.empty()) referral.performer = performer;
  BeSent(referral);
}

Referral ReferralIn(const model::v1::Referral& sent) {
  Referral referral;
  if (const auto uid = base::ParseUid(sent.uid()); uid.ok()) {
    referral.uid = *uid;
  }
  referral.kind = sent.kind();
  referral.occurrence = sent.occurrence();
  referral.step = sent.step();
  referral.requester = sent.requester();
  referral.performer = sent.performer();
  referral.service = sent.service();
  const model::v1::Disclosed& disclosed = sent.disclosed();
  referral.disclosed = {
      .way = disclosed.way(),
      .consent = disclosed.consent(),
      .classes = access::DataClassSet::Of(disclosed.classes()),
      .judge_time = disclosed.has_judge_time()
                        ? internal::FromProto(disclosed.judge_time())
                        : absl::InfinitePast()};
  FoldRequest(sent.request(), referral);
  BeSent(referral);
  return referral;
}

// It may arrive after what followed it, when its envelope was kept: then what
// the halves said since stands.
void Fold(const event::v1::ReferralArrived& body, PerformedReferral& state) {
  Referral arrived = ReferralIn(body.referral());
  const Referral& before = state.referral;
  if (before.request.entries > arrived.request.entries) {
    const absl::Time first = arrived.request.first_time;
    arrived.request = before.request;
    arrived.request.first_time = first;
    FoldRequestLate(body.referral().request(), arrived);
  }
  arrived.performance = before.performance;
  if (body.taken() < state.taken) arrived.requester = before.requester;
  state.referral = std::move(arrived);
  state.arrived = true;
  state.home_hub = body.from_hub();
  state.outcomes = {body.outcomes().begin(), body.outcomes().end()};
  state.profile = body.profile();
  state.pathway = body.referral().pathway();
  state.replaces = body.referral().replaces();
  if (body.taken() >= state.taken) {
    state.deadlines = {body.referral().deadlines().begin(),
                       body.referral().deadlines().end()};
  }
  Pass(body.taken(), state);
  FoldPerformance(body.performance(), state.referral);
  Tell(body.envelope(), state);
}

void Fold(const event::v1::HalfMirrored& body, PerformedReferral& state) {
  if (body.taken() < state.taken) {
    FoldRequestLate(body.entries(), state.referral);
  } else {
    FoldRequest(body.entries(), state.referral);
    state.deadlines = {body.deadlines().begin(), body.deadlines().end()};
  }
  Pass(body.taken(), state);
  FoldPerformance(body.performance(), state.referral);
  Tell(body.envelope(), state);
}

void Fold(const event::v1::HalfGrown& body, PerformedReferral& state) {
  FoldPerformance(body.entries(), state.referral);
  Tell(body.envelope(), state);
}

void Fold(const event::v1::EnvelopeWithheld& body, PerformedReferral& state) {
  MeetParties(body.from_hub(), body.requester(), body.performer(), state);
  Pass(body.taken(), state);
}

void Fold(const event::v1::DisclosureRecalled& body, PerformedReferral& state) {
  state.recalled = state.recalled.Or(access::DataClassSet::Of(body.classes()));
  Pass(body.taken(), state);
}

// What comes after it has its effect meanwhile.
void Fold(const event::v1::EnvelopeKept& body, PerformedReferral& state) {
  MeetParties(body.from_hub(), body.requester(), body.performer(), state);
  state.taken = std::max(state.taken, body.sequence());
  if (state.kept.size() < kKeptMax) {
    state.kept.push_back(
        {.sequence = body.sequence(), .version = state.version});
  }
}

void Fold(const event::v1::ReferralErased& body, PerformedReferral& state) {
  state.erased = true;
  state.kept.clear();
  state.deadlines.clear();
  Pass(body.taken(), state);
}

void Fold(const event::v1::ReferralHomeMoved& body, PerformedReferral& state) {
  const auto at = std::lower_bound(state.past_homes.begin(),
                                   state.past_homes.end(), state.home_hub);
  if (at == state.past_homes.end() || *at != state.home_hub) {
    state.past_homes.insert(at, state.home_hub);
  }
  state.home_hub = body.hub();
  state.referral.requester = body.requester();
  Pass(body.taken(), state);
}

void FoldBody(const ReferralEvent& event, PerformedReferral& state) {
  switch (event.body_case()) {
    case ReferralEvent::kArrived:
      return Fold(event.arrived(), state);
    case ReferralEvent::kMirrored:
      return Fold(event.mirrored(), state);
    case ReferralEvent::kGrown:
      return Fold(event.grown(), state);
    case ReferralEvent::kWithheld:
      return Fold(event.withheld(), state);
    case ReferralEvent::kRecalled:
      return Fold(event.recalled(), state);
    case ReferralEvent::kKept:
      return Fold(event.kept(), state);
    case ReferralEvent::kErased:
      return Fold(event.erased(), state);
    case ReferralEvent::kHomeMoved:
      return Fold(event.home_moved(), state);
    case ReferralEvent::BODY_NOT_SET:
      return;
  }
}

}  // namespace

void FoldPerformed(const ReferralEvent& event, PerformedReferral& state) {
  if (state.ahead || event.header().format() > kPerformedFormat ||
      event.body_case() == ReferralEvent::BODY_NOT_SET) {
    state.ahead = true;
    return;
  }
  state.version = event.header().version();
  state.recorded = internal::FromProto(event.header().recorded_time());
  FoldBody(event, state);
}

bool IsKept(const PerformedReferral& state, int32_t sequence) {
  return std::any_of(
      state.kept.begin(), state.kept.end(),
      [sequence](const KeptEnvelope& one) { return one.sequence == sequence; });
}

bool AllIsRecalled(const PerformedReferral& state) {
  if (!state.arrived) return false;
  access::DataClassSet disclosed = state.referral.disclosed.classes;
  disclosed.Remove(model::v1::DATA_CLASS_ROUTE);
  return !state.recalled.empty() && state.recalled.ContainsAll(disclosed);
}

access::DataClassSet ReadableClasses(const PerformedReferral& state) {
  const model::v1::ReferralState now = casework::StateOf(state.referral);
  const bool reads =
      state.arrived && !state.erased &&
      (casework::IsOpen(now) || now == model::v1::REFERRAL_STATE_COMPLETED);
  if (!reads) return {};
  return state.referral.disclosed.classes.Without(state.recalled);
}

absl::Time NextDue(const PerformedReferral& state) {
  absl::Time next = absl::InfiniteFuture();
  for (const model::v1::Deadline& deadline : state.deadlines) {
    if (!deadline.has_due_time()) continue;
    next = std::min(next, internal::FromProto(deadline.due_time()));
  }
  return next;
}

std::string PerformedName(const base::Uid& uid) {
  return absl::StrCat("referrals/", uid.Hex());
}

int32_t EnvelopeOf(const ReferralEvent& event) {
  switch (event.body_case()) {
    case ReferralEvent::kArrived:
      return event.arrived().envelope();
    case ReferralEvent::kMirrored:
      return event.mirrored().envelope();
    case ReferralEvent::kGrown:
      return event.grown().envelope();
    default:
      return 0;
  }
}

absl::Status PerformedTraits::Fold(const std::string& stored, State& state) {
  ReferralEvent event;
  if (!event.ParseFromString(stored)) {
    return absl::DataLossError("an event of a referral is damaged");
  }
  FoldPerformed(event, state);
  return absl::OkStatus();
}

absl::Status PerformedTraits::Restore(const std::string& /*snapshot*/,
                                      State& /*state*/) {
  return absl::DataLossError("referrals have no snapshots");
}

std::string PerformedTraits::Snapshot(const State& /*state*/) { return {}; }

}  // namespace careroute::engine
