// Nikolay Ilyich has dementia, and nobody may decide for him any more: help
// does not wait until somebody may.

#include <memory>
#include <string>
#include <utility>

#include "careroute/api/v1/registry_service.pb.h"
#include "services/hub/story/elderly.h"
#include "services/hub/story/families.h"
#include "services/hub/story/family_case.h"
#include "services/hub/story/person.h"

namespace careroute::services {
namespace {

constexpr char kCare[] = "lk-cson";
constexpr char kHelpers[] = "care-nearby";
constexpr char kCentre[] = "kuzbass-coordination-centre";
constexpr char kSocial[] = "lk-social-protection";
constexpr char kGuardianship[] = "lk-guardianship";

class Nikolay {
 public:
  explicit Nikolay(const Teller& teller) : teller_(teller) {}

  void IsFound() {
    teller_.Chapter("Nikolay: dementia, and nobody who may decide");
    api::v1::ReportNeedRequest report =
        ReportOf(InLeninskKuznetsky({.family_name = "Угольный",
                                     .given_name = "Николай",
                                     .middle_name = "Ильич",
                                     .birth_date = "1940-01-27",
                                     .phone = "+7 900 000-42-01",
                                     .line = "ул. Забойная, 31"}),
                 "long-term-care", "other_source", {});
    report.add_flags("urgent");
    case_ = std::make_unique<FamilyCase>(FamilyCase::Report(
        teller_, Specialist(kCare), Coordinator(kCare), std::move(report)));
    case_->Record(Coordinator(kCare), {True("urgent_need", true)});
    teller_.Say(
        "A neighbour rings the social centre: the old man next door has not "
        "eaten for two days. His wife, who was his guardian, died in spring.");
    case_->Refer(Coordinator(kCare), {.step = "report_of_need",
                                      .organisation = kCentre,
                                      .way = kLifeInDanger});
    case_->Complete(Coordinator(kCare), "report_of_need", "recorded");
    IsHelpedAtOnce();
    teller_.Say(
        "He is fed the same day. No programme, no contract, no consent: the "
        "law lets the least be told where a life is in danger.");
  }

  void HasNoGuardian() {
    CollectData();
    RecordRuling();
    case_->Complete(Specialist(kSocial), "will_and_capacity", "no_guardian");
    case_->ConsentInVain(Coordinator(kCare), ToAllOfCare(teller_, niece()),
                         model::v1::ERROR_REASON_WRONG_DECIDER);
    case_->Refer(Coordinator(kCare), {.step = "guardianship_notice",
                                      .organisation = kGuardianship,
                                      .way = "child_in_danger"});
    case_->Complete(Coordinator(kCare), "guardianship_notice", "sent");
    teller_.Say(
        "A court declared him incapable long ago. His niece brings soup, and "
        "may not decide for him. The guardianship body is told by law.");
    case_->Record(Coordinator(kCare), {True("urgent_need", true)});
    IsHelpedAtOnce();
    CollectData();
    teller_.Say("Meanwhile somebody comes each day, and nobody asks who pays.");
  }

  void GetsGuardian() {
    case_->Complete(Specialist(kGuardianship), "guardianship_notice.inspection",
                    "representative_appointed",
                    {.documents = {"representative-document"}});
    Appoint(teller_, Coordinator(kCare),
            {.person = case_->Get().person(),
             .decides = niece(),
             .document = "guardianship-order"});
    teller_.Say(
        "On the third working day the niece is his guardian, for a time at "
        "first.");
  }

  void Applies() {
    case_->Complete(Specialist(kSocial), "will_and_capacity", "guardian",
                    {.documents = {"representative-document"}});
    case_->Complete(Specialist(kSocial), "consent", "given",
                    {.consent = ToAllOfCare(teller_, niece())});
    case_->Complete(Coordinator(kCare), "application", "registered",
                    {.facts = {Dated("open_application_on", teller_.Day())},
                     .documents = {"social-service-application"},
                     .by_the_family = true});
    const std::string typing = case_->ReferAndBegin(
        Coordinator(kCare), {.step = "typing", .organisation = kCentre});
    case_->Finish(Specialist(kCentre), typing, "level_set",
                  {.facts = {Chosen("care_level", "level_3")},
                   .documents = {"assessment-form"}});
    teller_.Say(
        "She is asked from the beginning, and applies for him: level 3. From "
        "here his route is that of everybody.");
    case_->Complete(Specialist(kSocial), "support_measures_notice", "informed");
    case_->ExpectNothingOverdue();
    case_->ShowRoute("nikolay");
  }

 private:
  static constexpr char kLifeInDanger[] = "life_in_danger";

  // Registered when she is first spoken of.
  const std::string& niece() {
    if (niece_.empty()) {
      niece_ = Register(teller_, System(kCare),
                        InLeninskKuznetsky({.family_name = "Рудная",
                                            .given_name = "Галина",
                                            .birth_date = "1975-09-14",
                                            .phone = "+7 900 000-42-02"}));
    }
    return niece_;
  }

  // The court's, of years ago; without it he would decide himself.
  void RecordRuling() const {
    api::v1::RecordCapacityRequest request;
    request.set_name(case_->Get().person());
    model::v1::CapacityDecision& ruling =
        *request.mutable_command()->mutable_decision();
    ruling.set_capacity(model::v1::CAPACITY_NONE);
    ruling.mutable_document()->set_kind("court-ruling");
    ruling.mutable_document()->set_issued_on("2023-02-20");
    ruling.set_from("2023-02-20");
    teller_.Do<api::v1::RecordCapacityResponse>(
        Coordinator(kCare), "RegistryService.RecordCapacity",
        std::move(request));
  }

  void CollectData() const {
    case_->Complete(Specialist(kCentre), "collect_data", "need_likely");
  }

  void IsHelpedAtOnce() const {
    const std::string help =
        case_->ReferAndBegin(Coordinator(kCare), {.step = "urgent_service",
                                                  .organisation = kHelpers,
                                                  .way = kLifeInDanger});
    case_->Finish(Specialist(kHelpers), help, "given",
                  {.documents = {"act-of-urgent-services"}});
  }

  const Teller& teller_;
  std::string niece_;
  std::unique_ptr<FamilyCase> case_;
};

}  // namespace

void TellNikolay(const Teller& teller, Schedule& schedule) {
  const auto nikolay = std::make_shared<Nikolay>(teller);
  schedule.LiveBy(KuzbassZone());
  schedule.At("2025-08-11 12:00", [nikolay] { nikolay->IsFound(); });
  schedule.At("2025-08-12 10:00", [nikolay] { nikolay->HasNoGuardian(); });
  schedule.At("2025-08-15 15:00", [nikolay] { nikolay->GetsGuardian(); });
  schedule.At("2025-08-18 11:00", [nikolay] { nikolay->Applies(); });
}

}  // namespace careroute::services
