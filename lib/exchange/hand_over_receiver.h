// lib/exchange/hand_over_receiver.h: what comes of a case that moves from one
// hub to another.
//
//   receiver.Take(case_uid, envelope, done);   // of side OFFER or ANSWER
//   receiver.Learn({.case_uid = uid, ...}, done);   // given back
//
// When this hub learns that its case was taken, what its own members perform
// for the case is described as another hub would tell it, for from now on one
// does.

#ifndef CAREROUTE_LIB_EXCHANGE_HAND_OVER_RECEIVER_H_
#define CAREROUTE_LIB_EXCHANGE_HAND_OVER_RECEIVER_H_

#include <memory>

#include "careroute/exchange/v1/envelope.pb.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/uid.h"
#include "lib/calendar/calendar_set.h"
#include "lib/engine/case_fence.h"
#include "lib/engine/cases.h"
#include "lib/engine/hand_overs.h"

namespace careroute::exchange {

// Thread-safe. Everything handed in must outlive it.
class HandOverReceiver {
 public:
  struct Options {
    engine::Cases& cases;
    engine::HandOvers& hand_overs;
    const engine::CaseFence& fence;
    const base::Clock& clock;
    const calendar::CalendarSet& calendars;
  };
  explicit HandOverReceiver(const Options& options) : options_(options) {}

  // The envelope was judged: who speaks is who it says, and it is whole.
  // UNAVAILABLE while the fence is up: what it says may be answered already, by
  // what this hub has forgotten.
  void Take(base::Uid case_uid, v1::Envelope envelope,
            base::Done<engine::TakeResult> done);

  // The event by which another hub took a case of this one, or did not.
  void Learn(engine::HandOvers::Answer answer,
             base::Done<engine::TakeResult> done);

 private:
  struct Job;
  using JobPtr = std::shared_ptr<Job>;

  void TakeAnswer(const JobPtr& job);
  void ReadOn(const JobPtr& job);
  void Describe(const JobPtr& job);

  const Options options_;
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_HAND_OVER_RECEIVER_H_
