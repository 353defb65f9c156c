#include "tests/scenarios/child_transport.h"

#include <memory>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "careroute/api/v1/directory_service.pb.h"
#include "careroute/api/v1/error_status.pb.h"
#include "lib/base/status_macros.h"
#include "tests/scenarios/child.h"
#include "tests/scenarios/shipped.h"
#include "tests/scenarios/world.h"

namespace careroute::scenarios {
namespace {

std::string Digits(absl::Time time) {
  return absl::StrCat(absl::ToUnixMillis(time));
}

// The status as the hub made it, details included.
absl::Status StatusIn(const std::string& bytes) {
  api::v1::ErrorStatus error;
  if (!error.ParseFromString(bytes) || error.code() == 0) {
    return absl::InternalError("the error of the child is no ErrorStatus");
  }
  absl::Status status(static_cast<absl::StatusCode>(error.code()),
                      error.message());
  for (const google::protobuf::Any& detail : error.details()) {
    status.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  return status;
}

class ThroughChild final : public Transport {
 public:
  explicit ThroughChild(std::shared_ptr<Child> child)
      : child_(std::move(child)) {}
  ~ThroughChild() override { Ask({"close"}).status().IgnoreError(); }

  absl::Status Open(const Opening& opening) {
    Child::Parts parts = {"open", Digits(opening.start)};
    for (const std::string& id : PathwaysOpenedFrom(opening.pathway)) {
      parts.push_back(absl::StrCat("overlays/demo-region.", id, ".textproto"));
    }
    CAREROUTE_RETURN_IF_ERROR(Ask(parts).status());
    api::v1::ImportDirectoryRequest request;
    request.set_request_id("00000000-0000-4000-8000-000000000001");
    *request.mutable_directory() = OrganisationsFor(opening.pathway);
    return Call({.method = "careroute.api.v1.DirectoryService.ImportDirectory",
                 .actor = FirstAdministrator()},
                request)
        .status();
  }

  absl::StatusOr<std::string> Call(
      const Target& target, const google::protobuf::Message& request) override {
    return Ask({"call", target.method, target.actor.SerializeAsString(),
                request.SerializeAsString()});
  }

  absl::Status MoveClock(absl::Time to) override {
    return Ask({"clock", Digits(to)}).status();
  }

 private:
  absl::StatusOr<std::string> Ask(const Child::Parts& parts) {
    CAREROUTE_ASSIGN_OR_RETURN(Child::Parts answer, child_->Ask(parts));
    if (answer.size() == 2) return StatusIn(answer[1]);
    if (answer.size() != 1) {
      return absl::InternalError("the child answers neither reply nor error");
    }
    return std::move(answer[0]);
  }

  const std::shared_ptr<Child> child_;
};

}  // namespace

TransportFactory ChildFactory(std::vector<std::string> command) {
  auto child = std::make_shared<std::shared_ptr<Child>>();
  return [command = std::move(command), child](const Opening& opening)
             -> absl::StatusOr<std::unique_ptr<Transport>> {
    if (*child == nullptr) *child = std::make_shared<Child>(command);
    auto transport = std::make_unique<ThroughChild>(*child);
    CAREROUTE_RETURN_IF_ERROR(transport->Open(opening));
    return transport;
  };
}

}  // namespace careroute::scenarios
