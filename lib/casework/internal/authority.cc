#include "lib/casework/internal/authority.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "lib/casework/internal/edit.h"
#include "lib/casework/internal/performers.h"

namespace careroute::casework::internal {
namespace {

using model::v1::Step;

RefusalPtr NotYourMove(absl::string_view who) {
  return RefuseMissing(model::v1::ERROR_REASON_NOT_YOUR_MOVE, "not_your_move",
                       "someone else must do it",
                       {.what = "actor",
                        .can_be_met_by = who,
                        .mend = "ask them to make the move"});
}

RefusalPtr DutiesConflict(absl::string_view step, absl::string_view message) {
  return RefuseMissing(model::v1::ERROR_REASON_SEPARATION_OF_DUTIES,
                       "separation_of_duties", message,
                       {.what = absl::StrCat("step/", step),
                        .mend = "let somebody else do this step"});
}

absl::string_view WhoPerforms(const Step& step) {
  return step.performer().who_case() == model::v1::Performer::kRole
             ? absl::string_view(step.performer().role())
             : absl::string_view("performer");
}

bool IsPerformer(const Draft& draft, const Live& live, const Step& step) {
  const std::string& organisation = draft.context.actor->organisation();
  if (live.performer == organisation ||
      (live.performer.empty() &&
       MayPerform(draft, organisation, step.performer()))) {
    return true;
  }
  return std::any_of(step.co_performers().begin(), step.co_performers().end(),
                     [&](const model::v1::Performer& one) {
                       return MayPerform(draft, organisation, one);
                     });
}

}  // namespace

bool IsCoordinator(const Draft& draft) {
  const std::string& member = draft.context.actor->member();
  if (member.empty()) {
    return false;
  }
  if (member == draft.Coordinator() || member == draft.state.deputy) {
    return true;
  }
  const OrganisationFacts* home =
      draft.context.directory->Find(OrganisationOf(draft.Coordinator()));
  return home != nullptr && home->head == member;
}

bool IsHub(const Draft& draft) {
  return draft.context.actor->role() == model::v1::ACTOR_ROLE_HUB;
}

bool IsParticipant(const Draft& draft) {
  return Contains(draft.state.participants,
                  draft.context.actor->organisation()) ||
         IsCoordinator(draft);
}

RefusalPtr RequireCoordinator(const Draft& draft) {
  return IsCoordinator(draft) ? nullptr : NotYourMove("coordinator");
}

RefusalPtr RequireParticipant(const Draft& draft) {
  return IsParticipant(draft) ? nullptr : NotYourMove("participant");
}

RefusalPtr RequireHub(const Draft& draft) {
  return IsHub(draft) ? nullptr
                      : NewRefusal(model::v1::ERROR_REASON_ROLE_NOT_ALLOWED,
                                   "only_hub", "only the hub does this");
}

RefusalPtr CheckDuties(const Draft& draft, const Step& step) {
  const model::v1::Actor& actor = *draft.context.actor;
  if (const absl::string_view other =
          MemberConflict(draft, actor.member(), step.performer());
      !other.empty()) {
    return DutiesConflict(other, "the same member may not do both steps");
  }
  if (const absl::string_view other =
          OrganisationConflict(draft, actor.organisation(), step.performer());
      !other.empty()) {
    return DutiesConflict(other, "the same organisation may not do both steps");
  }
  return nullptr;
}

RefusalPtr RequirePerformer(const Draft& draft, const Live& live,
                            const Step& step) {
  CAREROUTE_RETURN_IF_REFUSED(CheckDuties(draft, step));
  if (IsFamily(draft, step.performer())) {
    if (!IsParticipant(draft)) {
      return NotYourMove("family");
    }
    return draft.command.word_given() == model::v1::WORD_GIVEN_UNSPECIFIED
               ? RefuseMissing(
                     model::v1::ERROR_REASON_OUTCOME_INCOMPLETE,
                     "word_given_needed",
                     "it is the family's move: how was its word given",
                     {.what = "word_given",
                      .can_be_met_by = "family",
                      .mend = "say how the word was given"})
               : nullptr;
  }
  if (IsPerformer(draft, live, step) || IsCoordinator(draft)) {
    return nullptr;
  }
  return NotYourMove(WhoPerforms(step));
}

}  // namespace careroute::casework::internal
