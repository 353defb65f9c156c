#include "lib/casework/internal/hand_over_fold.h"

#include <string>

#include "lib/casework/internal/edit.h"

namespace careroute::casework::internal {

void FoldFrozen(const event::v1::CaseFrozen& body, int64_t version,
                Case& state) {
  const auto hand_over = base::UidFromBytes(body.hand_over());
  state.home.frozen =
      FreezeRecord{.hand_over = hand_over.ok() ? *hand_over : base::Uid{},
                   .hub = body.hub(),
                   .coordinator = body.coordinator(),
                   .version = version};
}

void FoldReceived(const event::v1::CaseReceived& body, Case& state) {
  state.home.frozen.reset();
  if (!state.home.hub.empty()) {
    Insert(state.home.past, state.home.hub);
  }
  state.home.hub = body.hub();
  state.coordinator = body.coordinator();
  state.deputy = body.deputy();
  state.hand_overs.clear();
  const absl::string_view requester = OrganisationOf(body.coordinator());
  for (Referral& referral : state.referrals) {
    referral.requester = std::string(requester);
  }
}

}  // namespace careroute::casework::internal
