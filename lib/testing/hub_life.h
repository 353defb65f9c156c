// lib/testing/hub_life.h: a hub between a start and the end of its process.
//
// What a process had under way ends with it: tasks that wait, and answers that
// would have come. So all of one hub runs through one HubLife, which can be
// ended at any moment, between any two tasks. Its time may be ahead of the
// world's: PostAt takes instants of the hub's own clock.
//
//   auto life = std::make_shared<HubLife>(options);
//   store.ReadHead(stream, life->Wrap<StreamHead>(std::move(done)));
//   life->End();  // `done` is never called

#ifndef CAREROUTE_LIB_TESTING_HUB_LIFE_H_
#define CAREROUTE_LIB_TESTING_HUB_LIFE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"

namespace careroute::testing {

// How long a disk's word takes to whoever waits for it: in between a hub may
// die with a write that is durable and not acknowledged.
inline constexpr absl::Duration kAnswerTakes = absl::Milliseconds(1);

// For one thread. Always held by shared_ptr; what it is given must outlive it.
class HubLife final : public base::Executor,
                      public std::enable_shared_from_this<HubLife> {
 public:
  struct Options {
    base::ManualExecutor& executor;
    const base::Clock& clock;  // the executor's
    absl::Duration ahead;      // of the hub's own clock; below zero = behind
  };
  explicit HubLife(const Options& options)
      : executor_(options.executor),
        clock_(options.clock),
        ahead_(options.ahead) {}

  void Post(base::Task task) override;
  void PostAt(absl::Time when, base::Task task) override;

  // Drops what waits, and whatever is posted from now on. Not from within one
  // of its own tasks.
  void End();
  [[nodiscard]] bool ended() const { return ended_; }

  // A callback for somebody who outlives this hub: it answers through this
  // life, `after` later, and not at all once that is over.
  template <typename T>
  [[nodiscard]] base::Done<T> Wrap(
      base::Done<T> done, absl::Duration after = absl::ZeroDuration()) {
    return [self = shared_from_this(), after,
            done = std::move(done)](absl::StatusOr<T> answer) mutable {
      self->PostIn(after, [done = std::move(done),
                           answer = std::move(answer)]() mutable {
        std::move(done)(std::move(answer));
      });
    };
  }
  [[nodiscard]] base::DoneStatus WrapStatus(
      base::DoneStatus done, absl::Duration after = absl::ZeroDuration());

 private:
  using Number = int64_t;

  void PostIn(absl::Duration after, base::Task task);
  [[nodiscard]] base::Task Running(base::Task task);
  void Run(Number number);

  base::ManualExecutor& executor_;
  const base::Clock& clock_;
  const absl::Duration ahead_;
  bool ended_ = false;
  Number next_ = 0;
  std::map<Number, base::Task> waiting_;
};

}  // namespace careroute::testing

#endif  // CAREROUTE_LIB_TESTING_HUB_LIFE_H_
