// lib/casework/referral.h: a referral as it is folded, its state and whose
// queue it is in.
//
// A referral has two append-only halves with one writer each: the request
// (requester's hub) and the performance (performer's hub). Each half is folded
// by itself; nothing of one half is ever written because of an entry of the
// other. What the referral is now is asked of both together, by pure functions,
// so it cannot matter in which order entries of the two halves arrived.
//
//   Referral referral = NewReferral(made);
//   Fold(moved, referral);
//   if (IsOpen(StateOf(referral))) Show(QueueOf(referral), referral);
//
// The entries themselves stay in the stream; what is kept here is what a
// decision needs, and does not grow with the number of entries beyond the
// questions, which are at most kQuestionsMax.

#ifndef CAREROUTE_LIB_CASEWORK_REFERRAL_H_
#define CAREROUTE_LIB_CASEWORK_REFERRAL_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/event/v1/case_event.pb.h"
#include "careroute/event/v1/consequences.pb.h"
#include "careroute/model/v1/referral.pb.h"
#include "careroute/model/v1/step.pb.h"
#include "lib/access/data_class_set.h"
#include "lib/base/uid.h"

namespace careroute::casework {

// Who asks more often has not understood the answer; they should telephone.
inline constexpr std::size_t kQuestionsMax = 20;

// As many entries as ten envelopes hold: nobody withholds more in a row.
inline constexpr std::int32_t kEntriesMissingMax = 1000;

// Which of the two halves an entry belongs to.
enum class Half : std::uint8_t { kRequest, kPerformance };

// What one half says. The same struct serves both; a field only one half uses
// stays at its default in the other.
struct ReferralHalf {
  std::int32_t entries = 0;  // how many; the number of the last one
  // What this half alone says the state is; UNSPECIFIED while it is empty.
  model::v1::ReferralState state = model::v1::REFERRAL_STATE_UNSPECIFIED;
  // Performance: what it goes back to when a hold ends.
  model::v1::ReferralState held_from = model::v1::REFERRAL_STATE_UNSPECIFIED;
  bool in_error = false;
  // Request: number of the last entry that asked to cancel. Performance: number
  // of the last such entry it answered. 0 = none.
  std::int32_t cancel_loop = 0;
  // Performance: numbers of the entries that asked something. Request: numbers
  // of those that were answered. Ascending in the order they were folded.
  std::vector<std::int32_t> questions;
  // The last coded reason of a rejection, hold, failure or cancel.
  model::v1::ReferralReason reason = model::v1::REFERRAL_REASON_UNSPECIFIED;
  std::string outcome;          // of a completion; an outcome of the step
  std::string better_provider;  // named by a performer that rejected
  // Request, in hand: who brought the last word.
  model::v1::ReportedBy reported_by = model::v1::REPORTED_BY_UNSPECIFIED;
  absl::Time first_time = absl::InfinitePast();    // recorded
  absl::Time last_time = absl::InfinitePast();     // recorded
  absl::Time planned_time = absl::InfinitePast();  // InfinitePast = not said

  friend bool operator==(const ReferralHalf&, const ReferralHalf&) = default;
};

// What was disclosed when the referral was made: the clear part. The data
// itself is sealed and never folded.
struct DisclosedClear {
  std::string way;      // id of the step's way
  std::string consent;  // "cases/{case}/consents/{n}"; empty for law
  access::DataClassSet classes;
  absl::Time judge_time = absl::InfinitePast();

  friend bool operator==(const DisclosedClear&,
                         const DisclosedClear&) = default;
};

struct Referral {
  std::int32_t number = 0;  // in the case; 0 at a hub that only performs
  base::Uid uid;
  model::v1::ReferralKind kind = model::v1::REFERRAL_KIND_UNSPECIFIED;
  std::int32_t occurrence = 0;
  std::string step;       // its id; the occurrence may be over by now
  std::string requester;  // "organisations/{organisation}"
  std::string performer;  // empty: in hand, wherever the family goes
  std::string service;
  DisclosedClear disclosed;
  model::v1::Delivery delivery = model::v1::DELIVERY_UNSPECIFIED;
  ReferralHalf request;
  ReferralHalf performance;
  std::int32_t replaces = 0;     // number of the one it replaces; 0 = none
  std::int32_t replaced_by = 0;  // number of the one that replaces it

