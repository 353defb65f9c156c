// lib/casework/internal/draft_surroundings.h: what the referral machine asks of
// the case, answered by a draft.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_DRAFT_SURROUNDINGS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_DRAFT_SURROUNDINGS_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "lib/casework/internal/draft.h"
#include "lib/casework/referral_effect.h"

namespace careroute::casework::internal {

class DraftSurroundings final : public ReferralSurroundings {
 public:
  explicit DraftSurroundings(Draft& draft) : draft_(draft) {}

  // The scene of the command; it borrows from this.
  [[nodiscard]] ReferralScene Scene() const;

  [[nodiscard]] std::string RequesterOf(
      const Occurrence& occurrence) const override;
  [[nodiscard]] bool MayPerform(absl::string_view organisation,
                                const model::v1::Performer& performer,
                                const Occurrence& occurrence) const override;
  [[nodiscard]] bool MemberMayPerform(
      absl::string_view member, const Occurrence& occurrence) const override;
  [[nodiscard]] std::optional<int> PerformersLeft(
      const Occurrence& occurrence, absl::string_view without) const override;
  [[nodiscard]] GuardAnswer CheckGuards(
      const Occurrence& occurrence,
      const google::protobuf::RepeatedPtrField<std::string>& emergency_for)
      const override;
  [[nodiscard]] pathway::Tri Ask(const model::v1::Condition& condition,
                                 SubjectRef asking) const override;
  [[nodiscard]] bool IsOverdue(const Referral& referral) const override;
  [[nodiscard]] bool HasLeft(const Referral& referral) const override;

 private:
  Draft& draft_;
};

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_DRAFT_SURROUNDINGS_H_
