#include "lib/exchange/internal/returned.h"

#include "absl/strings/str_cat.h"
#include "lib/exchange/internal/entry_words.h"

namespace careroute::exchange::internal {
namespace {

using event::v1::ReferralEvent;
using v1::Envelope;

Envelope RequestEnvelope(int32_t sequence) {
  Envelope envelope;
  envelope.set_side(v1::REFERRAL_SIDE_REQUEST);
  envelope.set_sequence(sequence);
  envelope.mutable_grew();  // whatever else it may have told
  return envelope;
}

// Not understood here, but by whoever wrote it.
Envelope KeptEnvelope(const engine::PerformedEvent& told) {
  Envelope envelope = RequestEnvelope(told.event.kept().sequence());
  Envelope kept;
  if (!kept.ParseFromString(told.kept)) return envelope;
  if (kept.has_grew()) *envelope.mutable_grew() = kept.grew();
  if (kept.has_recall()) *envelope.mutable_recall() = kept.recall();
  return envelope;
}

}  // namespace

std::optional<Envelope> ReturnedRequest(const engine::PerformedEvent& told) {
  const ReferralEvent& event = told.event;
  switch (event.body_case()) {
    case ReferralEvent::kMirrored: {
      Envelope envelope = RequestEnvelope(event.mirrored().taken());
      *envelope.mutable_grew()->mutable_entries() = event.mirrored().entries();
      return envelope;
    }
    case ReferralEvent::kRecalled: {
      Envelope envelope = RequestEnvelope(event.recalled().taken());
      *envelope.mutable_recall()->mutable_classes() =
          event.recalled().classes();
      envelope.mutable_recall()->set_why(event.recalled().why());
      return envelope;
    }
    case ReferralEvent::kKept:
      return KeptEnvelope(told);
    case ReferralEvent::kWithheld:
      return RequestEnvelope(event.withheld().taken());
    case ReferralEvent::kErased:
      if (event.erased().taken() == 0) return std::nullopt;
      return RequestEnvelope(event.erased().taken());
    default:
      return std::nullopt;
  }
}

std::optional<Envelope> ReturnedPerformance(const engine::CaseHistory& told,
                                            int32_t number) {
  const event::v1::ReferralMoved& moved = told.event.referral_moved();
  if (moved.number() != number || moved.taken() == 0) return std::nullopt;
  Envelope envelope;
  envelope.set_side(v1::REFERRAL_SIDE_PERFORMANCE);
  envelope.set_sequence(moved.taken());
  auto& entries = *envelope.mutable_grew()->mutable_entries();
  entries = moved.performance();
  for (model::v1::ReferralEntry& entry : entries) {
    PutWords(told.opened, absl::StrCat("/", entry.sequence()), entry);
  }
  if (!entries.empty()) PutTexts(told.opened, *entries.begin());
  return envelope;
}

}  // namespace careroute::exchange::internal
