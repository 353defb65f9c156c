#include "lib/casework/referral_profile.h"

namespace careroute::casework {
namespace {

using Action = ReferralAction;
using Carried = ReferralCarried;
using States = ReferralStates;
using When = ReferralWhen;

constexpr auto kNone = model::v1::REFERRAL_MOVE_UNSPECIFIED;
constexpr auto kStays = model::v1::REFERRAL_STATE_UNSPECIFIED;
constexpr auto kDraft = model::v1::REFERRAL_STATE_DRAFT;
constexpr auto kRequested = model::v1::REFERRAL_STATE_REQUESTED;
constexpr auto kReceived = model::v1::REFERRAL_STATE_RECEIVED;
constexpr auto kAccepted = model::v1::REFERRAL_STATE_ACCEPTED;
constexpr auto kRejected = model::v1::REFERRAL_STATE_REJECTED;
constexpr auto kInProgress = model::v1::REFERRAL_STATE_IN_PROGRESS;
constexpr auto kOnHold = model::v1::REFERRAL_STATE_ON_HOLD;
constexpr auto kCompleted = model::v1::REFERRAL_STATE_COMPLETED;
constexpr auto kFailed = model::v1::REFERRAL_STATE_FAILED;
constexpr auto kCancelled = model::v1::REFERRAL_STATE_CANCELLED;
constexpr auto kInError = model::v1::REFERRAL_STATE_ENTERED_IN_ERROR;

constexpr auto kRequester = ReferralParty::kRequester;
constexpr auto kPerformer = ReferralParty::kPerformer;
constexpr auto kHub = ReferralParty::kPerformersHub;

constexpr States kAnyButInError = {
    kDraft,      kRequested, kReceived,  kAccepted, kRejected,
    kInProgress, kOnHold,    kCompleted, kFailed,   kCancelled};

constexpr auto kMoveSent = model::v1::REFERRAL_MOVE_SENT;
constexpr auto kMoveCancelledByRequester =
    model::v1::REFERRAL_MOVE_CANCELLED_BY_REQUESTER;
constexpr auto kMoveCancelAsked = model::v1::REFERRAL_MOVE_CANCEL_ASKED;
constexpr auto kMoveGiven = model::v1::REFERRAL_MOVE_INFORMATION_GIVEN;
constexpr auto kMoveReported = model::v1::REFERRAL_MOVE_IN_HAND_REPORTED;
constexpr auto kMoveRequestInError = model::v1::REFERRAL_MOVE_REQUEST_IN_ERROR;
constexpr auto kMoveReceived = model::v1::REFERRAL_MOVE_RECEIVED;
constexpr auto kMoveAccepted = model::v1::REFERRAL_MOVE_ACCEPTED;
constexpr auto kMoveRejected = model::v1::REFERRAL_MOVE_REJECTED;
constexpr auto kMoveBegun = model::v1::REFERRAL_MOVE_BEGUN;
constexpr auto kMoveHeld = model::v1::REFERRAL_MOVE_HELD;
constexpr auto kMoveResumed = model::v1::REFERRAL_MOVE_RESUMED;
constexpr auto kMoveCompleted = model::v1::REFERRAL_MOVE_COMPLETED;
constexpr auto kMoveFailed = model::v1::REFERRAL_MOVE_FAILED;
constexpr auto kMoveCancelled = model::v1::REFERRAL_MOVE_CANCELLED;
constexpr auto kMoveGoesOn = model::v1::REFERRAL_MOVE_CANCEL_DECLINED;
constexpr auto kMoveAsked = model::v1::REFERRAL_MOVE_INFORMATION_ASKED;
constexpr auto kMovePerformanceInError =
    model::v1::REFERRAL_MOVE_PERFORMANCE_IN_ERROR;

// One paragraph a row: from, to, by; what is asked and written; when.
// clang-format off
constexpr ReferralTransition kDefaultRows[] = {
  {{kDraft}, kRequested, kRequester,
   Action::kSend, kMoveSent, Carried::kEitherWay, When::kAlways,
   "guards and grounds are checked; what was disclosed is stored with it"},

  {{kDraft}, kCancelled, kRequester,
   Action::kCancel, kMoveCancelledByRequester, Carried::kEitherWay,
   When::kAlways, "nothing has left"},

  {{kRequested}, kCancelled, kRequester,
   Action::kCancel, kMoveCancelledByRequester, Carried::kSent,
   When::kNothingLeft, "the envelope has not begun to leave"},

  {{kRequested, kAccepted, kInProgress}, kCancelled, kRequester,
   Action::kCancel, kMoveCancelledByRequester, Carried::kInHand,
   When::kAlways, "nothing was passed on, so there is nobody to ask"},

  {{kRequested}, kReceived, kPerformer,
   Action::kReceive, kMoveReceived, Carried::kSent, When::kAlways,
   "taken into the queue by hand"},

  {{kRequested}, kReceived, kHub,
   Action::kReceive, kMoveReceived, Carried::kSent, When::kAlways,
   "automatic when the performer's hub takes the envelope"},

  {{kRequested, kReceived}, kAccepted, kPerformer,
   Action::kAccept, kMoveAccepted, Carried::kSent, When::kAlways,
   "may carry a planned date; confirms it can meet the person's needs"},

  {{kRequested, kReceived, kAccepted}, kRejected, kPerformer,
   Action::kReject, kMoveRejected, Carried::kSent, When::kAlways,
   "coded reason; may name a better provider"},

  {{kRequested, kReceived, kAccepted}, kStays, kRequester,
   Action::kAskCancel, kMoveCancelAsked, Carried::kSent, When::kNoCancelAsked,
   "work has not begun: the performer's hub cancels by itself"},

  {{kRequested, kReceived, kAccepted}, kCancelled, kHub,
   Action::kCancelByItself, kMoveCancelled, Carried::kSent,
   When::kCancelAsked, "work has not begun"},

  {{kAccepted}, kInProgress, kPerformer,
   Action::kBegin, kMoveBegun, Carried::kSent, When::kAlways, ""},

  {{kAccepted, kInProgress}, kOnHold, kPerformer,
   Action::kHold, kMoveHeld, Carried::kSent, When::kAlways,
   "reason; stops only the clocks that allow it"},

  {{kOnHold}, kStays, kPerformer,
   Action::kResume, kMoveResumed, Carried::kSent, When::kAlways,
   "back to where it was held"},

  {{kInProgress, kOnHold}, kStays, kRequester,
   Action::kAskCancel, kMoveCancelAsked, Carried::kSent, When::kNoCancelAsked,
   "the performer cancels or completes, within a deadline"},

  {{kInProgress, kOnHold}, kCancelled, kPerformer,
   Action::kStopForCancel, kMoveCancelled, Carried::kSent,
   When::kCancelAsked, "only after cancel asked; what was done is reported"},

  {{kInProgress, kOnHold}, kStays, kPerformer,
   Action::kGoOnDespiteCancel, kMoveGoesOn, Carried::kSent,
   When::kCancelAsked, "the work goes on to its end"},

  {{kRequested, kReceived, kAccepted, kInProgress, kOnHold}, kStays, kPerformer,
   Action::kAskInformation, kMoveAsked, Carried::kSent, When::kAlways,
   "a loop inside the state, with its own deadline"},

  {{kRequested, kReceived, kAccepted, kInProgress, kOnHold}, kStays, kRequester,
   Action::kGiveInformation, kMoveGiven, Carried::kSent, When::kQuestionOpen,
   "what it discloses is judged like the referral itself"},

  {{kAccepted, kInProgress, kOnHold}, kCompleted, kPerformer,
   Action::kComplete, kMoveCompleted, Carried::kSent, When::kAlways,
   "outcome code and result data"},

  {{kAccepted, kInProgress, kOnHold}, kFailed, kPerformer,
   Action::kFail, kMoveFailed, Carried::kSent, When::kAlways, "coded reason"},

  {{kRequested, kAccepted, kInProgress}, kStays, kRequester,
   Action::kReportInHand, kMoveReported, Carried::kInHand, When::kAlways,
   "as the family, or the provider with the family's word, reports"},

  {{kDraft}, kCancelled, kRequester,
   Action::kRedirect, kMoveCancelledByRequester, Carried::kEitherWay,
   When::kNotReplaced, "a new referral names this one"},

  {{kRequested}, kCancelled, kRequester,
   Action::kRedirect, kMoveCancelledByRequester, Carried::kInHand,
   When::kNotReplaced, "a new referral names this one"},

  {{kRequested, kReceived, kAccepted}, kStays, kRequester,
   Action::kRedirect, kMoveCancelAsked, Carried::kSent, When::kNotReplaced,
   "a new referral names this one; it is cancelled, work has not begun"},

  {{kRejected, kFailed, kCancelled}, kStays, kRequester,
   Action::kRedirect, kNone, Carried::kEitherWay, When::kNotReplaced,
   "a new referral names this one"},

  {kAnyButInError, kInError, kRequester,
   Action::kMarkInError, kMoveRequestInError, Carried::kEitherWay,
   When::kAlways, "compensated, nothing deleted"},

  {kAnyButInError, kInError, kPerformer,
   Action::kMarkInError, kMovePerformanceInError, Carried::kSent,
   When::kHalfBegun, "compensated, nothing deleted"},
};
// clang-format on

constexpr ReferralProfile kProfiles[] = {{"default", kDefaultRows}};

}  // namespace

const ReferralProfile* FindProfile(absl::string_view id) {
  for (const ReferralProfile& profile : kProfiles) {
    if (id.empty() || profile.id == id) {
      return &profile;
    }
  }
  return nullptr;
}

absl::string_view MethodOf(ReferralAction action) {
  switch (action) {
    case Action::kSend:
      return "SendReferral";
    case Action::kReceive:
      return "ReceiveReferral";
    case Action::kAccept:
      return "AcceptReferral";
    case Action::kReject:
      return "RejectReferral";
    case Action::kBegin:
      return "BeginReferral";
    case Action::kHold:
      return "HoldReferral";
    case Action::kResume:
      return "ResumeReferral";
    case Action::kComplete:
      return "CompleteReferral";
    case Action::kFail:
      return "FailReferral";
    case Action::kCancel:
      return "CancelReferral";
    case Action::kAskCancel:
      return "AskCancel";
    case Action::kStopForCancel:
    case Action::kGoOnDespiteCancel:
      return "AnswerCancel";
    case Action::kAskInformation:
      return "AskInformation";
    case Action::kGiveInformation:
      return "GiveInformation";
    case Action::kReportInHand:
      return "ReportInHand";
    case Action::kMarkInError:
      return "MarkReferralInError";
    case Action::kRedirect:
      return "RedirectReferral";
    case Action::kCancelByItself:
      break;
  }
  return {};
}

absl::string_view NameOf(ReferralParty party) {
  switch (party) {
    case kRequester:
      return "requester";
    case kPerformer:
      return "performer";
    case kHub:
      return "performers_hub";
  }
  return {};
}

absl::string_view NameOf(model::v1::ReferralState state) {
  switch (state) {
    case kDraft:
      return "draft";
    case kRequested:
      return "requested";
    case kReceived:
      return "received";
    case kAccepted:
      return "accepted";
    case kRejected:
      return "rejected";
    case kInProgress:
      return "in_progress";
    case kOnHold:
      return "on_hold";
    case kCompleted:
      return "completed";
    case kFailed:
      return "failed";
    case kCancelled:
      return "cancelled";
    case kInError:
      return "entered_in_error";
    default:
      return "unknown";
  }
}

}  // namespace careroute::casework
