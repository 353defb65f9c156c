// lib/casework/internal/referral_entry.h: what a move must bring with it, and
// the entry made of it.
//
// Which moves there are says the profile; here is what each of them says.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_ENTRY_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_ENTRY_H_

#include "careroute/command/v1/referral_command.pb.h"
#include "careroute/model/v1/referral.pb.h"
#include "lib/casework/internal/referral_refuse.h"
#include "lib/casework/referral.h"
#include "lib/casework/referral_decide.h"

namespace careroute::casework::internal {

// A move to be checked and written down. All borrowed.
struct MoveAsked {
  const Referral* referral = nullptr;
  const command::v1::ReferralCommand* command = nullptr;
  const ReferralContext* context = nullptr;
  ReferralAction action = ReferralAction::kSend;
};

// The action a command asks for; kCancelByItself when it asks for none that a
// referral which exists already can answer.
[[nodiscard]] ReferralAction ActionOf(
    const command::v1::ReferralCommand& command);

// Everything that is missing or contradictory in what the command brings; null
// when nothing is.
[[nodiscard]] RefusalPtr CheckContent(const MoveAsked& asked);

// Writes the command's words, facts and dates into the entry; move, number,
// times and actor are there already.
void FillContent(const MoveAsked& asked, model::v1::ReferralEntry& entry);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_ENTRY_H_
