// lib/casework/internal/refuse.h: refusals of the case core.
//
// A rule returns nullptr when it has nothing against the command. Messages
// name ids of the pathway only, never anything recorded of a person.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_REFUSE_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_REFUSE_H_

#include <memory>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/refusal.pb.h"
#include "lib/casework/internal/referral_refuse.h"

namespace careroute::casework::internal {

// The same with a thing that is missing.
[[nodiscard]] inline RefusalPtr RefuseMissing(model::v1::ErrorReason reason,
                                              absl::string_view key,
                                              absl::string_view message,
                                              const MissingItem& missing) {
  RefusalPtr refusal = NewRefusal(reason, key, message);
  AddMissing(missing, *refusal);
  return refusal;
}

// Nothing of that number or id, or no longer.
[[nodiscard]] inline RefusalPtr RefuseNotFound(absl::string_view what) {
  return RefuseMissing(model::v1::ERROR_REASON_NOT_FOUND, "not_found",
                       "there is no such part of the case, or it is over",
                       {.what = what, .mend = "read the case again"});
}

[[nodiscard]] inline RefusalPtr RefuseUndeclared(absl::string_view what) {
  return RefuseMissing(model::v1::ERROR_REASON_NOT_DECLARED, "not_declared",
                       "the edition does not declare this id",
                       {.what = what, .mend = "use an id of the edition"});
}

[[nodiscard]] inline RefusalPtr RefuseState(absl::string_view key,
                                            absl::string_view message) {
  return NewRefusal(model::v1::ERROR_REASON_WRONG_STATE, key, message);
}

// Of a child who was adopted, whose history has ended.
[[nodiscard]] inline RefusalPtr RefuseAdopted() {
  return RefuseState("person_adopted",
                     "the child was adopted, and this history has ended; "
                     "report the need of the child as registered since");
}

[[nodiscard]] inline RefusalPtr RefuseTime(absl::string_view key,
                                           absl::string_view message) {
  return NewRefusal(model::v1::ERROR_REASON_WRONG_TIME, key, message);
}

// Adds to a refusal for a malformed command, or makes it.
inline void AddInvalid(const FieldProblem& problem, RefusalPtr& refusal) {
  if (refusal == nullptr) {
    refusal =
        NewRefusal(model::v1::ERROR_REASON_INVALID_REQUEST, "invalid_request",
                   "the command does not say what it must");
  }
  AddProblem(problem, refusal);
}

[[nodiscard]] inline RefusalPtr RefuseInvalid(absl::string_view path,
                                              absl::string_view message,
                                              absl::string_view mend) {
  RefusalPtr refusal;
  AddInvalid(
      {.path = path, .reason = "INVALID", .message = message, .mend = mend},
      refusal);
  return refusal;
}

}  // namespace careroute::casework::internal

#define CAREROUTE_RETURN_IF_REFUSED(expression)                                \
  do {                                                                         \
    if (auto careroute_refusal = (expression); careroute_refusal != nullptr) { \
      return careroute_refusal;                                                \
    }                                                                          \
  } while (false)

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_REFUSE_H_
