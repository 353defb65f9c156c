// services/exchange/grpc_transport.h: batches of envelopes, and comparisons,
// over gRPC.
//
// One channel a peer, which connects when something is to be sent, and again
// after a growing pause when the peer is silent. A peer must present the
// certificate of its hub id, wherever its address leads.
//
//   GrpcTransport transport({.hub_id = "khabarovsk",
//                            .peers = {{"chita", "hub.example.org:7400"}},
//                            .certificates = certificates,
//                            .clock = clock});
//   transport.Deliver("chita", request, clock.Now() + absl::Seconds(30), ...);

#ifndef CAREROUTE_SERVICES_EXCHANGE_GRPC_TRANSPORT_H_
#define CAREROUTE_SERVICES_EXCHANGE_GRPC_TRANSPORT_H_

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/exchange/v1/exchange_service.pb.h"
#include "grpcpp/grpcpp.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/mutex.h"
#include "lib/exchange/transport.h"
#include "services/tls/hub_certificates.h"

namespace careroute::services {

// The longest pause before a silent peer is tried again. What waits for it has
// pauses of its own, which grow further.
inline constexpr absl::Duration kReconnectPauseMax = absl::Seconds(30);

// How often a connection that answers nothing is asked whether it stands, and
// how long it may take to say so. Not oftener than doors allow.
inline constexpr absl::Duration kKeepaliveInterval = absl::Seconds(30);
inline constexpr absl::Duration kKeepaliveTimeout = absl::Seconds(10);

// Thread-safe; uses gRPC's threads, which are as many for a thousand peers as
// for one. Destroying it stops it.
class GrpcTransport final : public exchange::Transport {
 public:
  struct Options {
    std::string hub_id;                        // this hub's
    std::map<std::string, std::string> peers;  // id to host and port
    // Null in development mode: plain text, and a hub is what it says it is.
    // Must outlive the transport.
    const HubCertificates* certificates = nullptr;
    const base::Clock& clock;  // of the deadlines
  };
  explicit GrpcTransport(Options options);
  ~GrpcTransport() override;

  // NOT_FOUND for a hub that is no peer; otherwise as the peer answers, or
  // UNAVAILABLE, DEADLINE_EXCEEDED or CANCELLED. Completes on one of gRPC's
  // threads, or at once.
  void Deliver(absl::string_view peer,
               const exchange::v1::DeliverRequest& request, absl::Time deadline,
               base::Done<exchange::v1::DeliverResponse> done) override;
  // Likewise; UNIMPLEMENTED from a peer that has no such method.
  void Compare(absl::string_view peer,
               const exchange::v1::CompareRequest& request, absl::Time deadline,
               base::Done<exchange::v1::CompareResponse> done) override;

  // A connection that stands is kept, and calls under way keep theirs.
  void Renew(absl::string_view peer) override;

  // Cancels what is under way, and every call from now on. Returns once each
  // call has been told so, on other threads: whoever waits for one may be
  // destroyed then. Not from within a call's completion.
  void Stop();

 private:
  struct Peer {
    std::string address;
    std::shared_ptr<grpc::Channel> channel;
    int64_t revision = 0;  // of the lists of the revoked it was made under
  };
  struct UnderWay;
  template <typename Request, typename Response>
  struct Calling;

  template <typename Request, typename Response>
  void Call(const char* method, absl::string_view peer, const Request& request,
            absl::Time deadline, base::Done<Response> done);
  // The channel of a peer on which a call may begin now.
  [[nodiscard]] absl::StatusOr<std::shared_ptr<grpc::Channel>> Reach(
      const std::string& hub) CAREROUTE_REQUIRES(mutex_);
  [[nodiscard]] std::shared_ptr<grpc::Channel> ChannelOf(const std::string& hub,
                                                         Peer& peer)
      CAREROUTE_REQUIRES(mutex_);
  [[nodiscard]] std::shared_ptr<grpc::Channel> Dial(
      const std::string& hub, const std::string& address) const;
  void Forget(UnderWay* call);

  const Options options_;
  base::Mutex mutex_;
  base::CondVar idle_;
  std::map<std::string, Peer, std::less<>> peers_ CAREROUTE_GUARDED_BY(mutex_);
  std::set<UnderWay*> under_way_ CAREROUTE_GUARDED_BY(mutex_);
  bool stopped_ CAREROUTE_GUARDED_BY(mutex_) = false;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_EXCHANGE_GRPC_TRANSPORT_H_