  // Of a referral whose halves are kept by two hubs; in a case its own half is
  // the request.
  std::string hub;                 // of the performer; empty = this one
  std::int32_t envelopes = 0;      // of the own half; the number of the last
  std::int64_t first_message = 0;  // of the case, the first of them
  std::int32_t taken = 0;          // the last envelope of the other half
  std::int32_t undelivered = 0;    // the envelope that did not arrive; 0 = none
  std::string undelivered_why;     // message key

  friend bool operator==(const Referral&, const Referral&) = default;
};

// --- What it is now: pure functions of both halves --------------------------

// A half marked in error makes the referral entered in error. Otherwise the
// performance half says the state as soon as it says anything, except that a
// referral taken back before it was sent is cancelled unless the performer has
// already ended it; and while it says nothing, the request half does.
[[nodiscard]] model::v1::ReferralState StateOf(const Referral& referral);

// True for draft, requested, received, accepted, in progress and on hold.
[[nodiscard]] bool IsOpen(model::v1::ReferralState state);

// Whether its performer has it, and may tell of it still.
[[nodiscard]] bool IsPerformed(const Referral& referral);

// Whether it was taken back before its performer did anything of it: what has
// not left does not leave any more.
[[nodiscard]] bool IsTakenBack(const Referral& referral);

// Whether a cancel was asked and not answered yet.
[[nodiscard]] bool CancelIsAsked(const Referral& referral);

// Number of the oldest question not answered yet; 0 = none is open.
[[nodiscard]] std::int32_t OpenQuestion(const Referral& referral);
[[nodiscard]] bool QuestionIsOpen(const Referral& referral,
                                  std::int32_t question);

// The organisation in whose work queue it is: exactly one while it is open,
// none ("") once it is not. In this order:
//   in hand, a draft, or sent and not yet taken     the requester
//   a cancel is asked                               the performer
//   a question is open                              the requester
//   anything else                                   the performer
// Borrowed from `referral`.
[[nodiscard]] absl::string_view QueueOf(const Referral& referral);

// --- Fold -------------------------------------------------------------------

// The half a move belongs to. UNSPECIFIED and moves of a newer release belong
// to none: such an entry makes its event unreadable for this release, which the
// format number of the event has said before.
[[nodiscard]] std::optional<Half> HalfOf(model::v1::ReferralMove move);

// Adds an entry to the half its move belongs to. An entry that is there already
// (its number is not the next one) changes nothing: returns false. Total: any
// entry leaves a referral that can be asked.
bool FoldEntry(const model::v1::ReferralEntry& entry, Referral& referral);

// The same for an entry of a half that another hub writes. Its envelopes come
// in order but may come empty, so numbers that are missing are passed over, at
// most kEntriesMissingMax at once.
bool FoldMirrored(const model::v1::ReferralEntry& entry, Referral& referral);

// The same for an entry of the request half whose envelope was kept until it
// was understood, so that later numbers may be there before it. Then what those
// say stands, and of this one counts what they leave standing: a cancel that is
// asked or made, a question answered, a mark of error.
bool FoldLate(const model::v1::ReferralEntry& entry, Referral& referral);

// The referral as it was made, with the entries made at once.
[[nodiscard]] Referral NewReferral(const event::v1::ReferralMade& made);

// Entries of both halves and, when it was sent, how; which envelope of the
// other hub brought them.
void Fold(const event::v1::ReferralMoved& moved, Referral& referral);
void Fold(const event::v1::ReferralTouched& touched, Referral& referral);
// What it tells its performer did not arrive there, or did after all.
void Fold(const event::v1::ReferralUndelivered& told, Referral& referral);
// A message of the case to the performer's hub.
void Fold(const event::v1::Message& message, Referral& referral);

// The name of a hub as somebody to tell: "hub/ID", and back; empty for whoever
// is no hub.
[[nodiscard]] std::string ToHub(absl::string_view hub);
[[nodiscard]] absl::string_view HubIn(absl::string_view destination);

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_REFERRAL_H_
