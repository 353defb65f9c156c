#include "tests/bench/target.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "lib/base/check.h"
#include "lib/base/real_clock.h"

namespace careroute::bench {
namespace {

// A call that takes longer has failed: nothing measured here comes near it.
constexpr absl::Duration kTimeout = absl::Seconds(60);

// What lives as long as a call over gRPC.
struct Flight {
  grpc::ClientContext context;
  grpc::ByteBuffer request;
  grpc::ByteBuffer reply;
  base::Done<std::string> done;
};

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  CAREROUTE_CHECK(buffer.Dump(&slices).ok());
  std::string bytes;
  bytes.reserve(buffer.Length());
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

void Answer(Flight& flight, const grpc::Status& status) {
  if (!status.ok()) {
    std::move(flight.done)(
        absl::Status(static_cast<absl::StatusCode>(status.error_code()),
                     status.error_message()));
    return;
  }
  std::move(flight.done)(BytesOf(flight.reply));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> MetadataOf(
    const model::v1::Actor& actor) {
  const std::string role = model::v1::ActorRole_Name(actor.role());
  return {{"careroute-organisation", actor.organisation()},
          {"careroute-member", actor.member()},
          {"careroute-role",
           absl::AsciiStrToLower(absl::StripPrefix(role, "ACTOR_ROLE_"))},
          {"careroute-purpose", actor.purpose()}};
}

void TableTarget::Send(OneCall call, base::Done<std::string> done) const {
  const api::Method* method = table_.Find(call.method);
  CAREROUTE_CHECK(method != nullptr && method->unary != nullptr);
  auto made = std::make_shared<api::Call>();
  made->metadata = MetadataOf(call.actor);
  made->method = std::move(call.method);
  method->unary(made, std::move(call.request), std::move(done));
}

GrpcTarget::GrpcTarget(
    int port, const std::shared_ptr<grpc::ChannelCredentials>& credentials)
    : stub_(
          grpc::CreateChannel(absl::StrCat("127.0.0.1:", port), credentials)) {}

void GrpcTarget::Send(OneCall call, base::Done<std::string> done) const {
  auto flight = std::make_shared<Flight>();
  for (const auto& [key, value] : MetadataOf(call.actor)) {
    flight->context.AddMetadata(key, value);
  }
  flight->context.set_deadline(
      absl::ToChronoTime(base::RealClock().Now() + kTimeout));
  const grpc::Slice slice(call.request);
  flight->request = grpc::ByteBuffer(&slice, 1);
  flight->done = std::move(done);
  const size_t dot = call.method.rfind('.');
  const std::string path = absl::StrCat("/", call.method.substr(0, dot), "/",
                                        call.method.substr(dot + 1));
  stub_.UnaryCall(
      &flight->context, path, {}, &flight->request, &flight->reply,
      [flight](const grpc::Status& status) { Answer(*flight, status); });
}

}  // namespace careroute::bench
