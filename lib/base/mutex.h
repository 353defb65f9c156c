// lib/base/mutex.h: the one mutex of the project.
//
// A std::mutex with Clang's thread-safety annotations. absl::Mutex is not used:
// Debian's Abseil is built without ThreadSanitizer, which then reports false
// races through it.
//
//   base::Mutex mutex_;
//   int count_ CAREROUTE_GUARDED_BY(mutex_);
//   base::MutexLock lock(mutex_);

#ifndef CAREROUTE_LIB_BASE_MUTEX_H_
#define CAREROUTE_LIB_BASE_MUTEX_H_

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "absl/time/time.h"

#if defined(__clang__)
#define CAREROUTE_THREAD_ANNOTATION_(x) __attribute__((x))
#else
#define CAREROUTE_THREAD_ANNOTATION_(x)
#endif
#define CAREROUTE_GUARDED_BY(x) CAREROUTE_THREAD_ANNOTATION_(guarded_by(x))
#define CAREROUTE_REQUIRES(x) \
  CAREROUTE_THREAD_ANNOTATION_(requires_capability(x))
#define CAREROUTE_EXCLUDES(x) CAREROUTE_THREAD_ANNOTATION_(locks_excluded(x))

namespace careroute::base {

class CAREROUTE_THREAD_ANNOTATION_(capability("mutex")) Mutex {
 public:
  Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  void Lock() CAREROUTE_THREAD_ANNOTATION_(acquire_capability()) {
    mutex_.lock();
  }
  void Unlock() CAREROUTE_THREAD_ANNOTATION_(release_capability()) {
    mutex_.unlock();
  }

 private:
  friend class CondVar;
  std::mutex mutex_;
};

// Holds the mutex for a scope.
class CAREROUTE_THREAD_ANNOTATION_(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex)
      CAREROUTE_THREAD_ANNOTATION_(acquire_capability(mutex))
      : mutex_(mutex) {
    mutex_.Lock();
  }
  ~MutexLock() CAREROUTE_THREAD_ANNOTATION_(release_capability()) {
    mutex_.Unlock();
  }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

// For the borders that may wait (thread pools, the command line).
class CondVar {
 public:
  // Spurious wake-ups happen: always wait in a loop over the condition.
  void Wait(Mutex& mutex) CAREROUTE_REQUIRES(mutex) {
    std::unique_lock<std::mutex> lock(mutex.mutex_, std::adopt_lock);
    condition_.wait(lock);
    lock.release();
  }
  // Returns after `timeout` at the latest, without saying why it woke. A longer
  // wait than kWaitMax is cut to it: an infinite one would overflow the clock,
  // and callers loop anyway.
  static constexpr absl::Duration kWaitMax = absl::Hours(1);
  void WaitFor(Mutex& mutex, absl::Duration timeout) CAREROUTE_REQUIRES(mutex) {
    std::unique_lock<std::mutex> lock(mutex.mutex_, std::adopt_lock);
    condition_.wait_for(lock,
                        absl::ToChronoNanoseconds(std::min(timeout, kWaitMax)));
    lock.release();
  }
  void NotifyOne() { condition_.notify_one(); }
  void NotifyAll() { condition_.notify_all(); }

 private:
  std::condition_variable condition_;
};

}  // namespace careroute::base

#endif  // CAREROUTE_LIB_BASE_MUTEX_H_
