// lib/engine/internal/refusals.h: the refusals the engine itself makes.

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_REFUSALS_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_REFUSALS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/refusal.pb.h"
#include "lib/engine/request.h"

namespace careroute::engine::internal {

struct RefusalText {
  model::v1::ErrorReason reason = model::v1::ERROR_REASON_UNSPECIFIED;
  absl::string_view message_key;
  absl::string_view message;
};

[[nodiscard]] model::v1::Refusal MakeRefusal(const RefusalText& text);

// A reply that only refuses.
[[nodiscard]] Reply EtagMismatch();
[[nodiscard]] Reply TooManyConflicts();
[[nodiscard]] Reply NotFound();

[[nodiscard]] model::v1::Refusal RequestIdReused();
// `event` names the event of the first effect.
[[nodiscard]] model::v1::Refusal RequestIdOld(const std::string& event);

// At most kCallerKeyBytesMax bytes that tell callers apart.
[[nodiscard]] std::string CallerKey(absl::string_view member);

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_REFUSALS_H_
