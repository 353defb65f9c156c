// The requester's half of a referral, as this hub wrote it before it was put
// back from a backup.
//
// What the performer's hub was told was said: the entries come back under their
// numbers as they are, and nobody decides on them anew. What else the events
// that are gone had done to the case is not known there; the coordinator is
// told to look.

#include <string>
#include <vector>

#include "lib/access/data_class_set.h"
#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/envelopes.h"
#include "lib/casework/internal/referral_apply.h"
#include "lib/casework/internal/referral_parts.h"
#include "lib/casework/internal/times.h"
#include "lib/casework/internal/told_entries.h"

namespace careroute::casework::internal {
namespace {

using model::v1::ReferralEntry;

// `referral` with the entry.
std::vector<LoopChange> LoopsOf(const ReferralEntry& entry,
                                const Referral& referral,
                                const model::v1::ReferralRule* rule) {
  switch (entry.move()) {
    case model::v1::REFERRAL_MOVE_CANCEL_ASKED:
      if (!CancelIsAsked(referral)) {
        return {};
      }
      return {{.loop = model::v1::REFERRAL_LOOP_CANCEL,
               .number = entry.sequence(),
               .opens = true,
               .acts = referral.performer,
               .within = rule != nullptr && rule->has_answer_cancel_within()
                             ? &rule->answer_cancel_within()
                             : nullptr}};
    case model::v1::REFERRAL_MOVE_INFORMATION_GIVEN:
      return {{.loop = model::v1::REFERRAL_LOOP_INFORMATION,
               .number = entry.loop()}};
    default:
      return {};
  }
}

// `now` is the referral with what came back before.
void Adopt(const ReferralEntry& told, Referral& now, Draft& draft) {
  ReferralEntry entry = told;
  if (HalfOf(entry.move()) != Half::kRequest || IsOverlong(entry) ||
      !FoldEntry(entry, now)) {
    return;
  }
  ToProto(Plausible(FromProto(told.happened_time()), now, draft),
          entry.mutable_happened_time());
  if (draft.state.erased) {
    Empty(entry);
  } else {
    ApplyLoops(LoopsOf(entry, now, LiveRuleOf(draft, now.occurrence)),
               now.number, now.occurrence, nullptr, draft);
  }
  *draft.event->mutable_referral_moved()->add_request() = entry;
  if (!IsOpen(StateOf(now))) {
    EndLoop(now.number, "", draft);
  }
}

}  // namespace

RefusalPtr AdoptRequest(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireHub(draft));
  const command::v1::AdoptRequest& command = draft.command.adopt_request();
  const Referral* referral = FindReferral(draft.state, command.referral());
  if (referral == nullptr || referral->hub.empty()) {
    return RefuseNotFound("referral");
  }
  CAREROUTE_RETURN_IF_REFUSED(
      CheckEnvelope(command.envelope(), referral->envelopes));
  event::v1::ReferralMoved& body = *draft.event->mutable_referral_moved();
  body.set_number(referral->number);
  draft.Tell(draft.Coordinator(), "request_given_back", referral->occurrence);
  if (!command.recalled().empty()) {
    Recall(*referral, access::DataClassSet::Of(command.recalled()), 0, draft);
    return nullptr;
  }
  if (!command.entries().empty()) {
    draft.happened = LastOf(command.entries(), *referral, draft);
  }
  Referral now = *referral;
  for (const ReferralEntry& entry : command.entries()) {
    Adopt(entry, now, draft);
  }
  TakeParts(*body.mutable_request(), draft.parts);
  TellAgain(*referral, draft);
  return nullptr;
}

}  // namespace careroute::casework::internal
