// services/client/client.h: calls the methods of a hub by name, and waits.
//
// For the command line, the story and tests: borders that may wait. It needs
// no generated stubs; messages are the generated ones.
//
//   Client client({.address = "127.0.0.1:7400", .actor = actor});
//   api::v1::GetCaseRequest request;
//   absl::StatusOr<api::v1::GetCaseResponse> reply =
//       client.Call<api::v1::GetCaseResponse>(
//           "careroute.api.v1.CaseService.GetCase", request);

#ifndef CAREROUTE_SERVICES_CLIENT_CLIENT_H_
#define CAREROUTE_SERVICES_CLIENT_CLIENT_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/model/v1/actor.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "google/protobuf/message.h"
#include "grpcpp/grpcpp.h"

namespace careroute::services {

// How long a call may take unless said otherwise.
inline constexpr absl::Duration kCallTimeout = absl::Seconds(30);

// How a caller and a hub prove to each other who they are; PEM texts.
struct ClientTls {
  std::string authorities;  // whom it trusts to have issued the hub's
  std::string hub_id;       // common name of the hub's certificate
  std::string certificate;  // the caller's; empty = it has none
  std::string key;          // of the certificate
};

// Thread-safe.
class Client {
 public:
  struct Options {
    std::string address;  // "127.0.0.1:7400"
    // None = plain text, as a hub in development mode speaks.
    std::optional<ClientTls> tls;
    // Bearer token of the caller, sent with each call; empty = none.
    std::string token;
    // Who calls; sent with each call.
    model::v1::Actor actor;
    absl::Duration timeout = kCallTimeout;
    // How long a watch may take, from its first message to its last.
    absl::Duration watch_timeout = absl::InfiniteDuration();
  };
  explicit Client(Options options);

  // The same hub, another caller; shares the connection.
  [[nodiscard]] Client As(model::v1::Actor actor) const;
  // The same hub and caller, with another limit of watches.
  [[nodiscard]] Client WithWatchTimeout(absl::Duration timeout) const;

  // The status of a refusal carries it: see RefusalOf in lib/api/status.h.
  template <typename Response>
  [[nodiscard]] absl::StatusOr<Response> Call(
      absl::string_view method,
      const google::protobuf::Message& request) const {
    Response response;
    absl::Status status = CallBytes(method, request, response);
    if (!status.ok()) return status;
    return response;
  }

  // Calls `on_message` for each message until it returns false, the stream
  // ends or the time is over. OK when the caller stopped it.
  template <typename Response>
  absl::Status Watch(
      absl::string_view method, const google::protobuf::Message& request,
      absl::FunctionRef<bool(const Response&)> on_message) const {
    Response response;
    return Stream(method, request, response,
                  [&] { return on_message(response); });
  }

  // Waits until the hub answers, at most `timeout`.
  [[nodiscard]] absl::Status WaitUntilServing(absl::Duration timeout) const;

  [[nodiscard]] const model::v1::Actor& actor() const { return options_.actor; }

 private:
  absl::Status CallBytes(absl::string_view method,
                         const google::protobuf::Message& request,
                         google::protobuf::Message& response) const;
  absl::Status Stream(absl::string_view method,
                      const google::protobuf::Message& request,
                      google::protobuf::Message& response,
                      absl::FunctionRef<bool()> on_message) const;
  void Prepare(grpc::ClientContext& context) const;

  Options options_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_CLIENT_CLIENT_H_
