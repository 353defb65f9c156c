#include "tests/bench/load.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <utility>

#include "lib/base/mutex.h"
#include "lib/base/real_clock.h"
#include "services/core/await.h"
#include "tests/bench/sure.h"

namespace careroute::bench {
namespace {

// Counts down to the last answer.
class Latch {
 public:
  explicit Latch(size_t count) : left_(count) {}

  void Leave() {
    base::MutexLock lock(mutex_);
    if (--left_ == 0) done_.NotifyAll();
  }
  void Wait() {
    base::MutexLock lock(mutex_);
    while (left_ > 0) done_.Wait(mutex_);
  }

 private:
  base::Mutex mutex_;
  base::CondVar done_;
  size_t left_ CAREROUTE_GUARDED_BY(mutex_);
};

// Shared: the last answering thread may still be in it when the wait is over.
class Keeping : public std::enable_shared_from_this<Keeping> {
 public:
  Keeping(const Target& target, Script& script, const KeepOptions& options)
      : target_(target),
        script_(script),
        slots_(std::min(options.in_flight, script.slots())),
        latch_(slots_.size()),
        begun_(base::MonotonicTime()),
        until_(begun_ + options.duration) {}

  LoadResult Run() {
    for (size_t slot = 0; slot < slots_.size(); ++slot) Ask(slot);
    latch_.Wait();
    const absl::Duration taken = base::MonotonicTime() - begun_;
    LoadResult result{.a_reply = std::move(slots_.front().reply)};
    for (const Slot& slot : slots_) {
      result.latencies_ms.insert(result.latencies_ms.end(),
                                 slot.latencies_ms.begin(),
                                 slot.latencies_ms.end());
    }
    result.per_second = static_cast<double>(result.latencies_ms.size()) /
                        absl::ToDoubleSeconds(taken);
    return result;
  }

 private:
  struct Slot {
    std::vector<double> latencies_ms;
    std::string reply;
  };

  void Ask(size_t slot) {
    OneCall call = script_.Next(slot);
    const absl::Duration asked = base::MonotonicTime();
    target_.Send(std::move(call), [self = shared_from_this(), slot,
                                   asked](absl::StatusOr<std::string> reply) {
      self->Answered(slot, asked, Sure(std::move(reply)));
    });
  }

  void Answered(size_t slot, absl::Duration asked, std::string reply) {
    const absl::Duration now = base::MonotonicTime();
    Slot& one = slots_[slot];
    one.latencies_ms.push_back(absl::ToDoubleMilliseconds(now - asked));
    one.reply = std::move(reply);
    if (now < until_) {
      Ask(slot);
    } else {
      latch_.Leave();
    }
  }

  const Target& target_;
  Script& script_;
  std::vector<Slot> slots_;
  Latch latch_;
  const absl::Duration begun_;
  const absl::Duration until_;
};

void WaitUntil(absl::Duration when) {
  base::Mutex mutex;
  base::CondVar nobody_notifies;
  base::MutexLock lock(mutex);
  absl::Duration left = when - base::MonotonicTime();
  while (left > absl::ZeroDuration()) {
    nobody_notifies.WaitFor(mutex, left);
    left = when - base::MonotonicTime();
  }
}

}  // namespace

LoadResult KeepInFlight(const Target& target, Script& script,
                        const KeepOptions& options) {
  return std::make_shared<Keeping>(target, script, options)->Run();
}

LoadResult AskInTurn(const Target& target, Script& script,
                     absl::Duration duration) {
  LoadResult result;
  const absl::Duration begun = base::MonotonicTime();
  absl::Duration now = begun;
  while (result.latencies_ms.empty() || now < begun + duration) {
    OneCall call = script.Next(0);
    const absl::Duration asked = base::MonotonicTime();
    result.a_reply = Sure(services::Await<std::string>(
        [&target, &call](base::Done<std::string> done) {
          target.Send(std::move(call), std::move(done));
        }));
    now = base::MonotonicTime();
    result.latencies_ms.push_back(absl::ToDoubleMilliseconds(now - asked));
  }
  result.per_second = static_cast<double>(result.latencies_ms.size()) /
                      absl::ToDoubleSeconds(now - begun);
  return result;
}

size_t KeepPace(const Target& target, Script& script,
                const PaceOptions& options) {
  const auto count = static_cast<size_t>(std::max<int64_t>(
      1, std::llround(options.per_second *
                      absl::ToDoubleSeconds(options.duration))));
  const absl::Duration begun = base::MonotonicTime();
  auto latch = std::make_shared<Latch>(count);
  for (size_t i = 0; i < count; ++i) {
    WaitUntil(begun +
              absl::Seconds(static_cast<double>(i) / options.per_second));
    target.Send(script.Next(i % script.slots()),
                [latch](absl::StatusOr<std::string> reply) {
                  Sure(reply.status());
                  latch->Leave();
                });
  }
  latch->Wait();
  return count;
}

}  // namespace careroute::bench
