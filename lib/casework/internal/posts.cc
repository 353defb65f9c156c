// The posts of a case change hands only when the new holder accepts, or when
// the old one is out of service.

#include "lib/casework/internal/posts.h"

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

// Of an offer to whoever leaves, or to whoever holds the post without it.
bool Lapses(const HandOverRecord& offer, absl::string_view leaving,
            const Posts& next) {
  return offer.to == leaving ||
         offer.to == (offer.post == model::v1::POST_DEPUTY ? next.deputy
                                                           : next.coordinator);
}

RefusalPtr RefuseEmpty() {
  return RefuseMissing(
      model::v1::ERROR_REASON_WRONG_STATE, "nobody_steps_in",
      "neither the deputy nor the head is there to take the case",
      {.what = "organisation/head",
       .can_be_met_by = "administrator",
       .mend = "name a head of the organisation who is in service"});
}

// What changed, in the body; who must know of it is told.
void TellPosts(const Posts& next, event::v1::PostVacated& body, Draft& draft) {
  if (next.deputy != draft.state.deputy) {
    body.set_deputy(std::string(next.deputy));
    draft.Join(OrganisationOf(next.deputy));
    draft.Tell(next.deputy, "deputy_needed", 0);
  }
  if (next.coordinator == draft.state.coordinator) return;
  body.set_coordinator(std::string(next.coordinator));
  draft.SetCoordinator(next.coordinator);
  draft.Join(OrganisationOf(next.coordinator));
  // Home may be another place now, and with it the calendar of clocks.
  draft.TouchDeadlines();
  draft.Tell(next.coordinator, "post_vacated", 0);
  const OrganisationFacts* home =
      draft.context.directory->Find(OrganisationOf(draft.state.coordinator));
  if (home != nullptr) draft.Tell(home->head, "post_vacated", 0);
}

}  // namespace

Posts PostsWithout(absl::string_view member, const Case& state,
                   const DirectoryAnswers& directory) {
  const auto serves = [&](absl::string_view one) {
    return !one.empty() && one != member && directory.MemberExists(one);
  };
  const OrganisationFacts* home =
      directory.Find(OrganisationOf(state.coordinator));
  const absl::string_view head =
      home != nullptr && serves(home->head) ? home->head : absl::string_view();
  Posts next{.coordinator = state.coordinator, .deputy = state.deputy};
  if (state.coordinator == member) {
    next.coordinator = serves(state.deputy) ? state.deputy : head;
  }
  const bool needed = state.coordinator == member || state.deputy == member;
  if (needed) next.deputy = head.empty() ? next.coordinator : head;
  return next;
}

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
  draft.Tell(HolderOf(draft, hand_over->post), "post_accepted", 0);
  return nullptr;
}

RefusalPtr DeclinePost(Draft& draft) {
  const HandOverRecord* hand_over = nullptr;
  CAREROUTE_RETURN_IF_REFUSED(
      FindOffer(draft, draft.command.decline_post().hand_over(), hand_over));
  draft.event->mutable_post_declined()->set_hand_over(hand_over->number);
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "note",
                      draft.command.decline_post().note());
  draft.Tell(HolderOf(draft, hand_over->post), "post_declined", 0);
  return nullptr;
}

RefusalPtr VacatePost(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireHub(draft));
  const std::string& member = draft.command.vacate_post().member();
  const Posts next =
      PostsWithout(member, draft.state, *draft.context.directory);
  if (next.coordinator.empty()) return RefuseEmpty();
  event::v1::PostVacated& body = *draft.event->mutable_post_vacated();
  for (const HandOverRecord& one : draft.state.hand_overs) {
    if (Lapses(one, member, next)) body.add_lapsed(one.number);
  }
  if (member != draft.state.coordinator && member != draft.state.deputy &&
      body.lapsed().empty()) {
    return RefuseState("holds_no_post",
                       "the member has no post here and is offered none");
  }
  body.set_member(member);
  TellPosts(next, body, draft);
  return nullptr;
}

}  // namespace careroute::casework::internal
