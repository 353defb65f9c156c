#include "services/exchange/grpc_transport.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "lib/base/real_clock.h"

namespace careroute::services {
namespace {

using exchange::v1::CompareRequest;
using exchange::v1::CompareResponse;
using exchange::v1::DeliverRequest;
using exchange::v1::DeliverResponse;

constexpr char kDeliver[] = "/careroute.exchange.v1.ExchangeService/Deliver";
constexpr char kCompare[] = "/careroute.exchange.v1.ExchangeService/Compare";

absl::Status FromGrpc(const grpc::Status& status) {
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()),
                      status.error_message());
}

int Milliseconds(absl::Duration duration) {
  return static_cast<int>(absl::ToInt64Milliseconds(duration));
}

}  // namespace

// What every call has.
struct GrpcTransport::UnderWay {
  grpc::ClientContext context;
};

// Lives until gRPC has called back.
template <typename Request, typename Response>
struct GrpcTransport::Calling final : UnderWay {
  explicit Calling(std::shared_ptr<grpc::Channel> channel)
      : stub(std::move(channel)) {}

  grpc::TemplatedGenericStub<Request, Response> stub;
  Request request;
  Response response;
  base::Done<Response> done;
};

GrpcTransport::GrpcTransport(Options options) : options_(std::move(options)) {
  for (const auto& [hub, address] : options_.peers) {
    peers_[hub].address = address;
  }
}

GrpcTransport::~GrpcTransport() { Stop(); }

void GrpcTransport::Stop() {
  base::MutexLock lock(mutex_);
  stopped_ = true;
  // Calls back on another thread, never from here.
  for (UnderWay* call : under_way_) call->context.TryCancel();
  while (!under_way_.empty()) idle_.Wait(mutex_);
}

std::shared_ptr<grpc::Channel> GrpcTransport::Dial(
    const std::string& hub, const std::string& address) const {
  grpc::ChannelArguments arguments;
  // Otherwise a channel made anew would go on with an old connection, and with
  // whatever was true of it when it was made.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS,
                   Milliseconds(kReconnectPauseMax));
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS,
                   Milliseconds(kKeepaliveInterval));
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS,
                   Milliseconds(kKeepaliveTimeout));
  // By its id, which its certificate names; an address it does not.
  if (options_.certificates != nullptr) {
    arguments.SetSslTargetNameOverride(hub);
  }
  return grpc::CreateCustomChannel(address,
                                   options_.certificates == nullptr
                                       ? grpc::InsecureChannelCredentials()
                                       : options_.certificates->ForPeer(hub),
                                   arguments);
}

std::shared_ptr<grpc::Channel> GrpcTransport::ChannelOf(const std::string& hub,
                                                        Peer& peer) {
  const int64_t revision =
      options_.certificates == nullptr
          ? 0
          : options_.certificates->check().revocations().Revision();
  // The peer may be among those revoked: its connection is judged anew.
  if (peer.channel == nullptr || peer.revision != revision) {
    peer.channel = Dial(hub, peer.address);
    peer.revision = revision;
  }
  return peer.channel;
}

// gRPC would dial again only after its own pause, whoever knows better.
void GrpcTransport::Renew(absl::string_view peer) {
  base::MutexLock lock(mutex_);
  const auto found = peers_.find(std::string(peer.data(), peer.size()));
  if (found == peers_.end() || found->second.channel == nullptr) return;
  std::shared_ptr<grpc::Channel>& channel = found->second.channel;
  if (channel->GetState(/*try_to_connect=*/false) != GRPC_CHANNEL_READY) {
    channel = nullptr;
  }
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> GrpcTransport::Reach(
    const std::string& hub) {
  if (stopped_) return absl::CancelledError("the hub stops");
  const auto found = peers_.find(hub);
  if (found == peers_.end()) {
    return absl::NotFoundError(
        absl::StrCat("hub ", hub, " is none of the configured peers"));
  }
  return ChannelOf(hub, found->second);
}

template <typename Request, typename Response>
void GrpcTransport::Call(const char* method, absl::string_view peer,
                         const Request& request, absl::Time deadline,
                         base::Done<Response> done) {
  Calling<Request, Response>* call = nullptr;
  absl::Status refused;
  {
    base::MutexLock lock(mutex_);
    absl::StatusOr<std::shared_ptr<grpc::Channel>> channel =
        Reach(std::string(peer.data(), peer.size()));
    if (channel.ok()) {
      call = new Calling<Request, Response>(*std::move(channel));
      under_way_.insert(call);
    } else {
      refused = channel.status();
    }
  }
  if (call == nullptr) return std::move(done)(std::move(refused));
  if (options_.certificates == nullptr) {
    call->context.AddMetadata("careroute-hub", options_.hub_id);
  }
  // gRPC measures real time, which a sandbox's clock does not.
  call->context.set_deadline(absl::ToChronoTime(
      base::RealClock().Now() + (deadline - options_.clock.Now())));
  call->request = request;
  call->done = std::move(done);
  call->stub.UnaryCall(&call->context, method, grpc::StubOptions(),
                       &call->request, &call->response,
                       [this, call](const grpc::Status& status) {
                         if (status.ok()) {
                           std::move(call->done)(std::move(call->response));
                         } else {
                           std::move(call->done)(FromGrpc(status));
                         }
                         Forget(call);
                         // The transport may be gone by now; the call needs
                         // nothing of it.
                         delete call;
                       });
}

void GrpcTransport::Deliver(absl::string_view peer,
                            const DeliverRequest& request, absl::Time deadline,
                            base::Done<DeliverResponse> done) {
  Call(kDeliver, peer, request, deadline, std::move(done));
}

void GrpcTransport::Compare(absl::string_view peer,
                            const CompareRequest& request, absl::Time deadline,
                            base::Done<CompareResponse> done) {
  Call(kCompare, peer, request, deadline, std::move(done));
}

void GrpcTransport::Forget(UnderWay* call) {
  base::MutexLock lock(mutex_);
  under_way_.erase(call);
  if (under_way_.empty()) idle_.NotifyAll();
}

}  // namespace careroute::services
