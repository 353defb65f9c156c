// Timur's parents want help and no exchange of data: they carry the paper.

#include <memory>
#include <string>
#include <utility>

#include "services/hub/story/beginnings.h"
#include "services/hub/story/families.h"
#include "services/hub/story/family_case.h"
#include "services/hub/story/person.h"

namespace careroute::services {
namespace {

constexpr char kPolyclinic[] = "polyclinic-3";
constexpr char kFirstSteps[] = "first-steps";

class Timur {
 public:
  explicit Timur(const Teller& teller) : teller_(teller) {}

  void Declines() {
    teller_.Chapter("Timur: the family carries the referral in hand");
    Found found = AreFound(teller_, kPolyclinic,
                           {.family_name = "Речная",
                            .given_name = "Алина",
                            .birth_date = "1993-11-12",
                            .phone = "+7 900 000-12-01",
                            .line = "ул. Тихая, 3"},
                           {.family_name = "Речной",
                            .given_name = "Тимур",
                            .birth_date = "2023-09-05"});
    case_ = std::move(found.family);
    IsInformed(*case_);
    case_->Complete(Coordinator(kPolyclinic), "consent", "declines_exchange");
    teller_.Say(
        "Timur's parents do not want data to travel. Help costs no consent: "
        "they will take the referral themselves.");
    case_->Complete(Coordinator(kPolyclinic), "referral_in_hand", "given",
                    {.documents = {"referral-slip"}});
    carried_ =
        case_->Refer(Coordinator(kPolyclinic),
                     {.step = "referral_in_hand.carried", .way = "in_hand"});
    const model::v1::Referral paper =
        case_->Referral(Coordinator(kPolyclinic), carried_);
    teller_.Expect(paper.delivery() == model::v1::DELIVERY_IN_HAND,
                   "the referral is in hand");
    teller_.Expect(case_->Get().participants_size() == 1,
                   "nobody but the polyclinic takes part");
  }

  void IsTakenIn() {
    command::v1::ReportInHand heard;
    heard.set_state(model::v1::REFERRAL_STATE_ACCEPTED);
    heard.set_reported_by(model::v1::REPORTED_BY_FAMILY);
    heard.set_performer(absl::StrCat("organisations/", kFirstSteps));
    case_->Heard(Coordinator(kPolyclinic), carried_, heard);
    teller_.Say(
        "The mother rings up: «Первые шаги» have taken them. The news is "
        "written down as the family's.");
    teller_.Expect(case_->IsLive("intake"), "the intake follows the paper");
    teller_.Expect(!case_->IsLive("referral_in_hand.news"),
                   "nobody asks for news any more");
  }

  void IsConsulted() {
    case_->Complete(Specialist(kFirstSteps), "intake", "short_consultation");
    case_->PlanVisits(Specialist(kFirstSteps), "short_consultation", "",
                      {7, 14, 21});
    teller_.Say("Three meetings are enough, they think, and plan them.");
  }

  void Meets(int visit) {
    case_->RecordVisit(Specialist(kFirstSteps), "short_consultation", visit);
  }

  void Finishes() {
    case_->Complete(Specialist(kFirstSteps), "short_consultation", "enough");
    case_->Complete(Specialist(kFirstSteps), "final_review", "goals_met");
    teller_.Say("It was enough. Timur's case ends with its goals met.");
    teller_.Expect(case_->Get().ending() == "goals_met", "it ended so");
    case_->ShowRoute("timur");
  }

 private:
  const Teller& teller_;
  std::string carried_;
  std::unique_ptr<FamilyCase> case_;
};

}  // namespace

void TellTimur(const Teller& teller, Schedule& schedule) {
  const auto timur = std::make_shared<Timur>(teller);
  schedule.At("2025-04-02 10:00", [timur] { timur->Declines(); });
  schedule.At("2025-04-09 12:00", [timur] { timur->IsTakenIn(); });
  schedule.At("2025-04-16 12:00", [timur] { timur->IsConsulted(); });
  schedule.At("2025-04-23 11:00", [timur] { timur->Meets(1); });
  schedule.At("2025-04-30 11:00", [timur] { timur->Meets(2); });
  schedule.At("2025-05-07 11:00", [timur] { timur->Meets(3); });
  schedule.At("2025-05-14 11:00", [timur] { timur->Finishes(); });
}

}  // namespace careroute::services
