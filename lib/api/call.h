// lib/api/call.h: one call, as every door hands it in.
//
//   auto call = std::make_shared<Call>();
//   call->metadata = ...;  call->deadline = ...;
//   method.unary(call, request_bytes, std::move(done));

#ifndef CAREROUTE_LIB_API_CALL_H_
#define CAREROUTE_LIB_API_CALL_H_

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "careroute/model/v1/actor.pb.h"
#include "lib/base/callback.h"

namespace careroute::api {

// Longest request a door lets in: it may carry a pathway with its blocks and
// texts; more is no request.
inline constexpr int kRequestBytesMax = 16 << 20;

// Shared by the door and the handler. Fields are set before the handler runs
// and only read afterwards; Cancel may come from any thread at any time.
struct Call {
  // Pairs the caller sent that begin with "careroute-", keys in lower case.
  std::vector<std::pair<std::string, std::string>> metadata;
  // When the caller stops waiting; InfiniteFuture = never.
  absl::Time deadline = absl::InfiniteFuture();
  // Full name of the method, "careroute.api.v1.CaseService.GetCase".
  std::string method;
  // The hub that calls, where the door knows that it is one of this hub's
  // peers: from its certificate, or in development mode from what it says.
  std::string peer_hub;
  // Subject of the certificate the caller presented, as RFC 4514 writes it;
  // empty = none. The door has found it to be in force.
  std::string certificate_subject;
  // What the caller sent as "authorization", each time it did; never logged.
  std::vector<std::string> authorization;
  // Who calls; set by the pipeline before the handler runs.
  model::v1::Actor actor;
  // SHA-256 of the request's bytes; set by the pipeline.
  std::string body_hash;
  // Set once the caller has gone, and whoever waits on it is told. What is
  // durable by then stays.
  std::atomic<bool> cancelled{false};
  // Set before `cancelled` when it was the deadline that ended the call. Doors
  // say so: they measure real time, which a sandbox's clock does not.
  std::atomic<bool> expired{false};
};

using CallPtr = std::shared_ptr<Call>;

// OK while the caller waits for the answer; else why they do not any more.
[[nodiscard]] inline absl::Status AwaitedBy(const Call& call) {
  if (!call.cancelled) return absl::OkStatus();
  if (call.expired) {
    return absl::DeadlineExceededError("the deadline of the call is over");
  }
  return absl::CancelledError("the caller has gone");
}

// Where a streaming handler writes. Given by a door, shared with the handler.
// Thread-safe; a handler has at most one Write under way, which is the bound:
// a slow reader makes its own stream wait, nobody else.
class StreamSink {
 public:
  virtual ~StreamSink() = default;

  // Sends one message. Completes once the next may follow; CANCELLED once the
  // caller has gone.
  virtual void Write(std::string message, base::DoneStatus written) = 0;

  // Ends the stream. Once, with no Write under way.
  virtual void Finish(absl::Status status) = 0;

  // `gone` runs once, when the caller goes away or at once if it has.
  virtual void OnCancel(absl::AnyInvocable<void()> gone) = 0;
};

using StreamSinkPtr = std::shared_ptr<StreamSink>;

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_CALL_H_
