#include "services/grpc/internal/reactors.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/time/time.h"
#include "lib/api/status.h"
#include "lib/base/mutex.h"
#include "lib/base/real_clock.h"

namespace careroute::services::internal {
namespace {

using grpc::ByteBuffer;
using grpc::CallbackServerContext;

constexpr absl::string_view kMetadataPrefix = "careroute-";
constexpr absl::string_view kAuthorization = "authorization";

std::optional<std::string> BytesOf(const ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  if (!buffer.Dump(&slices).ok()) return std::nullopt;
  std::string bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

ByteBuffer BufferOf(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return ByteBuffer(&slice, 1);
}

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()),
                      std::string(status.message()),
                      api::StatusDetails(status));
}

api::CallPtr CallOf(const api::Method& method,
                    const CallbackServerContext& context) {
  auto call = std::make_shared<api::Call>();
  call->method = method.descriptor->full_name();
  call->deadline = absl::FromChrono(context.deadline());
  for (const auto& [key, value] : context.client_metadata()) {
    const absl::string_view name(key.data(), key.size());
    if (name == kAuthorization) {
      call->authorization.emplace_back(value.data(), value.size());
    }
    if (!absl::StartsWith(name, kMetadataPrefix)) continue;
    call->metadata.emplace_back(std::string(name),
                                std::string(value.data(), value.size()));
  }
  return call;
}

// A caller hangs up at its own deadline, which comes before the one heard here:
// gRPC sends how long is left, rounded up, by this much for a hundred seconds.
constexpr absl::Duration kDeadlineSlack = absl::Milliseconds(100);

// Tells whoever asks, and whoever waits to hear it.
void CallerLeft(api::Call& call) {
  call.expired = base::RealClock().Now() >= call.deadline - kDeadlineSlack;
  call.cancelled = true;
  call.cancelled.notify_all();
}

absl::Status UnreadableRequest() {
  return absl::InvalidArgumentError("the request could not be read");
}

class UnaryReactor final : public grpc::ServerUnaryReactor {
 public:
  // `live` counts the call; null for one that is refused at once.
  UnaryReactor(api::CallPtr call, ByteBuffer& response, LiveCalls* live)
      : call_(std::move(call)), response_(response), live_(live) {}

  void Complete(const absl::StatusOr<std::string>& reply) {
    if (reply.ok()) response_ = BufferOf(*reply);
    Finish(ToGrpc(reply.status()));
  }

  void OnCancel() override { CallerLeft(*call_); }
  void OnDone() override {
    if (live_ != nullptr) live_->End();
    delete this;
  }

 private:
  api::CallPtr call_;
  ByteBuffer& response_;
  LiveCalls* const live_;
};

