// Sofia, two years old: from a polyclinic to a kindergarten.

#include <memory>
#include <string>
#include <utility>

#include "services/hub/story/families.h"
#include "services/hub/story/family_case.h"
#include "services/hub/story/person.h"

namespace careroute::services {
namespace {

using model::v1::AGENCY_KIND_EDUCATION;
using model::v1::AGENCY_KIND_NGO;
using model::v1::AGENCY_KIND_SOCIAL;

class Sofia {
 public:
  explicit Sofia(const Teller& teller) : teller_(teller) {}

  void IsNoticed() {
    const std::string mother = Register(teller_, System("polyclinic-3"),
                                        {.family_name = "Лугова",
                                         .given_name = "Марина",
                                         .middle_name = "Сергеевна",
                                         .birth_date = "1996-05-02",
                                         .phone = "+7 900 000-11-01"});
    mother_ = mother;
    child_ = {.family_name = "Лугова",
              .given_name = "София",
              .middle_name = "Андреевна",
              .birth_date = "2023-03-20",
              .phone = "+7 900 000-11-01",
              .line = "ул. Ясная, 7",
              .parents = {mother}};
    teller_.Chapter("София Лугова, два года: от поликлиники до детского сада");
    teller_.Say("На осмотре двух лет врач видит: София почти не говорит.");
    case_ = std::make_unique<FamilyCase>(FamilyCase::Report(
        teller_, Specialist("polyclinic-3"), nurse_, Need(child_)));
    teller_.Expect(case_->IsLive("identify_and_record"), "the case has begun");
    case_->Complete(Specialist("polyclinic-3"), "identify_and_record",
                    "recorded");
  }

  void IsTold() {
    case_->Complete(nurse_, "inform_parents", "informed",
                    {.documents = {"provider-list"}, .on = teller_.Day()});
    teller_.Say("Мама получила список организаций и время подумать.");
  }

  void Agrees() {
    case_->Complete(
        nurse_, "consent", "given",
        {.consent = ConsentOf({.by = mother_,
                               .to_kinds = {AGENCY_KIND_SOCIAL, AGENCY_KIND_NGO,
                                            AGENCY_KIND_EDUCATION},
                               .day = teller_.Day()})});
    teller_.Say("Мама согласна, чтобы данные передали центру «Амур».");
    referral_ = case_->Refer(nurse_, {.step = "issue_referral",
                                      .organisation = "rehab-centre-amur"});
  }

  void IsAccepted() {
    case_->Accept(Specialist("rehab-centre-amur"), referral_);
    teller_.Say("Центр «Амур» принимает направление.");
    teller_.Expect(case_->IsLive("intake"), "the intake follows");
  }

  void End() { case_->ShowRoute(); }

 private:
  const Teller& teller_;
  const Who nurse_ = Coordinator("polyclinic-3");
  Human child_;
  std::string mother_;
  std::string referral_;
  std::unique_ptr<FamilyCase> case_;
};

}  // namespace

void TellSofia(const Teller& teller, Schedule& schedule) {
  const auto sofia = std::make_shared<Sofia>(teller);
  schedule.At("2025-03-24 10:00", [sofia] { sofia->IsNoticed(); });
  schedule.At("2025-03-26 09:30", [sofia] { sofia->IsTold(); });
  schedule.At("2025-03-27 15:00", [sofia] { sofia->Agrees(); });
  schedule.At("2025-03-31 11:00", [sofia] { sofia->IsAccepted(); });
  schedule.At("2026-03-31 16:00", [sofia] { sofia->End(); });
}

}  // namespace careroute::services
