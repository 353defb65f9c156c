// lib/casework/testing/referral_stage.h: a small case around referrals: one
// pathway, three organisations, one live step, and whatever a test changes.
//
//   ReferralStage stage;
//   stage.state().consents[0].state = model::v1::CONSENT_STATE_WITHDRAWN;
//   const ReferralChange change = stage.Ask(kMake, stage.requester());

#ifndef CAREROUTE_LIB_CASEWORK_TESTING_REFERRAL_STAGE_H_
#define CAREROUTE_LIB_CASEWORK_TESTING_REFERRAL_STAGE_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/actor.pb.h"
#include "google/protobuf/arena.h"
#include "lib/casework/case.h"
#include "lib/casework/context.h"
#include "lib/casework/referral_effect.h"
#include "lib/pathway/edition.h"
#include "lib/pathway/tri.h"

namespace careroute::casework::testing {

// The clinic asks the early-help centre, or the kindergarten, to do step "help"
// (occurrence 1): by consent, to the guardianship body by law, or in hand. Also
// step "talk" (2) without a referral, "tell" (3), a notice, and "over" (9),
// which has ended. Answers of the surroundings are plain members.
class ReferralStage final : public ReferralSurroundings,
                            public DirectoryAnswers {
 public:
  ReferralStage();

  // Text is a ReferralCommand. What a change points to lives as long as this.
  [[nodiscard]] ReferralChange Ask(const std::string& command,
                                   const model::v1::Actor& actor);

  // Folds what was decided, as a case would.
  void Apply(const ReferralChange& change);

  // Makes and sends referral 1 of step "help" to the centre.
  void MakeAndSend();

  [[nodiscard]] Case& state() { return state_; }
  [[nodiscard]] const Referral& referral(int number) const;
  [[nodiscard]] const model::v1::Actor& requester() const { return requester_; }
  [[nodiscard]] const model::v1::Actor& performer() const { return performer_; }

  // --- What the surroundings answer -----------------------------------------
  std::optional<int> performers_left = 1;
  bool guards_hold = true;
  bool evidence_is_owed = false;
  bool member_may_perform = true;
  bool overdue = false;
  bool has_left = false;
  pathway::Tri danger = pathway::Tri::kNo;
  std::map<std::string, OrganisationFacts, std::less<>> organisations;

  // --- ReferralSurroundings, DirectoryAnswers -------------------------------
  [[nodiscard]] std::string RequesterOf(const Occurrence&) const override;
  [[nodiscard]] bool MayPerform(absl::string_view organisation,
                                const model::v1::Performer& performer,
                                const Occurrence&) const override;
  [[nodiscard]] bool MemberMayPerform(absl::string_view,
                                      const Occurrence&) const override;
  [[nodiscard]] std::optional<int> PerformersLeft(
      const Occurrence&, absl::string_view) const override;
  [[nodiscard]] GuardAnswer CheckGuards(
      const Occurrence&,
      const google::protobuf::RepeatedPtrField<std::string>& emergency_for)
      const override;
  [[nodiscard]] pathway::Tri Ask(const model::v1::Condition&,
                                 SubjectRef) const override;
  [[nodiscard]] bool IsOverdue(const Referral&) const override;
  [[nodiscard]] bool HasLeft(const Referral&) const override;
  [[nodiscard]] const OrganisationFacts* Find(
      absl::string_view organisation) const override;
  [[nodiscard]] bool MemberExists(absl::string_view) const override;
  [[nodiscard]] std::vector<const OrganisationFacts*> Candidates(
      const PerformerQuery&, size_t) const override;

 private:
  google::protobuf::Arena arena_;
  std::shared_ptr<const pathway::Edition> edition_;
  model::v1::Actor requester_;
  model::v1::Actor performer_;
  std::vector<base::Uid> fresh_ids_;
  Case state_;
};

}  // namespace careroute::casework::testing

#endif  // CAREROUTE_LIB_CASEWORK_TESTING_REFERRAL_STAGE_H_
