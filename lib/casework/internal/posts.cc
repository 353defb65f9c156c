// The posts of a case change hands only when the new holder accepts.

#include <string>

#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/times.h"

namespace careroute::casework::internal {
namespace {

const std::string& HolderOf(const Draft& draft, model::v1::Post post) {
  return post == model::v1::POST_DEPUTY ? draft.state.deputy
                                        : draft.state.coordinator;
}

RefusalPtr FindOffer(const Draft& draft, int32_t number,
                     const HandOverRecord*& hand_over) {
  hand_over = FindHandOver(draft.state, number);
  if (hand_over == nullptr) {
    return RefuseNotFound("hand_over");
  }
  if (draft.context.actor->member() != hand_over->to) {
    return RefuseMissing(
        model::v1::ERROR_REASON_NOT_YOUR_MOVE, "not_your_move",
        "the post was offered to another",
        {.what = "actor", .mend = "let the member it was offered to answer"});
  }
  return nullptr;
}

// A deputy who becomes coordinator leaves the other post to the head until a
// new deputy accepts: no post is ever empty.
void FillDeputy(const HandOverRecord& accepted, Draft& draft) {
  if (accepted.post != model::v1::POST_COORDINATOR ||
      accepted.to != draft.state.deputy) {
    return;
  }
  const OrganisationFacts* home =
      draft.context.directory->Find(OrganisationOf(accepted.to));
  const std::string& deputy =
      home != nullptr && !home->head.empty() && home->head != accepted.to
          ? home->head
          : draft.state.coordinator;
  draft.consequences().set_deputy(deputy);
  draft.Tell(deputy, "deputy_needed", 0);
}

}  // namespace

RefusalPtr OfferPost(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireCoordinator(draft));
  const command::v1::OfferPost& command = draft.command.offer_post();
  if (command.post() != model::v1::POST_COORDINATOR &&
      command.post() != model::v1::POST_DEPUTY) {
    return RefuseInvalid("post", "there is no such post",
                         "offer the coordinator's or the deputy's");
  }
  if (!draft.context.directory->MemberExists(command.to())) {
    return NewRefusal(model::v1::ERROR_REASON_UNKNOWN_REFERENCE,
                      "unknown_member", "there is no such member in service");
  }
  const std::string& from = HolderOf(draft, command.post());
  if (from == command.to()) {
    return RefuseState("holds_post", "the member holds the post already");
  }
  model::v1::HandOver& hand_over =
      *draft.event->mutable_post_offered()->mutable_hand_over();
  hand_over.set_number(draft.state.next.hand_over);
  hand_over.set_post(command.post());
  hand_over.set_from(from);
  hand_over.set_to(command.to());
  ToProto(draft.happened, hand_over.mutable_offer_time());
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "note", command.note());
  draft.Tell(command.to(), "post_offered", 0);
  return nullptr;
}

RefusalPtr AcceptPost(Draft& draft) {
  const HandOverRecord* hand_over = nullptr;
  CAREROUTE_RETURN_IF_REFUSED(
      FindOffer(draft, draft.command.accept_post().hand_over(), hand_over));
  event::v1::PostAccepted& body = *draft.event->mutable_post_accepted();
  body.set_hand_over(hand_over->number);
  body.set_post(hand_over->post);
  body.set_holder(hand_over->to);
  FillDeputy(*hand_over, draft);
  if (hand_over->post == model::v1::POST_COORDINATOR) {
    // Home may be another place now, and with it the calendar of clocks.
    draft.SetCoordinator(hand_over->to);
    draft.TouchDeadlines();
  }
  draft.Join(OrganisationOf(hand_over->to));
  draft.Tell(hand_over->from, "post_accepted", 0);
  return nullptr;
}

RefusalPtr DeclinePost(Draft& draft) {
  const HandOverRecord* hand_over = nullptr;
  CAREROUTE_RETURN_IF_REFUSED(
      FindOffer(draft, draft.command.decline_post().hand_over(), hand_over));
  draft.event->mutable_post_declined()->set_hand_over(hand_over->number);
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "note",
                      draft.command.decline_post().note());
  draft.Tell(hand_over->from, "post_declined", 0);
  return nullptr;
}

}  // namespace careroute::casework::internal
