// Sofia, two years old: from a polyclinic to a kindergarten, with a second
// report about her in between.

#include <memory>
#include <string>
#include <utility>

#include "services/hub/story/beginnings.h"
#include "services/hub/story/families.h"
#include "services/hub/story/family_case.h"
#include "services/hub/story/person.h"

namespace careroute::services {
namespace {

using api::v1::ReportNeedResponse;

constexpr char kPolyclinic[] = "polyclinic-3";
constexpr char kCentre[] = "rehab-centre-amur";
constexpr char kKindergarten[] = "kindergarten-27";
constexpr char kEducation[] = "education-department-khabarovsk";

class Sofia {
 public:
  explicit Sofia(const Teller& teller) : teller_(teller) {}

  void IsNoticed() {
    teller_.Chapter(
        "Sofia, two years old: from the polyclinic to a kindergarten");
    Found found = AreFound(teller_, kPolyclinic,
                           {.family_name = "Лугова",
                            .given_name = "Марина",
                            .middle_name = "Сергеевна",
                            .birth_date = "1996-05-02",
                            .phone = "+7 900 000-11-01",
                            .line = "ул. Ясная, 7"},
                           {.family_name = "Лугова",
                            .given_name = "София",
                            .middle_name = "Андреевна",
                            .birth_date = "2023-03-20"});
    mother_ = found.mother;
    child_ = found.child;
    case_ = std::move(found.family);
    teller_.Say(
        "At the check-up the doctor sees that Sofia hardly speaks, and records "
        "it. Nobody outside the polyclinic learns of it.");
    teller_.Expect(case_->Get().participants_size() == 1,
                   "only the polyclinic takes part");
  }

  void IsTold() {
    IsInformed(*case_);
    teller_.Say("Her mother gets the list of those who can help, and time.");
  }

  void Agrees() {
    Consents(teller_, *case_, mother_);
    referral_ =
        case_->Refer(Coordinator(kPolyclinic),
                     {.step = "issue_referral", .organisation = kCentre});
    teller_.Say("She consents; the referral goes to the centre «Амур».");
    teller_.Say("This is the sheet she takes home:");
    case_->ShowFamilySheet();
  }

  void IsAccepted() {
    const model::v1::Referral seen =
        case_->Referral(Specialist(kCentre), referral_);
    teller_.Expect(seen.disclosed().criteria().empty(),
                   "a referral says that a ground is proved, not which");
    case_->Accept(Specialist(kCentre), referral_);
    teller_.Say("The centre accepts: it sees who and how to speak, no more.");
  }

  void IsReportedAgain() {
    api::v1::ReportNeedRequest again = Need(child_);
    again.set_entry("education_identification");
    const auto reply = teller_.Do<ReportNeedResponse>(
        Specialist(kKindergarten), "CaseService.ReportNeed", std::move(again));
    teller_.Expect(reply.answer() == "taken into work",
                   "the answer betrays no case");
    teller_.Say(
        "A kindergarten teacher reports Sofia too. The answer is the same as "
        "to anybody: «taken into work».");
    const model::v1::Case now = case_->Get();
    for (const std::string& one : now.participants()) {
      teller_.Expect(one != absl::StrCat("organisations/", kKindergarten),
                     "who reports a known child takes no part in its case");
    }
    api::v1::GetCaseRequest look;
    look.set_name(case_->name());
    teller_.Refused<api::v1::GetCaseResponse>(
        Specialist(kKindergarten), "CaseService.GetCase", std::move(look),
        model::v1::ERROR_REASON_NOT_FOUND);
  }

