// services/hub/story/crossing.h: a referral that crosses from one hub to
// another, and what both hubs make of it.
//
// What travels takes its time; each of these waits, by a watch, until the other
// side has it, and ends the story with what did not come.
//
//   Crossing asked(teller, family, {.step = "teleconsultation", ...});
//   asked.Arrives();
//   asked.Accept();
//   asked.Finish("admit", {.documents = {"consultation-protocol"}});
//   asked.Show();

#ifndef CAREROUTE_SERVICES_HUB_STORY_CROSSING_H_
#define CAREROUTE_SERVICES_HUB_STORY_CROSSING_H_

#include <string>

#include "careroute/model/v1/referral.pb.h"
#include "services/hub/story/family_case.h"
#include "services/hub/story/teller.h"

namespace careroute::services {

// Borrows the teller and the family.
class Crossing {
 public:
  // The family's coordinator refers to an organisation of another hub.
  Crossing(const Teller& teller, const FamilyCase& family, const To& to);

  // The performer's hub has it.
  void Arrives();

  // The performer's specialist does so, and the family's hub hears of it. Once
  // it has arrived.
  void Accept() const;
  void Begin() const;
  void Finish(const std::string& outcome, const With& with = {}) const;

  // As the family's coordinator sees it, and as the performer does.
  [[nodiscard]] model::v1::Referral AtHome() const;
  [[nodiscard]] model::v1::Referral AtPerformer() const;
  // What both call it in every hub: "referrals/{uid}".
  [[nodiscard]] const std::string& name() const { return name_; }

  // Ends the story when the hubs do not tell the same of it; else shows who
  // wrote what and when.
  void Show() const;

 private:
  void IsHeardOf(model::v1::ReferralState state) const;

  const Teller& teller_;
  const FamilyCase& family_;
  const Who performer_;
  const std::string name_at_home_;  // "cases/{case}/referrals/{n}"
  const std::string name_;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_STORY_CROSSING_H_
