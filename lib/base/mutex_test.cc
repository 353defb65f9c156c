#include "lib/base/mutex.h"

#include <thread>

#include "gtest/gtest.h"

namespace careroute::base {
namespace {

struct Counter {
  Mutex mutex;
  CondVar changed;
  int count CAREROUTE_GUARDED_BY(mutex) = 0;
};

TEST(Mutex, LetsOneThreadInAtATime) {
  Counter counter;
  const auto count_up = [&counter] {
    for (int n = 0; n < 1000; ++n) {
      MutexLock lock(counter.mutex);
      ++counter.count;
    }
  };
  std::thread one(count_up);
  std::thread two(count_up);
  one.join();
  two.join();
  MutexLock lock(counter.mutex);
  EXPECT_EQ(counter.count, 2000);
}

TEST(CondVar, WakesTheOneThatWaits) {
  Counter counter;
  std::thread waiter([&counter] {
    MutexLock lock(counter.mutex);
    while (counter.count == 0) {
      counter.changed.Wait(counter.mutex);
    }
    counter.count = 2;
    counter.changed.NotifyAll();
  });
  {
    MutexLock lock(counter.mutex);
    counter.count = 1;
    counter.changed.NotifyOne();
    while (counter.count != 2) {
      counter.changed.Wait(counter.mutex);
    }
    EXPECT_EQ(counter.count, 2);
  }
  waiter.join();
}

TEST(CondVar, StopsWaitingAfterTheTimeout) {
  Counter counter;
  MutexLock lock(counter.mutex);
  counter.changed.WaitFor(counter.mutex, absl::Milliseconds(1));
  counter.changed.WaitFor(counter.mutex, -absl::InfiniteDuration());
  EXPECT_EQ(counter.count, 0);  // nobody changed it, and here we are
}

TEST(CondVar, IsWokenFromAnInfiniteWait) {
  Counter counter;
  std::thread waiter([&counter] {
    MutexLock lock(counter.mutex);
    counter.count = 1;
    counter.changed.NotifyAll();
    while (counter.count != 2) {
      counter.changed.WaitFor(counter.mutex, absl::InfiniteDuration());
    }
  });
  {
    MutexLock lock(counter.mutex);
    while (counter.count != 1) {
      counter.changed.WaitFor(counter.mutex, absl::InfiniteDuration());
    }
    counter.count = 2;
    counter.changed.NotifyAll();
  }
  waiter.join();
}

}  // namespace
}  // namespace careroute::base
