// Varya dies, one day old. Everything that would write or call stops at once,
// and her parents are not left alone.

#include <memory>
#include <string>
#include <utility>

#include "services/hub/story/families.h"
#include "services/hub/story/family_case.h"
#include "services/hub/story/person.h"

namespace careroute::services {
namespace {

using model::v1::SUBJECT_KIND_FINDING;

constexpr char kPerinatal[] = "perinatal-centre-postol";
constexpr char kSurgery[] = "hospital-piotrovich";
constexpr char kMinistry[] = "ministry-social";
constexpr char kPsychologists[] = "psychological-centre";
constexpr char kBetweenDoctors[] = "between_medical_organisations";

class Varya {
 public:
  explicit Varya(const Teller& teller) : teller_(teller) {}

  void IsBorn() {
    teller_.Chapter("Varya: a child dies, and the support goes on");
    const Human mother = {.family_name = "Ильинская",
                          .given_name = "Ксения",
                          .birth_date = "1994-06-21",
                          .phone = "+7 900 000-33-01",
                          .line = "ул. Полярная, 2"};
    mother_ = Register(teller_, System(kPerinatal), mother);
    case_ = std::make_unique<FamilyCase>(FamilyCase::Report(
        teller_, Specialist(kPerinatal), Coordinator(kPerinatal),
        ReportOf(
            ChildOf(mother, mother_,
                    {.family_name = "Ильинская",
                     .given_name = "Варвара",
                     .birth_date = "2025-05-12"}),
            "congenital-pathology", "found_at_birth",
            {Of(SUBJECT_KIND_FINDING, 1, Chosen("finding_state", "confirmed")),
             Of(SUBJECT_KIND_FINDING, 1, Chosen("urgency", "planned"))})));
    asked_ = case_->Refer(Coordinator(kPerinatal), {.step = "teleconsultation",
                                                    .organisation = kSurgery,
                                                    .way = kBetweenDoctors,
                                                    .line = 1});
    case_->Complete(Coordinator(kPerinatal), "newborn_identity",
                    "documents_received", {.documents = {"birth-certificate"}});
    case_->Consent(Coordinator(kPerinatal),
                   ConsentOf({.by = mother_,
                              .purpose = "support-measures",
                              .to_kinds = {model::v1::AGENCY_KIND_SOCIAL},
                              .day = teller_.Day()}));
    teller_.Expect(case_->IsLive("support_measures_notice"),
                   "a birth gives a right to support");
    teller_.Say("Varya is born very ill. Doctors elsewhere are asked.");
  }

  void IsSaidToHaveDied() {
    case_->Record(Specialist(kPerinatal),
                  {Chosen("life_status", "death_reported")});
    for (const char* step : {"support_measures_notice", "family_review",
                             "report_to_social", "dispensary_observation"}) {
      teller_.Expect(
          case_->Live(step).state() == model::v1::OCCURRENCE_STATE_SUSPENDED,
          absl::StrCat(step, " is silent from this minute on"));
    }
    case_->ReferInVain(
        Coordinator(kPerinatal),
        {.step = "support_measures_notice", .organisation = kMinistry},
        model::v1::ERROR_REASON_WRONG_STATE);
    teller_.Say(
        "The night nurse writes that she has died. No notice, no call and no "
        "visit goes out from this minute on.");
  }

  void IsConfirmed() {
    case_->Complete(Coordinator(kPerinatal), "death", "confirmed",
                    {.facts = {Chosen("death_source", "organisation")}});
    const model::v1::Case now = case_->Get();
    teller_.Expect(now.ending() == "died" &&
                       now.state() == model::v1::CASE_STATE_CLOSED_WITH_STEPS,
                   "the case ends, and two steps outlive it");
    teller_.Expect(case_->Referral(Coordinator(kPerinatal), asked_).state() ==
                       model::v1::REFERRAL_STATE_CANCELLED,
                   "nobody goes on with what was asked for her");
    teller_.Say(
        "The coordinator makes sure without calling the parents. The case "
        "ends; what was asked elsewhere is taken back.");
  }

  void HerParentsAreHelped() {
    case_->Complete(Specialist(kPsychologists), "death.family_after_loss",
                    "accepted");
    case_->Refer(Coordinator(kPerinatal), {.step = "malformation_notice",
                                           .organisation = kPerinatal,
                                           .way = "register_of_malformations",
                                           .line = 1});
    case_->Complete(Coordinator(kPerinatal), "malformation_notice", "sent",
                    {.line = 1});
    teller_.Say(
        "A psychologist comes, once and then each week, without any paper to "
        "sign. The doctors do their duty to the register by themselves.");
  }

  void IsRemembered() {
    teller_.Expect(case_->Get().occurrences().empty(),
                   "nothing is left that would write to them");
    teller_.Say(
        "Half a year later: no letter has come to them, and none will.");
    case_->ShowRoute("varya");
  }

 private:
  const Teller& teller_;
  std::string mother_;
  std::string asked_;
  std::unique_ptr<FamilyCase> case_;
};

}  // namespace

void TellVarya(const Teller& teller, Schedule& schedule) {
  const auto varya = std::make_shared<Varya>(teller);
  schedule.At("2025-05-12 14:00", [varya] { varya->IsBorn(); });
  schedule.At("2025-05-13 04:40", [varya] { varya->IsSaidToHaveDied(); });
  schedule.At("2025-05-13 09:00", [varya] { varya->IsConfirmed(); });
  schedule.At("2025-05-15 12:00", [varya] { varya->HerParentsAreHelped(); });
  schedule.At("2025-11-17 10:00", [varya] { varya->IsRemembered(); });
}

}  // namespace careroute::services
