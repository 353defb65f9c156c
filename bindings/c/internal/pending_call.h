// bindings/c/internal/pending_call.h: calls that were not answered at once.
//
// A call is answered once, by whoever comes first: its method, its deadline,
// whoever cancels it, or the hub that stops.
//
//   const auto pending = std::make_shared<PendingCall>(call, answer);
//   const uint64_t number = calls.Add(pending);
//   pending->Complete(reply);

#ifndef CAREROUTE_BINDINGS_C_INTERNAL_PENDING_CALL_H_
#define CAREROUTE_BINDINGS_C_INTERNAL_PENDING_CALL_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bindings/c/internal/answer.h"
#include "bindings/c/internal/hub.h"
#include "lib/api/call.h"
#include "lib/base/mutex.h"

namespace careroute::bindings {

// Thread-safe.
class PendingCall {
 public:
  // Somebody waits for it.
  explicit PendingCall(api::CallPtr call) : call_(std::move(call)) {}
  // A callback is to be told.
  PendingCall(api::CallPtr call, Answer answer)
      : call_(std::move(call)), answer_(std::move(answer)) {}

  [[nodiscard]] const api::CallPtr& call() const { return call_; }

  // The first answer counts; false for every other one.
  bool Complete(absl::StatusOr<std::string> reply);
  // As the first answer, and the method is told that nobody waits.
  void Abandon(absl::Status why, Leaving leaving);

  // Until it is answered; nothing when that took longer.
  [[nodiscard]] std::optional<absl::StatusOr<std::string>> Wait(
      absl::Duration timeout);

 private:
  const api::CallPtr call_;
  base::Mutex mutex_;
  base::CondVar told_;
  bool answered_ CAREROUTE_GUARDED_BY(mutex_) = false;
  std::optional<Answer> answer_ CAREROUTE_GUARDED_BY(mutex_);
  std::optional<absl::StatusOr<std::string>> reply_
      CAREROUTE_GUARDED_BY(mutex_);
};

using PendingCallPtr = std::shared_ptr<PendingCall>;

// Those of one hub, by number. Thread-safe.
class PendingCalls {
 public:
  // 0 after Cut: it is not kept, and whoever adds it abandons it.
  [[nodiscard]] uint64_t Add(PendingCallPtr call);
  void Remove(uint64_t number);
  // Null when it is over, or never was.
  [[nodiscard]] PendingCallPtr Find(uint64_t number);
  // Abandons all, and takes no more.
  void Cut(const absl::Status& why);

 private:
  base::Mutex mutex_;
  uint64_t given_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  bool cut_ CAREROUTE_GUARDED_BY(mutex_) = false;
  std::unordered_map<uint64_t, PendingCallPtr> calls_
      CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::bindings

#endif  // CAREROUTE_BINDINGS_C_INTERNAL_PENDING_CALL_H_
