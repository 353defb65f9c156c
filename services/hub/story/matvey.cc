// Matvey lives with his grandmother, who cares for him and has no papers.

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
constexpr char kCentre[] = "rehab-centre-amur";
constexpr char kGuardianship[] = "guardianship-khabarovsk";

class Matvey {
 public:
  explicit Matvey(const Teller& teller) : teller_(teller) {}

  void IsFoundWithGrandmother() {
    teller_.Chapter("Matvey: a grandmother who cares without papers");
    const Human grandmother = {.family_name = "Ветрова",
                               .given_name = "Зинаида",
                               .birth_date = "1962-03-08",
                               .phone = "+7 900 000-17-01"};
    grandmother_ = Register(teller_, System(kPolyclinic), grandmother);
    const Human matvey = {.family_name = "Ветров",
                          .given_name = "Матвей",
                          .birth_date = "2023-12-19",
                          .phone = "+7 900 000-17-01",
                          .line = "ул. Дальняя, 8"};
    api::v1::ReportNeedRequest report = Need(matvey);
    model::v1::Carer& carer = *report.mutable_person()->add_carers();
    carer.set_person(grandmother_);
    carer.set_relation("бабушка");
    carer.set_from("2025-01-15");
    case_ = std::make_unique<FamilyCase>(
        FamilyCase::Report(teller_, Specialist(kPolyclinic),
                           Coordinator(kPolyclinic), std::move(report)));
    case_->Complete(Specialist(kPolyclinic), "identify_and_record", "recorded");
    IsInformed(*case_);
    teller_.Say(
        "His grandmother brings Matvey. His mother went north to work and "
        "does not answer; there is no paper that says who decides for him.");
  }

  void MayNotConsent() {
    case_->CompleteInVain(Coordinator(kPolyclinic), "consent", "given",
                          {.consent = ByGrandmother()},
                          model::v1::ERROR_REASON_WRONG_DECIDER);
    teller_.Say("She may be told, and may help. Consent she cannot.");
    case_->Complete(Coordinator(kPolyclinic), "consent", "nobody_may_decide");
    case_->Complete(Coordinator(kPolyclinic), "representative_lost",
                    "carer_without_papers");
    case_->Refer(Coordinator(kPolyclinic), {.step = "guardianship_notice",
                                            .organisation = kGuardianship,
                                            .way = "child_in_danger"});
    case_->Complete(Coordinator(kPolyclinic), "guardianship_notice", "sent");
    teller_.Say("The law lets the guardianship body be told, and so it is.");
  }

  void IsInspected() {
    case_->Complete(Specialist(kGuardianship), "guardianship_notice.inspection",
                    "representative_appointed",
                    {.documents = {"representative-document"}});
    Appoint(teller_, Coordinator(kPolyclinic),
            {.person = case_->Get().person(),
             .decides = grandmother_,
             .document = "guardianship-order"});
    teller_.Say(
        "The guardianship body comes, sees that he is well, and appoints her "
        "guardian for a time.");
  }

  void Decides() {
    IsInformed(*case_);
    IsTaken(teller_, *case_, grandmother_, kCentre);
    teller_.Say("Now she is asked from the beginning, and says yes.");
    case_->ShowRoute("matvey");
  }

 private:
  [[nodiscard]] model::v1::Consent ByGrandmother() const {
    return ConsentOf({.by = grandmother_,
                      .to_kinds = {model::v1::AGENCY_KIND_SOCIAL},
                      .day = teller_.Day()});
  }

  const Teller& teller_;
  std::string grandmother_;
  std::unique_ptr<FamilyCase> case_;
};

}  // namespace

void TellMatvey(const Teller& teller, Schedule& schedule) {
  const auto matvey = std::make_shared<Matvey>(teller);
  schedule.At("2025-09-01 10:00",
              [matvey] { matvey->IsFoundWithGrandmother(); });
  schedule.At("2025-09-01 10:40", [matvey] { matvey->MayNotConsent(); });
  schedule.At("2025-09-03 14:00", [matvey] { matvey->IsInspected(); });
  schedule.At("2025-09-05 10:00", [matvey] { matvey->Decides(); });
}

}  // namespace careroute::services
