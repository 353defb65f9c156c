// lib/casework/testing/referral_machine.h: a referral in a test, brought into
// any state, asked anything by anybody.
//
//   ReferralMachine machine(/*performer_is_local=*/true);
//   machine.Bring(model::v1::REFERRAL_STATE_RECEIVED,
//                 model::v1::DELIVERY_SENT);
//   const auto decision = machine.Decide("begin {}", machine.performer());

#ifndef CAREROUTE_LIB_CASEWORK_TESTING_REFERRAL_MACHINE_H_
#define CAREROUTE_LIB_CASEWORK_TESTING_REFERRAL_MACHINE_H_

#include <string>

#include "careroute/command/v1/referral_command.pb.h"
#include "careroute/model/v1/actor.pb.h"
#include "careroute/model/v1/referral.pb.h"
#include "google/protobuf/arena.h"
#include "lib/casework/referral.h"
#include "lib/casework/referral_decide.h"

namespace careroute::casework::testing {

inline constexpr char kClinic[] = "organisations/clinic";
inline constexpr char kCentre[] = "organisations/early-help-centre";
inline constexpr char kKindergarten[] = "organisations/kindergarten";

// Asks a clinic's referral to the early-help centre. Identity and needs were
// disclosed. Decisions live as long as the machine.
class ReferralMachine {
 public:
  explicit ReferralMachine(bool performer_is_local);

  // Writes the entries that lead there. The referral must be a draft. A state
  // that a delivery cannot lead to is set as it would be read.
  void Bring(model::v1::ReferralState state, model::v1::Delivery delivery);

  // Folds a bare entry of the half its move belongs to.
  void Add(model::v1::ReferralMove move);

  // Text is a ReferralCommand; a text that is none is a mistake of the test.
  [[nodiscard]] ReferralDecision Decide(const std::string& command,
                                        const model::v1::Actor& actor);
  [[nodiscard]] ReferralDecision Decide(
      const command::v1::ReferralCommand& command,
      const model::v1::Actor& actor);

  // Folds what was decided.
  void Apply(const ReferralDecision& decision);

  [[nodiscard]] Referral& referral() { return referral_; }
  [[nodiscard]] ReferralContext& context() { return context_; }

  [[nodiscard]] const model::v1::Actor& requester() const { return requester_; }
  [[nodiscard]] const model::v1::Actor& performer() const { return performer_; }
  [[nodiscard]] const model::v1::Actor& hub() const { return hub_; }
  [[nodiscard]] const model::v1::Actor& stranger() const { return stranger_; }

 private:
  google::protobuf::Arena arena_;
  model::v1::Actor requester_;
  model::v1::Actor performer_;
  model::v1::Actor hub_;
  model::v1::Actor stranger_;
  Referral referral_;
  ReferralContext context_;
};

// Parses a ReferralCommand; aborts on a text that is none.
[[nodiscard]] command::v1::ReferralCommand ParseReferralCommand(
    const std::string& text);

}  // namespace careroute::casework::testing

#endif  // CAREROUTE_LIB_CASEWORK_TESTING_REFERRAL_MACHINE_H_
