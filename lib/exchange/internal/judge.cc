#include "lib/exchange/internal/judge.h"

#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/unknown_field_set.h"
#include "lib/access/data_class_set.h"
#include "lib/exchange/envelopes.h"
#include "lib/exchange/internal/compose.h"
#include "lib/exchange/manifest.h"

namespace careroute::exchange::internal {
namespace {

using access::DataClassSet;
using v1::Envelope;

constexpr absl::string_view kMalformed = "malformed";

bool IsEmpty(const Envelope& envelope) {
  return envelope.payload_case() == Envelope::PAYLOAD_NOT_SET &&
         !envelope.has_withheld();
}

bool HasUnknown(const Envelope& envelope) {
  return !envelope.GetReflection()->GetUnknownFields(envelope).empty();
}

// The performer tells of its half and of nothing else.
bool SideFits(const Envelope& envelope) {
  switch (envelope.side()) {
    case v1::REFERRAL_SIDE_REQUEST:
      return !envelope.has_page() && !envelope.has_offered() &&
             !envelope.has_answered();
    case v1::REFERRAL_SIDE_OFFER:
      return envelope.has_page() || envelope.has_offered() || IsEmpty(envelope);
    case v1::REFERRAL_SIDE_ANSWER:
      return envelope.has_answered() || IsEmpty(envelope);
    case v1::REFERRAL_SIDE_PERFORMANCE:
      return envelope.payload_case() == Envelope::kGrew || IsEmpty(envelope) ||
             envelope.has_withheld();
    default:
      return false;
  }
}

// Whoever is hosted nowhere else is hosted here.
const std::string& HostOf(const casework::OrganisationFacts& facts,
                          const std::string& hub_id) {
  return facts.hub.empty() ? hub_id : facts.hub;
}

// Which hub speaks for whom, by this hub's directory.
absl::string_view RefuseParties(const JudgeQuestion& question,
                                const Envelope& envelope) {
  if (envelope.from_hub() != question.peer) return "not_yours";
  if (envelope.to_hub() != question.hub_id) return "wrong_addressee";
  const auto& facts = question.directory.facts;
  const auto from = facts.find(envelope.from_organisation());
  const auto to = facts.find(envelope.to_organisation());
  if (from == facts.end() || to == facts.end()) return "unknown_organisation";
  if (HostOf(from->second, question.hub_id) != question.peer) {
    return "not_yours";
  }
  return to->second.hub.empty() ? "" : "wrong_addressee";
}

// What is told of a person is told on a ground that is named.
absl::string_view RefuseGround(const Envelope& envelope) {
  const v1::Ground& ground = envelope.ground();
  DataClassSet carried;
  if (envelope.has_opened()) carried = CarriedClasses(envelope.opened());
  if (envelope.has_grew()) carried = CarriedClasses(envelope.grew());
  if (carried.empty()) return "";
  if (!DataClassSet::Of(ground.classes()).ContainsAll(carried)) {
    return "no_ground";
  }
  const bool is_named = !ground.way().empty() &&
                        (!ground.consent().empty() || !ground.act().empty());
  return is_named || envelope.side() == v1::REFERRAL_SIDE_PERFORMANCE
             ? ""
             : "no_ground";
}

// The parties of a referral are those of the envelope that brings it.
absl::string_view RefuseOpened(const Envelope& envelope) {
  if (!envelope.has_opened()) return "";
  const absl::StatusOr<base::Uid> uid = base::UidFromBytes(envelope.referral());
  const model::v1::Referral& referral = envelope.opened().referral();
  const bool fits = uid.ok() && envelope.sequence() == 1 &&
                    referral.uid() == uid->Hex() &&
                    referral.requester() == envelope.from_organisation() &&
                    referral.performer() == envelope.to_organisation();
  return fits ? "" : kMalformed;
}

}  // namespace

absl::string_view RefusePayload(const v1::Envelope& envelope) {
  if (!SideFits(envelope)) return kMalformed;
  const absl::string_view why = RefuseOpened(envelope);
  return why.empty() ? RefuseGround(envelope) : why;
}

Judged Judge(const JudgeQuestion& question) {
  Judged judged;
  const auto refuse = [&judged](absl::string_view why) {
    judged = {.refused = std::string(why)};
    return judged;
  };
  if (question.bytes.size() > kEnvelopeBytesMax) return refuse("too_large");
  Envelope& envelope = judged.envelope;
  if (!envelope.ParseFromString(question.bytes)) return refuse(kMalformed);
  const absl::StatusOr<base::Uid> uid = base::UidFromBytes(envelope.referral());
  if (!uid.ok() || uid->IsZero() || envelope.sequence() < 1) {
    return refuse(kMalformed);
  }
  judged.referral = *uid;
  absl::string_view why = RefuseParties(question, envelope);
  if (!why.empty()) return refuse(why);
  judged.of_newer_release = envelope.format() > kEnvelopeFormat ||
                            (IsEmpty(envelope) && HasUnknown(envelope));
  if (judged.of_newer_release) {
    return SideFits(envelope) ? std::move(judged) : refuse(kMalformed);
  }
  if (IsEmpty(envelope)) return refuse(kMalformed);
  why = RefusePayload(envelope);
  return why.empty() ? std::move(judged) : refuse(why);
}

}  // namespace careroute::exchange::internal
