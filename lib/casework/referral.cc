#include "lib/casework/referral.h"

#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "lib/casework/internal/times.h"

namespace careroute::casework {
namespace {

using model::v1::ReferralEntry;
using model::v1::ReferralState;

constexpr absl::string_view kHubs = "hub/";

// A hostile half may hold anything; a list that cannot be a real one stops
// growing.
void Remember(std::int32_t number, std::vector<std::int32_t>& numbers) {
  if (numbers.size() < kQuestionsMax) {
    numbers.push_back(number);
  }
}

bool Holds(const std::vector<std::int32_t>& numbers, std::int32_t number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

void FoldTimes(const ReferralEntry& entry, ReferralHalf& half) {
  const absl::Time recorded = internal::FromProto(entry.recorded_time());
  if (half.entries == 1) {
    half.first_time = recorded;
  }
  half.last_time = recorded;
  if (entry.has_planned_time()) {
    half.planned_time = internal::FromProto(entry.planned_time());
  }
}

void FoldWords(const ReferralEntry& entry, ReferralHalf& half) {
  if (entry.reason() != model::v1::REFERRAL_REASON_UNSPECIFIED) {
    half.reason = entry.reason();
  }
  if (!entry.outcome().empty()) {
    half.outcome = entry.outcome();
  }
  if (!entry.better_provider().empty()) {
    half.better_provider = entry.better_provider();
  }
}

void FoldRequest(const ReferralEntry& entry, ReferralHalf& half) {
  switch (entry.move()) {
    case model::v1::REFERRAL_MOVE_MADE:
      half.state = model::v1::REFERRAL_STATE_DRAFT;
      break;
    case model::v1::REFERRAL_MOVE_SENT:
      half.state = model::v1::REFERRAL_STATE_REQUESTED;
      break;
    case model::v1::REFERRAL_MOVE_CANCELLED_BY_REQUESTER:
      half.state = model::v1::REFERRAL_STATE_CANCELLED;
      break;
    case model::v1::REFERRAL_MOVE_CANCEL_ASKED:
      half.cancel_loop = entry.sequence();
      break;
    case model::v1::REFERRAL_MOVE_INFORMATION_GIVEN:
      Remember(entry.loop(), half.questions);
      break;
    case model::v1::REFERRAL_MOVE_IN_HAND_REPORTED:
      half.state = entry.reported_state();
      half.reported_by = entry.reported_by();
      break;
    case model::v1::REFERRAL_MOVE_REQUEST_IN_ERROR:
      half.in_error = true;
      break;
    default:
      break;
  }
}

void FoldPerformance(const ReferralEntry& entry, ReferralHalf& half) {
  switch (entry.move()) {
    case model::v1::REFERRAL_MOVE_RECEIVED:
      half.state = model::v1::REFERRAL_STATE_RECEIVED;
      break;
    case model::v1::REFERRAL_MOVE_ACCEPTED:
      half.state = model::v1::REFERRAL_STATE_ACCEPTED;
      break;
    case model::v1::REFERRAL_MOVE_REJECTED:
      half.state = model::v1::REFERRAL_STATE_REJECTED;
      break;
    case model::v1::REFERRAL_MOVE_BEGUN:
      half.state = model::v1::REFERRAL_STATE_IN_PROGRESS;
      break;
    case model::v1::REFERRAL_MOVE_HELD:
      half.held_from = half.state;
      half.state = model::v1::REFERRAL_STATE_ON_HOLD;
      break;
    case model::v1::REFERRAL_MOVE_RESUMED:
      half.state = half.held_from;
      half.held_from = model::v1::REFERRAL_STATE_UNSPECIFIED;
      break;
    case model::v1::REFERRAL_MOVE_COMPLETED:
      half.state = model::v1::REFERRAL_STATE_COMPLETED;
      break;
    case model::v1::REFERRAL_MOVE_FAILED:
      half.state = model::v1::REFERRAL_STATE_FAILED;
      break;
    case model::v1::REFERRAL_MOVE_CANCELLED:
      half.state = model::v1::REFERRAL_STATE_CANCELLED;
      half.cancel_loop = entry.loop();
      break;
    case model::v1::REFERRAL_MOVE_CANCEL_DECLINED:
      half.cancel_loop = entry.loop();
      break;
    case model::v1::REFERRAL_MOVE_INFORMATION_ASKED:
      Remember(entry.sequence(), half.questions);
      break;
    case model::v1::REFERRAL_MOVE_PERFORMANCE_IN_ERROR:
      half.in_error = true;
      break;
    default:
      break;
  }
}

void FoldEntries(
    const google::protobuf::RepeatedPtrField<ReferralEntry>& entries,
    Referral& referral) {
  for (const ReferralEntry& entry : entries) {
    FoldEntry(entry, referral);
  }
}

}  // namespace

ReferralState StateOf(const Referral& referral) {
  if (referral.request.in_error || referral.performance.in_error) {
    return model::v1::REFERRAL_STATE_ENTERED_IN_ERROR;
  }
  const ReferralState performed = referral.performance.state;
  const ReferralState requested = referral.request.state;
  if (performed == model::v1::REFERRAL_STATE_UNSPECIFIED) {
    return requested;
  }
  if (requested == model::v1::REFERRAL_STATE_CANCELLED && IsOpen(performed)) {
    return requested;
  }
  return performed;
}

bool IsOpen(ReferralState state) {
  switch (state) {
    case model::v1::REFERRAL_STATE_DRAFT:
    case model::v1::REFERRAL_STATE_REQUESTED:
    case model::v1::REFERRAL_STATE_RECEIVED:
    case model::v1::REFERRAL_STATE_ACCEPTED:
    case model::v1::REFERRAL_STATE_IN_PROGRESS:
    case model::v1::REFERRAL_STATE_ON_HOLD:
      return true;
    default:
      return false;
  }
}

bool IsPerformed(const Referral& referral) {
  return referral.delivery == model::v1::DELIVERY_SENT &&
         !referral.performer.empty() && IsOpen(StateOf(referral));
}

bool IsTakenBack(const Referral& referral) {
  return referral.request.state == model::v1::REFERRAL_STATE_CANCELLED &&
         referral.performance.entries == 0;
}

bool CancelIsAsked(const Referral& referral) {
  return referral.request.cancel_loop > referral.performance.cancel_loop;
}

bool QuestionIsOpen(const Referral& referral, std::int32_t question) {
  return Holds(referral.performance.questions, question) &&
         !Holds(referral.request.questions, question);
}

std::int32_t OpenQuestion(const Referral& referral) {
  for (const std::int32_t question : referral.performance.questions) {
    if (!Holds(referral.request.questions, question)) {
      return question;
    }
  }
  return 0;
}

absl::string_view QueueOf(const Referral& referral) {
  const ReferralState state = StateOf(referral);
  if (!IsOpen(state)) {
    return {};
  }
  if (referral.delivery != model::v1::DELIVERY_SENT ||
      referral.performance.entries == 0 || referral.performer.empty()) {
    return referral.requester;
  }
  if (!CancelIsAsked(referral) && OpenQuestion(referral) != 0) {
    return referral.requester;
  }
  return referral.performer;
}

std::optional<Half> HalfOf(model::v1::ReferralMove move) {
  switch (move) {
    case model::v1::REFERRAL_MOVE_MADE:
    case model::v1::REFERRAL_MOVE_SENT:
    case model::v1::REFERRAL_MOVE_CANCELLED_BY_REQUESTER:
    case model::v1::REFERRAL_MOVE_CANCEL_ASKED:
    case model::v1::REFERRAL_MOVE_INFORMATION_GIVEN:
    case model::v1::REFERRAL_MOVE_IN_HAND_REPORTED:
    case model::v1::REFERRAL_MOVE_REQUEST_IN_ERROR:
      return Half::kRequest;
    case model::v1::REFERRAL_MOVE_RECEIVED:
    case model::v1::REFERRAL_MOVE_ACCEPTED:
    case model::v1::REFERRAL_MOVE_REJECTED:
    case model::v1::REFERRAL_MOVE_BEGUN:
    case model::v1::REFERRAL_MOVE_HELD:
    case model::v1::REFERRAL_MOVE_RESUMED:
    case model::v1::REFERRAL_MOVE_COMPLETED:
    case model::v1::REFERRAL_MOVE_FAILED:
    case model::v1::REFERRAL_MOVE_CANCELLED:
    case model::v1::REFERRAL_MOVE_CANCEL_DECLINED:
    case model::v1::REFERRAL_MOVE_INFORMATION_ASKED:
    case model::v1::REFERRAL_MOVE_PERFORMANCE_IN_ERROR:
      return Half::kPerformance;
    default:
      return std::nullopt;
  }
}

bool FoldMirrored(const ReferralEntry& entry, Referral& referral) {
  const std::optional<Half> which = HalfOf(entry.move());
  if (!which.has_value()) {
    return false;
  }
  ReferralHalf& half =
      *which == Half::kRequest ? referral.request : referral.performance;
  if (entry.sequence() <= half.entries ||
      entry.sequence() == std::numeric_limits<std::int32_t>::max() ||
      entry.sequence() - 1 - half.entries > kEntriesMissingMax) {
    return false;
  }
  half.entries = entry.sequence() - 1;
  return FoldEntry(entry, referral);
}

bool FoldLate(const ReferralEntry& entry, Referral& referral) {
  ReferralHalf& half = referral.request;
  if (HalfOf(entry.move()) != Half::kRequest || entry.sequence() < 1) {
    return false;
  }
  if (entry.sequence() > half.entries) {
    return FoldMirrored(entry, referral);
  }
  switch (entry.move()) {
    case model::v1::REFERRAL_MOVE_CANCELLED_BY_REQUESTER:
      half.state = model::v1::REFERRAL_STATE_CANCELLED;
      break;
    case model::v1::REFERRAL_MOVE_CANCEL_ASKED:
      half.cancel_loop = std::max(half.cancel_loop, entry.sequence());
      break;
    case model::v1::REFERRAL_MOVE_INFORMATION_GIVEN:
      if (!Holds(half.questions, entry.loop())) {
        Remember(entry.loop(), half.questions);
      }
      break;
    case model::v1::REFERRAL_MOVE_REQUEST_IN_ERROR:
      half.in_error = true;
      break;
    default:
      return false;
  }
  if (half.reason == model::v1::REFERRAL_REASON_UNSPECIFIED) {
    half.reason = entry.reason();
  }
  return true;
}

bool FoldEntry(const ReferralEntry& entry, Referral& referral) {
  const std::optional<Half> which = HalfOf(entry.move());
  if (!which.has_value()) {
    return false;
  }
  const bool requested = *which == Half::kRequest;
  ReferralHalf& half = requested ? referral.request : referral.performance;
  if (entry.sequence() != half.entries + 1) {
    return false;
  }
  half.entries = entry.sequence();
  FoldTimes(entry, half);
  FoldWords(entry, half);
  if (requested) {
    FoldRequest(entry, half);
  } else {
    FoldPerformance(entry, half);
  }
  return true;
}

Referral NewReferral(const event::v1::ReferralMade& made) {
  Referral referral;
  referral.number = made.number();
  if (const auto uid = base::UidFromBytes(made.uid()); uid.ok()) {
    referral.uid = *uid;
  }
  referral.kind = made.kind();
  referral.occurrence = made.occurrence();
  referral.step = made.step();
  referral.requester = made.requester();
  referral.performer = made.performer();
  referral.service = made.service();
  referral.disclosed = {
      .way = made.disclosed().way(),
      .consent = made.disclosed().consent(),
      .classes = access::DataClassSet::Of(made.disclosed().classes()),
      .judge_time = made.disclosed().has_judge_time()
                        ? internal::FromProto(made.disclosed().judge_time())
                        : absl::InfinitePast()};
  referral.delivery = made.delivery();
  referral.replaces = made.replaces();
  FoldEntries(made.request(), referral);
  FoldEntries(made.performance(), referral);
  return referral;
}

void Fold(const event::v1::ReferralMoved& moved, Referral& referral) {
  if (moved.delivery() != model::v1::DELIVERY_UNSPECIFIED) {
    referral.delivery = moved.delivery();
  }
  FoldEntries(moved.request(), referral);
  if (moved.taken() <= referral.taken) {
    FoldEntries(moved.performance(), referral);
    return;
  }
  referral.taken = moved.taken();
  for (const ReferralEntry& entry : moved.performance()) {
    FoldMirrored(entry, referral);
  }
  // Whoever answers has the referral.
  if (referral.performance.entries > 0 && referral.undelivered == 1) {
    referral.undelivered = 0;
    referral.undelivered_why.clear();
  }
}

void Fold(const event::v1::ReferralTouched& touched, Referral& referral) {
  FoldEntries(touched.request(), referral);
  FoldEntries(touched.performance(), referral);
}

void Fold(const event::v1::ReferralUndelivered& told, Referral& referral) {
  referral.undelivered = told.why().empty() ? 0 : told.envelope();
  referral.undelivered_why = told.why();
}

void Fold(const event::v1::Message& message, Referral& referral) {
  const absl::string_view hub = HubIn(message.to());
  if (hub.empty() || message.envelope() <= referral.envelopes) {
    return;
  }
  if (referral.first_message == 0) {
    referral.hub = std::string(hub);
    referral.first_message = message.sequence();
  }
  referral.envelopes = message.envelope();
}

std::string ToHub(absl::string_view hub) { return absl::StrCat(kHubs, hub); }

absl::string_view HubIn(absl::string_view destination) {
  return absl::ConsumePrefix(&destination, kHubs) ? destination
                                                  : absl::string_view();
}

}  // namespace careroute::casework
