// lib/registry/internal/person_refusal.h: why a record takes no such command.

#ifndef CAREROUTE_LIB_REGISTRY_INTERNAL_PERSON_REFUSAL_H_
#define CAREROUTE_LIB_REGISTRY_INTERNAL_PERSON_REFUSAL_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "careroute/command/v1/person_command.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "lib/base/problems.h"
#include "lib/registry/person.h"

namespace careroute::registry::internal {

// A refusal without details.
struct Why {
  model::v1::ErrorReason reason = model::v1::ERROR_REASON_UNSPECIFIED;
  absl::string_view key;
  absl::string_view message;
};

[[nodiscard]] model::v1::Refusal MakeRefusal(const Why& why);

// INVALID_REQUEST with all of them.
[[nodiscard]] model::v1::Refusal RefuseProblems(const base::Problems& problems);

// The same for another reason.
[[nodiscard]] model::v1::Refusal RefuseProblems(const Why& why,
                                                const base::Problems& problems);

// Why a merge that never was is not taken back.
[[nodiscard]] Why NotMerged();

// Why the record, as it stands, takes no such command; nothing when it does.
[[nodiscard]] std::optional<Why> CheckState(
    const PersonRecord& record, const command::v1::PersonCommand& command);

}  // namespace careroute::registry::internal

#endif  // CAREROUTE_LIB_REGISTRY_INTERNAL_PERSON_REFUSAL_H_