// The reactor and the handler both hold the sink; the reactor leaves first or
// last, whichever comes.
class StreamState final : public api::StreamSink,
                          public std::enable_shared_from_this<StreamState> {
 public:
  class Reactor final : public grpc::ServerWriteReactor<ByteBuffer> {
   public:
    // `live` counts the call; null for one that is refused at once.
    Reactor(api::CallPtr call, std::shared_ptr<StreamState> state,
            LiveCalls* live)
        : call_(std::move(call)), state_(std::move(state)), live_(live) {}

    void OnWriteDone(bool ok) override { state_->WriteDone(ok); }
    void OnCancel() override {
      CallerLeft(*call_);
      state_->CallerGone();
    }
    void OnDone() override {
      state_->Detach();
      if (live_ != nullptr) live_->End();
      delete this;
    }

   private:
    api::CallPtr call_;
    std::shared_ptr<StreamState> state_;
    LiveCalls* const live_;
  };

  void Attach(Reactor* reactor, LiveCalls& live) {
    {
      base::MutexLock lock(mutex_);
      reactor_ = reactor;
    }
    const int64_t id = live.AddStream([self = weak_from_this()] {
      if (const auto state = self.lock()) state->Drain();
    });
    base::MutexLock lock(mutex_);
    live_ = &live;
    live_id_ = id;
  }

  void Write(std::string message, base::DoneStatus written) override {
    {
      base::MutexLock lock(mutex_);
      if (reactor_ != nullptr && !gone_ && !finished_) {
        buffer_ = BufferOf(message);
        written_ = std::move(written);
        reactor_->StartWrite(&buffer_);
        return;
      }
    }
    std::move(written)(absl::CancelledError("the caller has gone"));
  }

  void Finish(absl::Status status) override {
    base::MutexLock lock(mutex_);
    if (finished_ || reactor_ == nullptr) return;
    finished_ = true;
    reactor_->Finish(ToGrpc(draining_ ? Draining() : api::Presentable(status)));
  }

  void OnCancel(absl::AnyInvocable<void()> gone) override {
    {
      base::MutexLock lock(mutex_);
      if (!gone_) {
        on_gone_ = std::move(gone);
        return;
      }
    }
    gone();
  }

 private:
  void WriteDone(bool ok) {
    base::DoneStatus written;
    {
      base::MutexLock lock(mutex_);
      written = std::move(written_);
      written_ = nullptr;
    }
    if (written == nullptr) return;
    std::move(written)(ok ? absl::OkStatus()
                          : absl::CancelledError("the caller has gone"));
  }

  // To the handler it is as if the caller went; the caller hears why.
  void Drain() {
    {
      base::MutexLock lock(mutex_);
      draining_ = true;
    }
    CallerGone();
  }

  void CallerGone() {
    absl::AnyInvocable<void()> gone;
    {
      base::MutexLock lock(mutex_);
      gone_ = true;
      gone = std::move(on_gone_);
      on_gone_ = nullptr;
    }
    if (gone != nullptr) gone();
  }

  void Detach() {
    // What waits for the caller to go holds this object: it must not stay.
    absl::AnyInvocable<void()> never;
    LiveCalls* live = nullptr;
    int64_t id = 0;
    {
      base::MutexLock lock(mutex_);
      reactor_ = nullptr;
      gone_ = true;
      never = std::move(on_gone_);
      on_gone_ = nullptr;
      live = live_;
      id = live_id_;
    }
    if (live != nullptr) live->RemoveStream(id);
  }

  base::Mutex mutex_;
  Reactor* reactor_ CAREROUTE_GUARDED_BY(mutex_) = nullptr;
  ByteBuffer buffer_ CAREROUTE_GUARDED_BY(mutex_);
  base::DoneStatus written_ CAREROUTE_GUARDED_BY(mutex_);
  absl::AnyInvocable<void()> on_gone_ CAREROUTE_GUARDED_BY(mutex_);
  LiveCalls* live_ CAREROUTE_GUARDED_BY(mutex_) = nullptr;
  int64_t live_id_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  bool gone_ CAREROUTE_GUARDED_BY(mutex_) = false;
  bool draining_ CAREROUTE_GUARDED_BY(mutex_) = false;
  bool finished_ CAREROUTE_GUARDED_BY(mutex_) = false;
};

}  // namespace

grpc::ServerUnaryReactor* StartUnary(const api::Method& method,
                                     CallbackServerContext& context,
                                     const ByteBuffer& request,
                                     ByteBuffer& response,
                                     const DoorParts& door) {
  api::CallPtr call = CallOf(method, context);
  if (!door.live.Begin()) {
    auto* refused = new UnaryReactor(call, response, nullptr);
    refused->Complete(Draining());
    return refused;
  }
  auto* reactor = new UnaryReactor(call, response, &door.live);
  const absl::Status known = door.callers.Identify(context, *call);
  if (!known.ok()) {
    reactor->Complete(known);
    return reactor;
  }
  std::optional<std::string> bytes = BytesOf(request);
  if (!bytes.has_value()) {
    reactor->Complete(UnreadableRequest());
    return reactor;
  }
  method.unary(call, *std::move(bytes),
               [reactor](absl::StatusOr<std::string> reply) {
                 reactor->Complete(reply);
               });
  return reactor;
}

grpc::ServerWriteReactor<ByteBuffer>* StartStream(
    const api::Method& method, CallbackServerContext& context,
    const ByteBuffer& request, const DoorParts& door) {
  api::CallPtr call = CallOf(method, context);
  auto state = std::make_shared<StreamState>();
  const bool begins = door.live.Begin();
  auto* reactor =
      new StreamState::Reactor(call, state, begins ? &door.live : nullptr);
  state->Attach(reactor, door.live);
  if (!begins) {
    state->Finish(Draining());
    return reactor;
  }
  const absl::Status known = door.callers.Identify(context, *call);
  if (!known.ok()) {
    state->Finish(known);
    return reactor;
  }
  std::optional<std::string> bytes = BytesOf(request);
  if (!bytes.has_value()) {
    state->Finish(UnreadableRequest());
    return reactor;
  }
  method.stream(call, *std::move(bytes), state);
  return reactor;
}

}  // namespace careroute::services::internal
