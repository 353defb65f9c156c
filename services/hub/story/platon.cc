// Platon: palliative care begins, everything becomes faster, and one day it is
// not needed any more.

#include <memory>
#include <string>
#include <utility>

#include "services/hub/story/contact.h"
#include "services/hub/story/families.h"
#include "services/hub/story/family_case.h"
#include "services/hub/story/person.h"

namespace careroute::services {
namespace {

using model::v1::SUBJECT_KIND_FINDING;

constexpr char kPolyclinic[] = "polyclinic-3";
constexpr char kHospital[] = "hospital-piotrovich";
constexpr char kRegister[] = "perinatal-centre-postol";
constexpr char kHospice[] = "childrens-hospice";
constexpr char kBetweenDoctors[] = "between_medical_organisations";

class Platon {
 public:
  explicit Platon(const Teller& teller) : teller_(teller) {}

  void IsFound() {
    teller_.Chapter("Platon: palliative care, and out of it again");
    const Human mother = {.family_name = "Снегирёва",
                          .given_name = "Вера",
                          .birth_date = "1995-02-08",
                          .phone = "+7 900 000-32-01",
                          .line = "ул. Кедровая, 14"};
    const std::string name = Register(teller_, System(kPolyclinic), mother);
    case_ = std::make_unique<FamilyCase>(FamilyCase::Report(
        teller_, Specialist(kPolyclinic), Coordinator(kPolyclinic),
        ReportOf(
            ChildOf(mother, name,
                    {.family_name = "Снегирёв",
                     .given_name = "Платон",
                     .birth_date = "2024-09-02"}),
            "congenital-pathology", "found_later",
            {Of(SUBJECT_KIND_FINDING, 1, Chosen("finding_state", "confirmed")),
             Of(SUBJECT_KIND_FINDING, 1, Chosen("urgency", "planned"))})));
    const std::string asked = case_->ReferAndBegin(Coordinator(kPolyclinic),
                                                   {.step = "teleconsultation",
                                                    .organisation = kHospital,
                                                    .way = kBetweenDoctors,
                                                    .line = 1});
    case_->Finish(Specialist(kHospital), asked, "palliative",
                  {.documents = {"consultation-protocol"}});
    case_->Complete(Specialist(kPolyclinic), "dispensary_observation",
                    "lasting_limitation");
    case_->Complete(Specialist(kPolyclinic), "assign_curator", "assigned",
                    {.documents = {"curator-card"}});
    case_->Complete(Coordinator(kPolyclinic), "family_support", "accepted");
    case_->Complete(Coordinator(kPolyclinic), "psych_pedagogical_help",
                    "accepted");
    case_->Complete(Coordinator(kPolyclinic), "family_review", "goes_on");
    case_->Complete(Coordinator(kPolyclinic), "early_help", "declined");
    case_->Refer(Coordinator(kPolyclinic), {.step = "malformation_notice",
                                            .organisation = kRegister,
                                            .way = "register_of_malformations",
                                            .line = 1});
    case_->Complete(Coordinator(kPolyclinic), "malformation_notice", "sent");
    ordinary_ = case_->TooLateOn("disability_referral");
    teller_.Say(
        "At seven months a malformation is found that no operation mends. A "
        "council is to meet with the parents.");
  }

  void IsCaredFor() {
    case_->Complete(Specialist(kHospital), "palliative_council", "palliative",
                    {.documents = {"council-protocol", "talk-record"}});
    teller_.Expect(case_->Holds("palliative"), "the track is set");
    teller_.Expect(case_->TooLateOn("disability_referral") < ordinary_,
                   "a clock that runs already becomes shorter");
    care_ =
        case_->ReferAndBegin(Specialist(kHospital), {.step = "palliative_care",
                                                     .organisation = kHospice,
                                                     .way = kBetweenDoctors});
    case_->Complete(Specialist(kPolyclinic), "disability_referral",
                    "not_wanted", {.recheck_date = "2025-09-01"});
    case_->Complete(Coordinator(kPolyclinic), "report_to_social",
                    "family_declines");
    case_->Complete(Coordinator(kPolyclinic), "consent", "wants_time",
                    {.recheck_date = "2025-09-01"});
    case_->Complete(Coordinator(kPolyclinic), "invite_again", "not_now",
                    {.recheck_date = "2025-09-01"});
    teller_.Say(
        "The council decides with them: palliative care at home. Papers that "
        "had thirty working days have one now; they want none yet.");
  }

  void IsBetter() {
    // The edition counts its two days to the end of the care, not to its
    // beginning.
    case_->Finish(Specialist(kHospice), care_, "no_longer_needed",
                  {.documents = {"council-protocol"},
                   .late_reason = "помощь шла три месяца; начата в срок"});
    teller_.Expect(!case_->Holds("palliative"), "the track is cleared");
    teller_.Expect(case_->IsLive("dispensary_observation"),
                   "the steps of the ordinary route go on");
    teller_.Say(
        "He has grown, eats by himself and needs the hospice no more. The "
        "route goes on at its ordinary pace; what was promised faster stays.");
    IsRungUp(*case_, Coordinator(kPolyclinic));
    case_->ExpectNothingOverdue();
    case_->ShowRoute("platon");
  }

 private:
  const Teller& teller_;
  std::string ordinary_;  // day of the disability papers, on no track
  std::string care_;
  std::unique_ptr<FamilyCase> case_;
};

}  // namespace

void TellPlaton(const Teller& teller, Schedule& schedule) {
  const auto platon = std::make_shared<Platon>(teller);
  schedule.At("2025-04-08 10:00", [platon] { platon->IsFound(); });
  schedule.At("2025-04-09 11:00", [platon] { platon->IsCaredFor(); });
  schedule.At("2025-06-30 11:00", [platon] { platon->IsBetter(); });
}

}  // namespace careroute::services
