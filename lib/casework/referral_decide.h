// lib/casework/referral_decide.h: a command to a referral becomes entries of
// its halves, or a refusal. Needs no case.
//
// At home this runs inside the case's stream (referral_case.h adds what only a
// case knows); a hub that only performs keeps the referral as a stream of its
// own and calls it directly.
//
//   const ReferralDecision decision =
//       DecideReferral(referral, *FindProfile(""), command, context);
//   if (!decision.ok()) return Refused(*decision.refusal);
//   Fold(*decision.moved, referral);
//
// Which moves there are says the profile; what a move must bring with it is
// checked here. Nothing is judged about consents or the step.

#ifndef CAREROUTE_LIB_CASEWORK_REFERRAL_DECIDE_H_
#define CAREROUTE_LIB_CASEWORK_REFERRAL_DECIDE_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/command/v1/referral_command.pb.h"
#include "careroute/event/v1/case_event.pb.h"
#include "careroute/model/v1/actor.pb.h"
#include "careroute/model/v1/referral.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "careroute/model/v1/term.pb.h"
#include "google/protobuf/arena.h"
#include "lib/casework/referral.h"
#include "lib/casework/referral_profile.h"

namespace careroute::casework {

// A planned time may lie this long before the acceptance: who plans for a day
// often says its first hour, and who records late says what was planned then.
inline constexpr absl::Duration kPlannedBeforeMax = absl::Hours(24);

// What a decision about a referral needs besides it. Borrowed for the call;
// actor and arena must not be null.
struct ReferralContext {
  absl::Time now;       // recorded
  absl::Time happened;  // in life
  const model::v1::Actor* actor = nullptr;
  google::protobuf::Arena* arena = nullptr;
  // This hub hosts the performer: what its hub does by itself happens at once.
  bool performer_is_local = false;
  // For SendReferral: how it goes, by the way of disclosure it was made with.
  model::v1::Delivery delivery = model::v1::DELIVERY_SENT;
  // The envelope of a referral sent to another hub has begun to leave.
  bool has_left = false;
  // A deadline of the work is over, so that a completion needs a reason.
  bool overdue = false;
  // False: separation of duties keeps the acting member from performing.
  bool member_may_perform = true;
};

// A loop inside the state that opened or closed. An open one has a deadline of
// its own: `within` from the moment of the entry, on the calendar of `acts`.
struct LoopChange {
  model::v1::ReferralLoop loop = model::v1::REFERRAL_LOOP_UNSPECIFIED;
  std::int32_t number = 0;  // of the entry that opened it
  bool opens = false;       // false: closed, its deadline ends
  absl::string_view acts;   // the organisation that must answer
  // Borrowed from the edition; null = the step states no term, or there is no
  // step here: no deadline.
  const model::v1::Term* within = nullptr;
};

struct ReferralDecision {
  std::unique_ptr<model::v1::Refusal> refusal;
  // On the arena. Entries with their words in the plain: whoever stores them
  // seals them first. Without entries for a redirect of a closed referral.
  event::v1::ReferralMoved* moved = nullptr;
  std::vector<LoopChange> loops;

  [[nodiscard]] bool ok() const { return refusal == nullptr; }
};

// Pure and total. MakeReferral is refused: it needs a case. For
// RedirectReferral the decision is about the referral that is replaced; the new
// one is made by referral_case.h.
[[nodiscard]] ReferralDecision DecideReferral(
    const Referral& referral, const ReferralProfile& profile,
    const command::v1::ReferralCommand& command,
    const ReferralContext& context);

// What the performer's hub does by itself now: takes the referral in, completes
// a notice, which owes no answer, cancels what was not begun when cancel is
// asked. On the arena; null when there is nothing to do. Asked whenever the
// request half has grown; DecideReferral has asked already when the performer
// is local.
[[nodiscard]] event::v1::ReferralMoved* DecideHubMoves(
    const Referral& referral, const ReferralProfile& profile,
    const ReferralContext& context);

// Ends an open referral because its case ends or goes elsewhere, whoever acts:
// cancels what has not left, asks the performer to cancel what has. On the
// arena; null when it is closed or cancel is asked already.
struct TakingBack {
  model::v1::ReferralReason reason = model::v1::REFERRAL_REASON_UNSPECIFIED;
  std::vector<LoopChange>* loops = nullptr;  // added to
};
[[nodiscard]] event::v1::ReferralMoved* TakeBack(
    const Referral& referral, const ReferralProfile& profile,
    const TakingBack& taking_back, const ReferralContext& context);

// Who asks what they may do.
struct ReferralCaller {
  absl::string_view organisation;  // "organisations/{organisation}"
  bool is_hub = false;
  bool has_left = false;  // as in ReferralContext
};

// Names of the methods that are open to the caller now, in the order of the
// profile, each once.
[[nodiscard]] std::vector<absl::string_view> OpenTo(
    const Referral& referral, const ReferralProfile& profile,
    const ReferralCaller& caller);

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_REFERRAL_DECIDE_H_
