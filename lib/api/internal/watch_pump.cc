#include "lib/api/internal/watch_pump.h"

#include <utility>

namespace careroute::api::internal {

void WatchPump::WatchStream(store::StreamId stream) {
  Begin(watches_.OnStream(stream, [self = weak_from_this()] {
    if (const auto pump = self.lock()) pump->Wake();
  }));
}

void WatchPump::WatchList(store::IndexList list) {
  Begin(watches_.OnList(std::move(list), [self = weak_from_this()] {
    if (const auto pump = self.lock()) pump->Wake();
  }));
}

void WatchPump::Begin(int64_t watch) {
  {
    base::MutexLock lock(mutex_);
    watch_ = watch;
  }
  // The sink keeps the pump alive until the caller goes.
  sink_->OnCancel([self = shared_from_this()] {
    self->End(absl::CancelledError("the caller has gone"));
  });
  Wake();
}

void WatchPump::Wake() {
  {
    base::MutexLock lock(mutex_);
    if (ended_) return;
    woken_ = true;
    if (busy_) return;
    busy_ = true;
    woken_ = false;
  }
  ReadNow();
}

void WatchPump::ReadNow() {
  read_([self = shared_from_this()](absl::StatusOr<Batch> batch) {
    if (!batch.ok()) return self->End(batch.status());
    self->Send(std::make_shared<Batch>(*std::move(batch)), 0);
  });
}

void WatchPump::Send(std::shared_ptr<Batch> batch, size_t index) {
  if (index < batch->messages.size()) {
    sink_->Write(
        std::move(batch->messages[index]),
        [self = shared_from_this(), batch, index](absl::Status written) {
          if (!written.ok()) return self->End(std::move(written));
          self->Send(batch, index + 1);
        });
    return;
  }
  {
    base::MutexLock lock(mutex_);
    if (ended_) return;
    if (!batch->more && !woken_) {
      busy_ = false;
      return;
    }
    woken_ = false;
  }
  ReadNow();
}

void WatchPump::End(absl::Status status) {
  int64_t watch = 0;
  {
    base::MutexLock lock(mutex_);
    if (ended_) return;
    ended_ = true;
    watch = watch_;
  }
  watches_.Remove(watch);
  sink_->Finish(std::move(status));
}

}  // namespace careroute::api::internal
