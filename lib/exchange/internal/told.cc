#include "lib/exchange/internal/told.h"

#include <utility>

#include "absl/status/statusor.h"
#include "lib/exchange/envelopes.h"
#include "lib/exchange/internal/judge.h"
#include "lib/exchange/internal/times.h"

namespace careroute::exchange::internal {
namespace {

using v1::Envelope;
using What = decltype(engine::Incoming::what);

What WhatOf(TakenEnvelope& taken) {
  Envelope& envelope = taken.envelope;
  if (taken.of_newer_release) return engine::KeptBytes{.envelope = taken.bytes};
  if (envelope.has_withheld()) {
    return engine::WithheldWord{.why = envelope.withheld().why()};
  }
  switch (envelope.payload_case()) {
    case Envelope::kOpened: {
      v1::ReferralOpened& opened = *envelope.mutable_opened();
      return engine::Arrival{
          .referral = std::move(*opened.mutable_referral()),
          .outcomes = {opened.outcomes().begin(), opened.outcomes().end()},
          .profile = opened.profile()};
    }
    case Envelope::kGrew:
      return engine::Growth{
          .entries = std::move(*envelope.mutable_grew()->mutable_entries()),
          .deadlines =
              std::move(*envelope.mutable_grew()->mutable_deadlines())};
    case Envelope::kRecall:
      return engine::RecallWord{
          .classes = access::DataClassSet::Of(envelope.recall().classes()),
          .why = envelope.recall().why()};
    case Envelope::kHomeMoved:
      return engine::HomeMovedWord{
          .hub = envelope.home_moved().hub(),
          .requester = envelope.home_moved().requester(),
          .counted = envelope.home_moved().taken()};
    case Envelope::kPage:  // of a case, not of a referral
    case Envelope::kOffered:
    case Envelope::kAnswered:
    case Envelope::kErasure:
    case Envelope::PAYLOAD_NOT_SET:
      break;
  }
  return engine::ErasureWord{};
}

}  // namespace

engine::Incoming Told(TakenEnvelope taken) {
  const absl::StatusOr<base::Uid> uid =
      base::UidFromBytes(taken.envelope.referral());
  engine::Incoming incoming{
      .referral = uid.value_or(base::Uid{}),
      .from_hub = taken.envelope.from_hub(),
      .sequence = taken.envelope.sequence(),
      .recorded = FromProto(taken.envelope.recorded_time())};
  incoming.from_organisation = taken.envelope.from_organisation();
  incoming.to_organisation = taken.envelope.to_organisation();
  incoming.what = WhatOf(taken);
  return incoming;
}

std::optional<engine::Incoming> ToldAgain(const std::string& bytes) {
  Envelope envelope;
  if (!envelope.ParseFromString(bytes) || envelope.format() > kEnvelopeFormat ||
      (envelope.payload_case() == Envelope::PAYLOAD_NOT_SET &&
       !envelope.has_withheld())) {
    return std::nullopt;
  }
  // Nobody has looked at what it tells: when it came it was not understood.
  if (!RefusePayload(envelope).empty()) return std::nullopt;
  return Told({.envelope = std::move(envelope), .bytes = bytes});
}

}  // namespace careroute::exchange::internal
