// bindings/c/internal/watch_sink.h: between a streaming method and its reader.
//
// The method writes, the reader takes; a few messages may lie in between, and
// then the method waits: a slow reader holds up its own watch and nobody else.
// Whoever ends it from outside (cancel, deadline, a hub that stops) says why,
// once; the method is told as if its caller had gone.

#ifndef CAREROUTE_BINDINGS_C_INTERNAL_WATCH_SINK_H_
#define CAREROUTE_BINDINGS_C_INTERNAL_WATCH_SINK_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "bindings/c/internal/answer.h"
#include "bindings/c/internal/hub.h"
#include "bindings/c/internal/poster.h"
#include "lib/api/call.h"
#include "lib/base/callback.h"
#include "lib/base/mutex.h"

namespace careroute::bindings {

// Messages that may wait for the reader: enough to bridge a change of threads,
// few enough to be nobody's memory.
inline constexpr size_t kMessagesAheadMax = 16;

// Thread-safe. Always held by shared_ptr.
class WatchSink final : public api::StreamSink,
                        public std::enable_shared_from_this<WatchSink> {
 public:
  struct Options {
    api::CallPtr call;
    std::shared_ptr<Poster> poster;
    // The method has finished; runs once, on any thread.
    std::function<void()> on_finished;
  };
  explicit WatchSink(Options options) : options_(std::move(options)) {}

  // --- The method's side ----------------------------------------------------
  void Write(std::string message, base::DoneStatus written) override;
  void Finish(absl::Status status) override;
  void OnCancel(absl::AnyInvocable<void()> gone) override;

  // --- The reader's side ----------------------------------------------------
  // What is there, without waiting.
  [[nodiscard]] std::optional<Answered> Take();
  // As Watch::Next and Watch::NextStart.
  [[nodiscard]] Answered Wait(absl::Duration timeout);
  [[nodiscard]] Answered Start(Answer answer);

  // --- From outside ---------------------------------------------------------
  // Nothing more comes, and what was not read is not read any more.
  void Cancel();
  // At its deadline. Messages that lie here are still read.
  void Expire();
  // Its hub stops, or is down: `why`. Tells a reader at once, on this thread.
  // Also a second time, once the threads that might have told are gone.
  void Stop(const absl::Status& why);

 private:
  [[nodiscard]] std::optional<Answered> TakeLocked() CAREROUTE_REQUIRES(mutex_);
  // Lets the method go on, on a thread of the hub.
  void Acknowledge(base::DoneStatus written);
  [[nodiscard]] base::DoneStatus TakeHeld() CAREROUTE_REQUIRES(mutex_);
  // Tells a reader that waits, in whichever way.
  void Tell();
  // The method is told that its caller has gone, unless it was before; `why` is
  // what the reader hears, unless the method said something else.
  void Part(absl::Status why, Leaving leaving);

  const Options options_;
  base::Mutex mutex_;
  base::CondVar something_;
  std::deque<std::string> messages_ CAREROUTE_GUARDED_BY(mutex_);
  // Of the last message, while there is no room for another.
  base::DoneStatus held_ CAREROUTE_GUARDED_BY(mutex_);
  absl::AnyInvocable<void()> on_gone_ CAREROUTE_GUARDED_BY(mutex_);
  std::optional<Answer> reader_ CAREROUTE_GUARDED_BY(mutex_);
  bool waits_ CAREROUTE_GUARDED_BY(mutex_) = false;
  bool finished_ CAREROUTE_GUARDED_BY(mutex_) = false;  // by the method
  // What the reader hears at the end.
  std::optional<absl::Status> end_ CAREROUTE_GUARDED_BY(mutex_);
  bool gone_ CAREROUTE_GUARDED_BY(mutex_) = false;
  bool stopped_ CAREROUTE_GUARDED_BY(mutex_) = false;
};

}  // namespace careroute::bindings

#endif  // CAREROUTE_BINDINGS_C_INTERNAL_WATCH_SINK_H_
