#include "tests/bench/round_trips.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "lib/base/real_clock.h"
#include "tests/bench/sure.h"

namespace careroute::bench {
namespace {

enum class Stage {
  kIdle,
  kCalling,    // a call is under way
  kReferred,   // on its way to the performer
  kAccepted,   // by the performer
  kCompleted,  // on its way back
};

// One referral after the other. Calls set its stage from threads of their own.
struct Slot {
  std::atomic<Stage> stage{Stage::kIdle};
  Referable from;
  base::Uid referral;
  absl::Duration begun;
};

class Keeper {
 public:
  Keeper(ExchangeWorld& world, std::vector<Referable>& cases,
         const KeepOptions& options)
      : world_(world), cases_(cases), options_(options) {
    for (size_t i = 0; i < options.in_flight; ++i) {
      slots_.push_back(std::make_unique<Slot>());
    }
  }

  Trips Keep() {
    begun_ = base::MonotonicTime();
    while (true) {
      const int64_t happened = world_.happened();
      bool busy = false;
      for (const auto& slot : slots_) busy = Advance(*slot) || busy;
      if (!busy) break;
      world_.WaitBeyond(happened);
    }
    const absl::Duration taken = base::MonotonicTime() - begun_;
    trips_.per_second = static_cast<double>(trips_.latencies_ms.size()) /
                        absl::ToDoubleSeconds(taken);
    return std::move(trips_);
  }

 private:
  // False when the slot has nothing to do any more.
  bool Advance(Slot& slot) {
    const Stage stage = slot.stage;
    if (stage == Stage::kReferred && world_.HasArrived(slot.referral)) {
      Perform(slot, "accept { can_meet_needs: true }", Stage::kAccepted);
    } else if (stage == Stage::kAccepted) {
      Perform(slot, "complete { outcome: 'done' }", Stage::kCompleted);
    } else if (stage == Stage::kCompleted && world_.IsCompleted(slot.from)) {
      trips_.latencies_ms.push_back(
          absl::ToDoubleMilliseconds(base::MonotonicTime() - slot.begun));
      slot.stage = Stage::kIdle;
    }
    return slot.stage != Stage::kIdle || Begin(slot);
  }

  bool Begin(Slot& slot) {
    const bool over = base::MonotonicTime() - begun_ >= options_.duration &&
                      slot.begun > absl::ZeroDuration();
    if (over || cases_.empty()) return false;
    slot.from = cases_.back();
    cases_.pop_back();
    slot.begun = base::MonotonicTime();
    slot.stage = Stage::kCalling;
    world_.Refer(slot.from, [this, &slot](absl::StatusOr<base::Uid> uid) {
      slot.referral = Sure(std::move(uid));
      Reach(slot, Stage::kReferred);
    });
    return true;
  }

  void Perform(Slot& slot, const std::string& command, Stage next) {
    slot.stage = Stage::kCalling;
    world_.Perform(slot.referral, command,
                   [this, &slot, next](absl::StatusOr<bool> done) {
                     Sure(std::move(done));
                     Reach(slot, next);
                   });
  }

  void Reach(Slot& slot, Stage stage) {
    slot.stage = stage;
    world_.Notify();
  }

  ExchangeWorld& world_;
  std::vector<Referable>& cases_;
  const KeepOptions options_;
  absl::Duration begun_;
  std::vector<std::unique_ptr<Slot>> slots_;
  Trips trips_;
};

}  // namespace

Trips MakeTrips(ExchangeWorld& world, std::vector<Referable>& cases,
                const KeepOptions& options) {
  return Keeper(world, cases, options).Keep();
}

}  // namespace careroute::bench
