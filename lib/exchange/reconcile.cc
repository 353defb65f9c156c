#include "lib/exchange/reconcile.h"

#include "lib/base/status_macros.h"

namespace careroute::exchange {
namespace {

using engine::ExchangeMarks;
using engine::Half;
using engine::OtherHalf;

Owed ReconcileOne(const ExchangeMarks* ours, const ExchangeMarks* theirs) {
  const ExchangeMarks& known = ours != nullptr ? *ours : *theirs;
  Owed owed{.referral = known.referral,
            .own = ours != nullptr ? ours->own : OtherHalf(theirs->own)};
  if (ours != nullptr && theirs != nullptr && ours->own == theirs->own) {
    owed.trouble = Trouble::kSameHalf;
    return owed;
  }
  if (ours == nullptr && owed.own == Half::kRequest) {
    owed.trouble = Trouble::kRequestLostHere;
    return owed;
  }
  if (theirs == nullptr && owed.own == Half::kPerformance) {
    owed.trouble = Trouble::kRequestLostThere;
    return owed;
  }
  const ExchangeMarks none;
  const ExchangeMarks& here = ours != nullptr ? *ours : none;
  const ExchangeMarks& there = theirs != nullptr ? *theirs : none;
  owed.send = {.first = there.taken + 1, .last = here.sent};
  owed.adopt = {.first = here.sent + 1, .last = there.taken};
  owed.give_back = {.first = there.sent + 1, .last = here.taken};
  owed.await = {.first = here.taken + 1, .last = there.sent};
  return owed;
}

bool IsNothing(const Owed& owed) {
  return owed.trouble == Trouble::kNone && owed.send.empty() &&
         owed.adopt.empty() && owed.give_back.empty() && owed.await.empty();
}

}  // namespace

std::vector<Owed> Reconcile(const MarksOfBoth& marks) {
  std::vector<Owed> all;
  auto ours = marks.ours.begin();
  auto theirs = marks.theirs.begin();
  while (ours != marks.ours.end() || theirs != marks.theirs.end()) {
    const bool is_ours =
        ours != marks.ours.end() &&
        (theirs == marks.theirs.end() || ours->referral <= theirs->referral);
    const bool is_theirs =
        theirs != marks.theirs.end() &&
        (ours == marks.ours.end() || theirs->referral <= ours->referral);
    const Owed owed = ReconcileOne(is_ours ? &*ours : nullptr,
                                   is_theirs ? &*theirs : nullptr);
    if (!IsNothing(owed)) all.push_back(owed);
    if (is_ours) ++ours;
    if (is_theirs) ++theirs;
  }
  return all;
}

v1::ReferralMarks ToProto(const ExchangeMarks& marks) {
  v1::ReferralMarks proto;
  proto.set_referral(marks.referral.Bytes());
  proto.set_side(marks.own == Half::kRequest ? v1::REFERRAL_SIDE_REQUEST
                                             : v1::REFERRAL_SIDE_PERFORMANCE);
  proto.set_sent(marks.sent);
  proto.set_taken(marks.taken);
  return proto;
}

absl::StatusOr<ExchangeMarks> FromProto(const v1::ReferralMarks& marks) {
  ExchangeMarks read{.sent = marks.sent(), .taken = marks.taken()};
  CAREROUTE_ASSIGN_OR_RETURN(read.referral,
                             base::UidFromBytes(marks.referral()));
  const bool has_side = marks.side() == v1::REFERRAL_SIDE_REQUEST ||
                        marks.side() == v1::REFERRAL_SIDE_PERFORMANCE;
  // One less than the largest, so that the next number is one.
  if (!has_side || marks.sent() < 0 || marks.taken() < 0 ||
      marks.sent() == INT32_MAX || marks.taken() == INT32_MAX) {
    return absl::InvalidArgumentError(
        "marks: a side or a number is none; send what the hub has stored");
  }
  read.own = marks.side() == v1::REFERRAL_SIDE_REQUEST ? Half::kRequest
                                                       : Half::kPerformance;
  return read;
}

}  // namespace careroute::exchange
