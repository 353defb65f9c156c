// lib/casework/internal/referral_refuse.h: refusals of the referral machine.
//
// One place for their wording, so that the same rule always says the same
// thing. A message never holds anything of a person.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_REFUSE_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_REFUSE_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/refusal.pb.h"

namespace careroute::casework::internal {

using RefusalPtr = std::unique_ptr<model::v1::Refusal>;

// `key` names the sentence in the text tables; `message` is it in English.
[[nodiscard]] RefusalPtr NewRefusal(model::v1::ErrorReason reason,
                                    absl::string_view key,
                                    absl::string_view message);

struct MissingItem {
  absl::string_view what;
  absl::string_view can_be_met_by;
  absl::string_view mend;
};
void AddMissing(const MissingItem& item, model::v1::Refusal& refusal);

struct FieldProblem {
  absl::string_view path;  // inside the command
  absl::string_view reason;
  absl::string_view message;
  absl::string_view mend;
};
// Makes an INVALID_REQUEST of an empty `refusal`; adds to one that is there.
void AddProblem(const FieldProblem& problem, RefusalPtr& refusal);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_REFUSE_H_