  void GetsProgramme() {
    StartProgramme(teller_, *case_, kCentre, 2);
    teller_.Say(
        "Intake, assessment, a programme with two lines: speech and movement.");
    const std::string speech = case_->Refer(
        Specialist(kCentre),
        {.step = "delivery", .organisation = kKindergarten, .line = 1});
    case_->Accept(Specialist(kKindergarten), speech);
    case_->Begin(Specialist(kKindergarten), speech);
    const std::string movement =
        case_->Refer(Specialist(kCentre),
                     {.step = "delivery", .organisation = kCentre, .line = 2});
    case_->Accept(Specialist(kCentre), movement);
    case_->Begin(Specialist(kCentre), movement);
    speech_ = speech;
    movement_ = movement;
    teller_.Say(
        "The kindergarten's toy library takes speech, the centre the "
        "rest.");
  }

  void LooksAhead() {
    teller_.Expect(case_->IsLive("transition"),
                   "nine months before three the way to kindergarten begins");
    case_->Consent(Coordinator(kPolyclinic),
                   ConsentOf({.by = mother_,
                              .purpose = "preschool-transition",
                              .to_kinds = {model::v1::AGENCY_KIND_EDUCATION},
                              .day = teller_.Day()}));
    transition_ =
        case_->Refer(Coordinator(kPolyclinic),
                     {.step = "transition", .organisation = kEducation});
    case_->Accept(Specialist(kEducation), transition_);
    case_->Begin(Specialist(kEducation), transition_);
    teller_.Say(
        "Nine months before she is three the education department is "
        "asked for a place.");
  }

  void IsReviewed() {
    case_->Complete(Specialist(kCentre), "interim_review", "goes_on");
    teller_.Say("The three-month review: words are coming. It goes on.");
  }

  void GetsPlace() {
    case_->Finish(Specialist(kEducation), transition_, "place_found",
                  {.facts = {Dated("preschool_place_from", "2026-02-02")}});
    teller_.Say("There is a place from the 2nd of February.");
    teller_.Expect(case_->IsLive("adaptation_consultations"),
                   "getting used to it is helped");
  }

  void Finishes() {
    case_->Complete(Specialist(kEducation), "adaptation_consultations", "done");
    case_->Finish(Specialist(kKindergarten), speech_, "line_done");
    case_->Finish(Specialist(kCentre), movement_, "line_done");
    teller_.Expect(case_->IsLive("final_review"),
                   "the final review comes with the last line");
    case_->Complete(Specialist(kCentre), "final_review", "handed_over",
                    {.facts = {Chosen("support_after", "preschool")},
                     .documents = {"acceptance"}});
    teller_.Say("Sofia goes to kindergarten, and speaks. The case ends.");
    teller_.Expect(case_->Get().ending() == "handed_over", "it ended so");
    case_->ShowRoute("sofia");
  }

 private:
  const Teller& teller_;
  Human child_;
  std::string mother_;
  std::string referral_;
  std::string speech_;
  std::string movement_;
  std::string transition_;
  std::unique_ptr<FamilyCase> case_;
};

}  // namespace

void TellSofia(const Teller& teller, Schedule& schedule) {
  const auto sofia = std::make_shared<Sofia>(teller);
  schedule.At("2025-03-24 10:00", [sofia] { sofia->IsNoticed(); });
  schedule.At("2025-03-26 09:30", [sofia] { sofia->IsTold(); });
  schedule.At("2025-03-27 15:00", [sofia] { sofia->Agrees(); });
  schedule.At("2025-03-31 11:00", [sofia] { sofia->IsAccepted(); });
  schedule.At("2025-04-03 12:00", [sofia] { sofia->IsReportedAgain(); });
  schedule.At("2025-04-10 10:00", [sofia] { sofia->GetsProgramme(); });
  schedule.At("2025-06-23 10:00", [sofia] { sofia->LooksAhead(); });
  schedule.At("2025-07-14 14:00", [sofia] { sofia->IsReviewed(); });
  schedule.At("2025-10-20 14:00", [sofia] { sofia->IsReviewed(); });
  schedule.At("2026-01-26 14:00", [sofia] { sofia->IsReviewed(); });
  schedule.At("2026-01-20 11:30", [sofia] { sofia->GetsPlace(); });
  schedule.At("2026-03-02 16:00", [sofia] { sofia->Finishes(); });
}

}  // namespace careroute::services
