#include "lib/api/internal/reading.h"

#include <utility>

#include "lib/api/status.h"
#include "lib/engine/names.h"

namespace careroute::api::internal {

absl::Status NotFound() {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_NOT_FOUND);
  refusal.set_message_key("not_found");
  refusal.set_message(
      "there is nothing of that name that the caller takes part in");
  return RefusalStatus(refusal);
}

void ReadFor(engine::Engine& engine, const CallPtr& call,
             const std::string& name, base::Done<engine::CaseReading> done) {
  const absl::StatusOr<base::Uid> uid = engine::ParseName("cases/", name);
  if (!uid.ok()) {
    std::move(done)(NotFound());
    return;
  }
  engine.cases().Read(
      *uid, [call, done = std::move(done)](
                absl::StatusOr<engine::CaseReading> reading) mutable {
        if (absl::IsNotFound(reading.status()) ||
            (reading.ok() && !Viewer(call->actor, *reading).sees())) {
          std::move(done)(NotFound());
          return;
        }
        std::move(done)(std::move(reading));
      });
}

Served Serve(const Viewer& viewer, google::protobuf::Message& response,
             std::vector<std::string> resources) {
  viewer.Redact(response);
  return {.bytes = response.SerializeAsString(),
          .resources = std::move(resources),
          .classes = viewer.ClassesIn(response)};
}

}  // namespace careroute::api::internal
