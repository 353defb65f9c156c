#include "lib/casework/internal/referral_refuse.h"

#include <string>

namespace careroute::casework::internal {

RefusalPtr NewRefusal(model::v1::ErrorReason reason, absl::string_view key,
                      absl::string_view message) {
  auto refusal = std::make_unique<model::v1::Refusal>();
  refusal->set_reason(reason);
  refusal->set_message_key(std::string(key));
  refusal->set_message(std::string(message));
  refusal->mutable_because()->set_message_key(std::string(key));
  refusal->mutable_because()->set_answer(model::v1::EXPLANATION_ANSWER_NO);
  return refusal;
}

void AddMissing(const MissingItem& item, model::v1::Refusal& refusal) {
  model::v1::Missing& missing = *refusal.add_missing();
  missing.set_what(std::string(item.what));
  missing.set_can_be_met_by(std::string(item.can_be_met_by));
  missing.set_mend(std::string(item.mend));
}

void AddProblem(const FieldProblem& problem, RefusalPtr& refusal) {
  if (refusal == nullptr) {
    refusal = NewRefusal(model::v1::ERROR_REASON_INVALID_REQUEST,
                         "referral_incomplete",
                         "the move does not bring what it must");
  }
  model::v1::Problem& added = *refusal->add_problems();
  added.set_grade(model::v1::PROBLEM_GRADE_ERROR);
  added.set_path(std::string(problem.path));
  added.set_reason(std::string(problem.reason));
  added.set_message(std::string(problem.message));
  added.set_mend(std::string(problem.mend));
}

}  // namespace careroute::casework::internal
