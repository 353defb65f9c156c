#include "tests/scenarios/c_transport.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "careroute/api/v1/directory_service.pb.h"
#include "careroute/api/v1/error_status.pb.h"
#include "careroute/careroute.h"
#include "careroute/config/v1/embedded.pb.h"
#include "lib/base/status_macros.h"
#include "tests/scenarios/calls.h"
#include "tests/scenarios/shipped.h"
#include "tests/scenarios/world.h"

namespace careroute::scenarios {
namespace {

// A hub answers other calls while one waits for the store.
constexpr int kThreads = 2;

careroute_bytes ViewOf(const std::string& bytes) {
  return {.data = bytes.data(), .size = bytes.size()};
}

std::string StringOf(careroute_bytes bytes) {
  return std::string(static_cast<const char*>(bytes.data), bytes.size);
}

// The status as the method gave it, with the refusal in it; frees the result.
absl::StatusOr<std::string> Take(careroute_result& result) {
  const auto code = static_cast<absl::StatusCode>(result.code);
  absl::Status status(code, StringOf(result.message));
  std::string response = StringOf(result.response);
  api::v1::ErrorStatus error;
  const bool whole = error.ParseFromString(StringOf(result.details));
  careroute_result_free(&result);
  if (status.ok()) return response;
  if (!whole) return absl::DataLossError("the details are no ErrorStatus");
  for (const google::protobuf::Any& detail : error.details()) {
    status.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  return status;
}

std::string ConfigOf(const Opening& opening) {
  config::v1::EmbeddedConfig config;
  config::v1::HubConfig& hub = *config.mutable_hub();
  hub.set_catalogue(CAREROUTE_CATALOGUE);
  hub.set_threads(kThreads);
  for (const std::string& id : PathwaysOpenedFrom(opening.pathway)) {
    hub.add_overlays(absl::StrCat("overlays/demo-region.", id, ".textproto"));
  }
  const int64_t seconds = absl::ToUnixSeconds(opening.start);
  config.mutable_virtual_start_time()->set_seconds(seconds);
  config.mutable_virtual_start_time()->set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(
          opening.start - absl::FromUnixSeconds(seconds))));
  return config.SerializeAsString();
}

class C final : public Transport {
 public:
  ~C() override { careroute_hub_close(hub_, nullptr); }

  absl::Status Prepare(const Opening& opening) {
    careroute_result result;
    careroute_hub_open(ViewOf(ConfigOf(opening)), &hub_, &result);
    CAREROUTE_RETURN_IF_ERROR(Take(result).status());
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
    const api::CallPtr call = MakeCall(target);
    std::vector<careroute_pair> metadata;
    for (const auto& [key, value] : call->metadata) {
      metadata.push_back({.key = ViewOf(key), .value = ViewOf(value)});
    }
    const std::string body = request.SerializeAsString();
    const careroute_request asked = {.method = ViewOf(target.method),
                                     .body = ViewOf(body),
                                     .metadata = metadata.data(),
                                     .metadata_count = metadata.size()};
    careroute_result result;
    careroute_call(hub_, &asked, &result);
    return Take(result);
  }

  absl::Status MoveClock(absl::Time to) override {
    int64_t now_us = 0;
    careroute_result result;
    careroute_clock_now(hub_, &now_us, &result);
    CAREROUTE_RETURN_IF_ERROR(Take(result).status());
    careroute_clock_advance(hub_, absl::ToUnixMicros(to) - now_us, &result);
    return Take(result).status();
  }

 private:
  careroute_hub* hub_ = nullptr;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Transport>> StartC(const Opening& opening) {
  auto transport = std::make_unique<C>();
  CAREROUTE_RETURN_IF_ERROR(transport->Prepare(opening));
  return transport;
}

}  // namespace careroute::scenarios
