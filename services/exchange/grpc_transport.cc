#include "services/exchange/grpc_transport.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "lib/base/real_clock.h"

namespace careroute::services {
namespace {

using exchange::v1::DeliverRequest;
using exchange::v1::DeliverResponse;
using Stub = grpc::TemplatedGenericStub<DeliverRequest, DeliverResponse>;

constexpr char kDeliver[] = "/careroute.exchange.v1.ExchangeService/Deliver";

absl::Status FromGrpc(const grpc::Status& status) {
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()),
                      status.error_message());
}

int Milliseconds(absl::Duration duration) {
  return static_cast<int>(absl::ToInt64Milliseconds(duration));
}

}  // namespace

// Lives until gRPC has called back.
struct GrpcTransport::UnderWay {
  explicit UnderWay(std::shared_ptr<grpc::Channel> channel)
      : stub(std::move(channel)) {}

  grpc::ClientContext context;
  Stub stub;
  DeliverRequest request;
  DeliverResponse response;
  base::Done<DeliverResponse> done;
};

GrpcTransport::GrpcTransport(Options options) : options_(std::move(options)) {
  for (const auto& [hub, address] : options_.peers) {
    peers_[hub].address = address;
  }
}

GrpcTransport::~GrpcTransport() {
  Stop();
  base::MutexLock lock(mutex_);
  while (!under_way_.empty()) idle_.Wait(mutex_);
}

void GrpcTransport::Stop() {
  base::MutexLock lock(mutex_);
  stopped_ = true;
  // Calls back later, never from here.
  for (UnderWay* call : under_way_) call->context.TryCancel();
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

void GrpcTransport::Deliver(absl::string_view peer,
                            const DeliverRequest& request, absl::Time deadline,
                            base::Done<DeliverResponse> done) {
  const std::string hub(peer.data(), peer.size());
  UnderWay* call = nullptr;
  absl::Status refused;
  {
    base::MutexLock lock(mutex_);
    const auto found = peers_.find(hub);
    if (stopped_) {
      refused = absl::CancelledError("the hub stops");
    } else if (found == peers_.end()) {
      refused = absl::NotFoundError(
          absl::StrCat("hub ", hub, " is none of the configured peers"));
    } else {
      call = new UnderWay(ChannelOf(hub, found->second));
      under_way_.insert(call);
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
  call->stub.UnaryCall(
      &call->context, kDeliver, grpc::StubOptions(), &call->request,
      &call->response,
      [this, call](grpc::Status status) { Finish(call, status); });
}

void GrpcTransport::Finish(UnderWay* call, const grpc::Status& status) {
  if (status.ok()) {
    std::move(call->done)(std::move(call->response));
  } else {
    std::move(call->done)(FromGrpc(status));
  }
  {
    base::MutexLock lock(mutex_);
    under_way_.erase(call);
    if (under_way_.empty()) idle_.NotifyAll();
  }
  // The transport may be gone by now; the call needs nothing of it.
  delete call;
}

}  // namespace careroute::services
