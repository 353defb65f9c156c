#include "lib/casework/testing/referral_machine.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "google/protobuf/text_format.h"
#include "lib/base/check.h"
#include "lib/casework/referral_profile.h"

namespace careroute::casework::testing {
namespace {

using model::v1::ReferralMove;
using model::v1::ReferralState;

model::v1::Actor ActorOf(const std::string& organisation,
                         model::v1::ActorRole role) {
  model::v1::Actor actor;
  actor.set_organisation(organisation);
  actor.set_member(absl::StrCat(organisation, "/members/one"));
  actor.set_role(role);
  actor.set_purpose("care");
  return actor;
}

// What a performer writes on the way to a state, after it took the referral.
std::vector<ReferralMove> MovesTo(ReferralState state) {
  switch (state) {
    case model::v1::REFERRAL_STATE_ACCEPTED:
      return {model::v1::REFERRAL_MOVE_ACCEPTED};
    case model::v1::REFERRAL_STATE_REJECTED:
      return {model::v1::REFERRAL_MOVE_REJECTED};
    case model::v1::REFERRAL_STATE_IN_PROGRESS:
      return {model::v1::REFERRAL_MOVE_ACCEPTED,
              model::v1::REFERRAL_MOVE_BEGUN};
    case model::v1::REFERRAL_STATE_ON_HOLD:
      return {model::v1::REFERRAL_MOVE_ACCEPTED, model::v1::REFERRAL_MOVE_HELD};
    case model::v1::REFERRAL_STATE_COMPLETED:
      return {model::v1::REFERRAL_MOVE_ACCEPTED,
              model::v1::REFERRAL_MOVE_COMPLETED};
    case model::v1::REFERRAL_STATE_FAILED:
      return {model::v1::REFERRAL_MOVE_ACCEPTED,
              model::v1::REFERRAL_MOVE_FAILED};
    case model::v1::REFERRAL_STATE_CANCELLED:
      return {model::v1::REFERRAL_MOVE_CANCELLED};
    default:
      return {};
  }
}

}  // namespace

ReferralMachine::ReferralMachine(bool performer_is_local)
    : requester_(ActorOf(kClinic, model::v1::ACTOR_ROLE_COORDINATOR)),
      performer_(ActorOf(kCentre, model::v1::ACTOR_ROLE_PERFORMER)),
      hub_(ActorOf(kCentre, model::v1::ACTOR_ROLE_HUB)),
      stranger_(ActorOf(kKindergarten, model::v1::ACTOR_ROLE_COORDINATOR)) {
  referral_.number = 1;
  referral_.kind = model::v1::REFERRAL_KIND_REFERRAL;
  referral_.requester = kClinic;
  referral_.performer = kCentre;
  referral_.disclosed.classes = {model::v1::DATA_CLASS_IDENTITY,
                                 model::v1::DATA_CLASS_NEEDS};
  context_.now = absl::FromUnixSeconds(1'772'000'000);
  context_.happened = context_.now;
  context_.actor = &hub_;
  context_.arena = &arena_;
  context_.performer_is_local = performer_is_local;
  Add(model::v1::REFERRAL_MOVE_MADE);
}

void ReferralMachine::Add(ReferralMove move) {
  model::v1::ReferralEntry entry;
  entry.set_move(move);
  entry.set_sequence(1 + (HalfOf(move) == Half::kRequest
                              ? referral_.request.entries
                              : referral_.performance.entries));
  CAREROUTE_CHECK(FoldEntry(entry, referral_));
}

void ReferralMachine::Bring(ReferralState state, model::v1::Delivery delivery) {
  if (state == model::v1::REFERRAL_STATE_DRAFT) {
    return;
  }
  Add(model::v1::REFERRAL_MOVE_SENT);
  referral_.delivery = delivery;
  if (state == model::v1::REFERRAL_STATE_REQUESTED) {
    return;
  }
  if (state == model::v1::REFERRAL_STATE_ENTERED_IN_ERROR) {
    return Add(model::v1::REFERRAL_MOVE_REQUEST_IN_ERROR);
  }
  if (delivery == model::v1::DELIVERY_IN_HAND) {
    referral_.request.state = state;
    return;
  }
  Add(model::v1::REFERRAL_MOVE_RECEIVED);
  for (const ReferralMove move : MovesTo(state)) {
    Add(move);
  }
}

ReferralDecision ReferralMachine::Decide(const std::string& command,
                                         const model::v1::Actor& actor) {
  return Decide(ParseReferralCommand(command), actor);
}

ReferralDecision ReferralMachine::Decide(
    const command::v1::ReferralCommand& command,
    const model::v1::Actor& actor) {
  context_.actor = &actor;
  return DecideReferral(referral_, *FindProfile(""), command, context_);
}

void ReferralMachine::Apply(const ReferralDecision& decision) {
  CAREROUTE_CHECK(decision.ok());
  Fold(*decision.moved, referral_);
}

command::v1::ReferralCommand ParseReferralCommand(const std::string& text) {
  command::v1::ReferralCommand command;
  CAREROUTE_CHECK(
      google::protobuf::TextFormat::ParseFromString(text, &command));
  return command;
}

}  // namespace careroute::casework::testing
