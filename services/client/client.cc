#include "services/client/client.h"

#include <chrono>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "careroute/api/v1/error_status.pb.h"
#include "grpcpp/impl/codegen/client_unary_call.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "grpcpp/impl/codegen/sync_stream.h"
#include "lib/base/real_clock.h"

namespace careroute::services {
namespace {

using google::protobuf::Message;

// "careroute.api.v1.CaseService.GetCase" to gRPC's "/…CaseService/GetCase".
std::string PathOf(absl::string_view method) {
  const size_t dot = method.rfind('.');
  return absl::StrCat("/", method.substr(0, dot), "/", method.substr(dot + 1));
}

// The status as the hub made it, details included.
absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()),
                      status.error_message());
  api::v1::ErrorStatus details;
  if (details.ParseFromString(status.error_details())) {
    for (const google::protobuf::Any& detail : details.details()) {
      result.SetPayload(detail.type_url(), absl::Cord(detail.value()));
    }
  }
  return result;
}

std::chrono::system_clock::time_point DeadlineIn(absl::Duration timeout) {
  return absl::ToChronoTime(base::RealClock().Now() + timeout);
}

std::shared_ptr<grpc::Channel> Dial(const Client::Options& options) {
  if (!options.tls.has_value()) {
    return grpc::CreateChannel(options.address,
                               grpc::InsecureChannelCredentials());
  }
  const ClientTls& tls = *options.tls;
  // A hub is known by its id, wherever it runs.
  grpc::ChannelArguments arguments;
  arguments.SetSslTargetNameOverride(tls.hub_id);
  return grpc::CreateCustomChannel(
      options.address,
      grpc::SslCredentials({.pem_root_certs = tls.authorities,
                            .pem_private_key = tls.key,
                            .pem_cert_chain = tls.certificate}),
      arguments);
}

std::string RoleWord(model::v1::ActorRole role) {
  const std::string name = model::v1::ActorRole_Name(role);
  return absl::AsciiStrToLower(
      absl::StrReplaceAll(name, {{"ACTOR_ROLE_", ""}}));
}

}  // namespace

Client::Client(Options options)
    : options_(std::move(options)), channel_(Dial(options_)) {}

Client Client::As(model::v1::Actor actor) const {
  Client other = *this;
  other.options_.actor = std::move(actor);
  return other;
}

Client Client::WithWatchTimeout(absl::Duration timeout) const {
  Client other = *this;
  other.options_.watch_timeout = timeout;
  return other;
}

void Client::Prepare(grpc::ClientContext& context) const {
  const model::v1::Actor& actor = options_.actor;
  context.AddMetadata("careroute-organisation", actor.organisation());
  context.AddMetadata("careroute-member", actor.member());
  context.AddMetadata("careroute-role", RoleWord(actor.role()));
  context.AddMetadata("careroute-purpose", actor.purpose());
  if (options_.token.empty()) return;
  context.AddMetadata("authorization", absl::StrCat("Bearer ", options_.token));
}

absl::Status Client::CallBytes(absl::string_view method, const Message& request,
                               Message& response) const {
  const std::string path = PathOf(method);
  const grpc::internal::RpcMethod rpc(
      path.c_str(), grpc::internal::RpcMethod::NORMAL_RPC, channel_);
  grpc::ClientContext context;
  Prepare(context);
  context.set_deadline(DeadlineIn(options_.timeout));
  const grpc::Status status =
      grpc::internal::BlockingUnaryCall<Message, Message, Message, Message>(
          channel_.get(), rpc, &context, request, &response);
  return FromGrpc(status);
}

absl::Status Client::Stream(absl::string_view method, const Message& request,
                            Message& response,
                            absl::FunctionRef<bool()> on_message) const {
  const std::string path = PathOf(method);
  const grpc::internal::RpcMethod rpc(
      path.c_str(), grpc::internal::RpcMethod::SERVER_STREAMING, channel_);
  grpc::ClientContext context;
  Prepare(context);
  if (options_.watch_timeout < absl::InfiniteDuration()) {
    context.set_deadline(DeadlineIn(options_.watch_timeout));
  }
  const std::unique_ptr<grpc::ClientReader<Message>> reader(
      grpc::internal::ClientReaderFactory<Message>::Create(channel_.get(), rpc,
                                                           &context, request));
  while (reader->Read(&response)) {
    if (!on_message()) {
      context.TryCancel();
      reader->Finish();
      return absl::OkStatus();
    }
  }
  return FromGrpc(reader->Finish());
}

absl::Status Client::WaitUntilServing(absl::Duration timeout) const {
  const bool connected = channel_->WaitForConnected(DeadlineIn(timeout));
  if (connected) return absl::OkStatus();
  return absl::UnavailableError(
      absl::StrCat("no hub answers at ", options_.address,
                   "; start one with `careroute hub` or `careroute sandbox`"));
}

}  // namespace careroute::services
