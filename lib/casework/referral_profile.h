// lib/casework/referral_profile.h: which moves a referral allows, as data.
//
// The three guides to referrals that systems follow disagree in single rows, so
// the machine is a table and a profile names which table. Code looks a row up;
// no state is compared anywhere else.
//
//   const ReferralProfile* profile = FindProfile(rule.profile());
//   for (const ReferralTransition& row : profile->rows) Print(row);
//
// The table of `default` is in referral_profile.cc, row for row as the design
// states it. Immutable, hence thread-safe.

#ifndef CAREROUTE_LIB_CASEWORK_REFERRAL_PROFILE_H_
#define CAREROUTE_LIB_CASEWORK_REFERRAL_PROFILE_H_

#include <cstdint>
#include <initializer_list>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "careroute/model/v1/referral.pb.h"

namespace careroute::casework {

// A set of states in two bytes.
class ReferralStates {
 public:
  constexpr ReferralStates() = default;
  constexpr ReferralStates(
      std::initializer_list<model::v1::ReferralState> states) {
    for (const model::v1::ReferralState state : states) {
      bits_ = static_cast<std::uint16_t>(bits_ | Bit(state));
    }
  }
  // UNSPECIFIED and states of a newer release are in no set.
  [[nodiscard]] constexpr bool Contains(model::v1::ReferralState state) const {
    return (bits_ & Bit(state)) != 0;
  }

 private:
  static_assert(model::v1::ReferralState_MAX < 16, "bits_ must grow");
  [[nodiscard]] static constexpr unsigned Bit(model::v1::ReferralState state) {
    return state <= model::v1::REFERRAL_STATE_UNSPECIFIED ||
                   state > model::v1::ReferralState_MAX
               ? 0
               : 1U << static_cast<unsigned>(state);
  }
  std::uint16_t bits_ = 0;
};

// Who may make a move. The performer's hub moves by itself where nobody has to
// think: it takes an envelope, it cancels what was not begun.
enum class ReferralParty : std::uint8_t {
  kRequester,
  kPerformer,
  kPerformersHub,
};

// What is asked: one a command, but an answer to a cancel is two.
enum class ReferralAction : std::uint8_t {
  kSend,
  kReceive,
  kAccept,
  kReject,
  kBegin,
  kHold,
  kResume,
  kComplete,
  kFail,
  kCancel,
  kAskCancel,
  kStopForCancel,      // AnswerCancel: the work stops
  kGoOnDespiteCancel,  // AnswerCancel: the work goes on
  kAskInformation,
  kGiveInformation,
  kReportInHand,
  kMarkInError,
  kRedirect,
  kCancelByItself,  // no command: the performer's hub
};

// For which deliveries a row holds.
enum class ReferralCarried : std::uint8_t { kEitherWay, kSent, kInHand };

// What must hold besides the state.
enum class ReferralWhen : std::uint8_t {
  kAlways,
  kNothingLeft,  // nothing of it has left this hub
  kCancelAsked,  // and not answered yet
  kNoCancelAsked,
  kQuestionOpen,
  kHalfBegun,  // the half of who moves has an entry
  kNotReplaced,
};

// A row. `to` is UNSPECIFIED where the state stays as it is (a loop), goes back
// (a resumption) or is what was reported.
struct ReferralTransition {
  ReferralStates from;
  model::v1::ReferralState to = model::v1::REFERRAL_STATE_UNSPECIFIED;
  ReferralParty by = ReferralParty::kRequester;
  ReferralAction action = ReferralAction::kSend;
  // UNSPECIFIED: nothing is written to this referral; a redirect of a closed
  // one only makes the new.
  model::v1::ReferralMove move = model::v1::REFERRAL_MOVE_UNSPECIFIED;
  ReferralCarried carried = ReferralCarried::kEitherWay;
  ReferralWhen when = ReferralWhen::kAlways;
  absl::string_view note;
};

struct ReferralProfile {
  absl::string_view id;
  absl::Span<const ReferralTransition> rows;
};

// The profile a step names; empty = "default". Null when there is none of that
// name.
[[nodiscard]] const ReferralProfile* FindProfile(absl::string_view id);

// Name of the method that asks for an action, such as "AcceptReferral"; empty
// for kCancelByItself.
[[nodiscard]] absl::string_view MethodOf(ReferralAction action);

// "requester", "performer" or "performers_hub": as refusals name who may.
[[nodiscard]] absl::string_view NameOf(ReferralParty party);

// "draft", "in_progress": the state as texts name it.
[[nodiscard]] absl::string_view NameOf(model::v1::ReferralState state);

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_REFERRAL_PROFILE_H_
