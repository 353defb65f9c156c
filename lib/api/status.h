// lib/api/status.h: the one place where a refusal becomes a status.
//
// Inside lib/ a refusal is data. A door speaks in status codes, so the refusal
// is mapped to a code by its reason and travels whole in the details.
//
//   return RefusalStatus(refusal);            // in a handler
//   const std::string details = StatusDetails(status);   // in a door

#ifndef CAREROUTE_LIB_API_STATUS_H_
#define CAREROUTE_LIB_API_STATUS_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "careroute/model/v1/refusal.pb.h"
#include "lib/base/problems.h"

namespace careroute::api {

// The code of a reason. Reasons of a later release are UNKNOWN.
[[nodiscard]] absl::StatusCode CodeOf(model::v1::ErrorReason reason);

// A status that carries the refusal.
[[nodiscard]] absl::Status RefusalStatus(const model::v1::Refusal& refusal);

// The refusal a status carries; none when it carries none.
[[nodiscard]] std::optional<model::v1::Refusal> RefusalOf(
    const absl::Status& status);

// INVALID_ARGUMENT with every problem.
[[nodiscard]] absl::Status ProblemsStatus(const base::Problems& problems);

// What a door may show: a status with a refusal goes out as it is. One without
// gets the refusal its code stands for, and INTERNAL and UNKNOWN lose their
// text, which belongs in the log.
[[nodiscard]] absl::Status Presentable(const absl::Status& status);

// A serialised careroute.api.v1.ErrorStatus: wire-equal to google.rpc.Status.
[[nodiscard]] std::string StatusDetails(const absl::Status& status);

// One problem as a message.
[[nodiscard]] model::v1::Problem ToProto(const base::Problem& problem);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_STATUS_H_
