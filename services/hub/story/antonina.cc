// Antonina Stepanovna is to leave the hospital and needs help every day: from
// the report of the hospital to care at home, with a level that she disputes.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/hub/story/care_package.h"
#include "services/hub/story/contact.h"
#include "services/hub/story/elderly.h"
#include "services/hub/story/families.h"
#include "services/hub/story/family_case.h"
#include "services/hub/story/person.h"

namespace careroute::services {
namespace {

constexpr char kHospital[] = "lk-hospital-1";
constexpr char kCentre[] = "kuzbass-coordination-centre";
constexpr char kSocial[] = "lk-social-protection";
constexpr char kCare[] = "lk-cson";
constexpr char kNurses[] = "nursing-house";
constexpr char kCommission[] = "lk-administration";

// Not whoever looked the first time.
Who AnotherAssessor() { return {.organisation = kCentre, .member = "deputy"}; }

class Antonina {
 public:
  explicit Antonina(const Teller& teller) : teller_(teller) {}

  void IsReported() {
    teller_.Chapter("Antonina: from a hospital bed to help at home");
    case_ = std::make_unique<FamilyCase>(FamilyCase::Report(
        teller_, Specialist(kHospital), Coordinator(kHospital),
        ReportOf(
            InLeninskKuznetsky({.family_name = "Шахтина",
                                .given_name = "Антонина",
                                .middle_name = "Степановна",
                                .birth_date = "1943-05-30",
                                .phone = "+7 900 000-41-01",
                                .line = "ул. Забойная, 9",
                                .access = {model::v1::ACCESS_NEED_HEARING}}),
            "long-term-care", "medical_report", {})));
    person_ = case_->Get().person();
    case_->Consent(Coordinator(kHospital), ToAllOfCare(teller_, person_));
    case_->Record(
        Coordinator(kHospital),
        {True("needs_daily_help", true), Chosen("place_now", "hospital"),
         Dated("discharge_on", "2025-04-22")});
    teller_.Expect(case_->IsLive("discharge_plan"),
                   "the way home is planned while the bed is hers");
    case_->Refer(Coordinator(kHospital),
                 {.step = "report_of_need", .organisation = kCentre});
    case_->Complete(Coordinator(kHospital), "report_of_need", "recorded");
    teller_.Say(
        "She broke her hip and cannot be alone any more. A week before she is "
        "to go home the hospital tells the coordination centre, with her "
        "consent.");
  }

  void IsAsked() {
    case_->Complete(Specialist(kCentre), "collect_data", "need_likely");
    PlanDischarge();
    teller_.Say(
        "Two working days are enough to ask: help every day. The hospital "
        "writes down how she gets home and who will be there.");
  }

  void Applies() {
    case_->Complete(Specialist(kSocial), "will_and_capacity", "able");
    case_->Complete(Specialist(kSocial), "consent", "given",
                    {.consent = ToAllOfCare(teller_, person_)});
    case_->Complete(Coordinator(kHospital), "application", "registered",
                    {.facts = {Dated("open_application_on", teller_.Day())},
                     .documents = {"social-service-application"},
                     .by_the_family = true});
    teller_.Expect(case_->TooLateOn("need_decision") == "2025-04-24",
                   "five working days for the decision");
    typing_ = case_->ReferAndBegin(Coordinator(kHospital),
                                   {.step = "typing", .organisation = kCentre});
    teller_.Say(
        "She decides herself, says what she wants, and applies. The decision "
        "has five working days; an assessor will come to her home.");
  }

  void StaysInHospital() {
    case_->Record(Coordinator(kHospital),
                  {Dated("discharge_on", "2025-04-29")});
    PlanDischarge();
    teller_.Say("A fever: she stays another week, and the plan is made anew.");
  }

  void IsNotAtHome() {
    case_->Finish(Specialist(kCentre), typing_, "could_not_assess",
                  {.facts = {Chosen("why_not_assessed", "in_hospital")},
                   .recheck_date = "2025-05-13"});
    teller_.Say(
        "On the day of the assessment she is in hospital. The law's clock "
        "does not stop for that.");
    case_->Complete(Specialist(kCentre), "assessment_on_documents", "level_set",
                    {.facts = {Chosen("care_level", "level_2")},
                     .documents = {"assessment-form"}});
    teller_.Say(
        "So she is assessed on the hospital's documents: level 2. She will be "
        "seen in person later.");
  }

  void IsDecidedOn() {
    case_->Complete(Specialist(kSocial), "need_decision", "in_need_home",
                    {.facts = {Chosen("need_ground", "self_care_lost")},
                     .documents = {"need-decision"}});
    teller_.Expect(case_->Get().overdue() == 0,
                   "decided on the fifth working day");
    teller_.Say("On the fifth working day it is decided: in need, at home.");
  }

  void GetsProgramme() {
    AgreeOnProgramme();
    case_->Complete(Specialist(kSocial), "care_package", "agreed",
                    Packaged(Package({{"feeding", 420, 7},
                                      {"help_with_washing", 210, 7},
                                      {"bathing", 120, 2}},
                                     {"cooking", "hair_washing"})));
    case_->Complete(Coordinator(kHospital), "choose_provider", "chosen",
                    {.by_the_family = true});
    contract_ = case_->ReferAndBegin(
        Coordinator(kHospital),
        {.step = "contract", .organisation = kCare, .line = 1});
    teller_.Say(
        "The programme and the weekly package: her daughter cooks, the rest "
        "is given. She chooses the town's social centre.");
  }

  void ComesHome() {
    case_->Finish(Specialist(kCare), contract_, "signed",
                  {.documents = {"contract", "organiser-of-care"}});
    case_->Record(Coordinator(kHospital), {Chosen("place_now", "home")});
    case_->Complete(Specialist(kSocial), "review", "same",
                    {.recheck_date = "2025-10-28"});
    teller_.Expect(
        case_->Live("home_care").state() == model::v1::OCCURRENCE_STATE_LIVE,
        "care waits for nothing any more");
    case_->PlanVisits(Specialist(kCare), "home_care", "feeding", {0, 1, 2});
    case_->RecordVisit(Specialist(kCare), "home_care", 1);
    case_->Complete(Coordinator(kHospital), "first_day_at_home", "care_began");
    teller_.Say(
        "The contract, the way home, the first meal: all on one day. The "
        "coordinator asks in the evening whether somebody really came.");
  }

  void OpensToNobody() {
    case_->RecordVisit(Specialist(kCare), "home_care", 2, "not_at_home");
    teller_.Expect(case_->IsLive("silence_review.welfare_check"),
                   "a door that stays shut is looked at the same day");
    case_->Complete(Coordinator(kHospital), "silence_review.welfare_check",
                    "found_well");
    case_->Try(Coordinator(kHospital), model::v1::CONTACT_MODE_VISIT, true);
    teller_.Say(
        "The second day nobody opens. Somebody goes there at once: she was "
        "with her neighbour, and had not heard the bell.");
  }

  void IsSeenByDoctor() {
    case_->RecordVisit(Specialist(kCare), "home_care", 3);
    const std::string examination = case_->ReferAndBegin(
        Coordinator(kHospital),
        {.step = "first_medical_examination", .organisation = kNurses});
    case_->Finish(Specialist(kNurses), examination, "visits_needed");
    case_->Complete(Specialist(kNurses), "nurse_visits", "done");
    teller_.Say(
        "A doctor sees her once, as everybody who is cared for; a nurse will "
        "come each month.");
  }

  void Disputes() {
    IsAssessed(Specialist(kCentre), "level_2");
    NeedsNoOtherSupport();
    teller_.Say(
        "The assessor comes to her home: level 2 again. At night she cannot "
        "turn over, and nobody asked about the night.");
    case_->Start(Coordinator(kHospital), "appeal_level");
    case_->Complete(Coordinator(kHospital), "appeal_level", "filed",
                    {.documents = {"appeal-statement"}, .by_the_family = true});
    teller_.Expect(case_->IsLive("home_care"),
                   "what is given goes on during a dispute");
    teller_.Say(
        "She disputes the level before the town's commission. Help goes on "
        "meanwhile.");
  }

  void IsRight() {
    case_->Complete(Specialist(kCommission), "appeal_level.review", "changed",
                    {.documents = {"appeal-decision"}});
    IsAssessed(AnotherAssessor(), "level_3");
    NeedsNoOtherSupport();
    teller_.Say("She was right: another assessor comes, and it is level 3.");
  }

  void GetsMore() {
    AgreeOnProgramme();
    Refuse(Package({{"cooking", 480, 7},
                    {"feeding", 840, 7},
                    {"bathing_in_bed", 420, 2}},
                   {"haircut"}),
           "hours_a_week");
    teller_.Say(
        "A package of 29 hours a week is refused: 28 is the most, and the "
        "refusal says by which act.");
    const std::vector<model::v1::PlanLine> package = Package(
        {{"cooking", 420, 7}, {"feeding", 840, 7}, {"bathing_in_bed", 420, 2}},
        {"haircut"});
    Refuse(Without("foot_and_nail_care", package), "whole_list");
    teller_.Say(
        "28 hours, and one service of the list stands nowhere: refused too. "
        "Each is given, done by the family, or not needed.");
    case_->Complete(Specialist(kSocial), "care_package", "agreed",
                    Packaged(package));
    case_->Complete(Coordinator(kHospital), "choose_provider", "keeps_provider",
                    {.by_the_family = true});
    case_->PlanVisits(Specialist(kCare), "home_care", "bathing_in_bed", {1, 4});
    teller_.Say(
        "Now it is right. The same women go on coming, and more often.");
  }

  void LivesAtHome() {
    case_->RecordVisit(Specialist(kCare), "home_care", 4);
    case_->RecordVisit(Specialist(kCare), "home_care", 5);
    IsRungUp(*case_, Coordinator(kHospital));
    case_->ExpectNothingOverdue();
    case_->ShowRoute("antonina");
    teller_.Say("This is the sheet that lies on her kitchen table:");
    case_->ShowFamilySheet();
  }

 private:
  void PlanDischarge() const {
    case_->Complete(Specialist(kHospital), "discharge_plan", "care_on_the_day",
                    {.documents = {"discharge-plan"}});
    teller_.Expect(!case_->IsLive("discharge_plan"), "the plan is made");
  }

  void IsAssessed(const Who& assessor, const std::string& level) const {
    const std::string referral = case_->ReferAndBegin(
        Coordinator(kHospital), {.step = "typing", .organisation = kCentre});
    case_->Finish(assessor, referral, "level_set",
                  {.facts = {Chosen("care_level", level)},
                   .documents = {"assessment-form"}});
  }

  // A new level gives a right to be told of support.
  void NeedsNoOtherSupport() const {
    case_->Complete(Specialist(kSocial), "support_measures_notice",
                    "not_wanted");
  }

  void AgreeOnProgramme() const {
    case_->Complete(
        Specialist(kSocial), "programme", "agreed_with_package",
        {.facts = {Dated("programme_until", "2028-04-25")},
         .documents = {"individual-programme", "programme-supplement"}});
  }

  static With Packaged(std::vector<model::v1::PlanLine> package) {
    return {
        .facts = {True("lives_alone", false), Chosen("carer_state", "present"),
                  LineGives(1, "home_care")},
        .documents = {"programme-supplement"},
        .plan = std::move(package)};
  }

  void Refuse(const std::vector<model::v1::PlanLine>& package,
              const std::string& rule) const {
    const model::v1::Refusal refusal = case_->CompleteInVain(
        Specialist(kSocial), "care_package", "agreed", Packaged(package),
        model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
    teller_.Expect(Names(refusal, rule), "the refusal names the rule");
  }

  const Teller& teller_;
  std::string person_;
  std::string typing_;
  std::string contract_;
  std::unique_ptr<FamilyCase> case_;
};

}  // namespace

void TellAntonina(const Teller& teller, Schedule& schedule) {
  const auto antonina = std::make_shared<Antonina>(teller);
  schedule.LiveBy(KuzbassZone());
  schedule.At("2025-04-14 11:00", [antonina] { antonina->IsReported(); });
  schedule.At("2025-04-15 10:00", [antonina] { antonina->IsAsked(); });
  schedule.At("2025-04-16 14:00", [antonina] { antonina->Applies(); });
  schedule.At("2025-04-21 16:00", [antonina] { antonina->StaysInHospital(); });
  schedule.At("2025-04-22 14:00", [antonina] { antonina->IsNotAtHome(); });
  schedule.At("2025-04-23 16:00", [antonina] { antonina->IsDecidedOn(); });
  schedule.At("2025-04-28 15:00", [antonina] { antonina->GetsProgramme(); });
  schedule.At("2025-04-29 12:00", [antonina] { antonina->ComesHome(); });
  schedule.At("2025-04-30 09:30", [antonina] { antonina->OpensToNobody(); });
  schedule.At("2025-05-05 11:00", [antonina] { antonina->IsSeenByDoctor(); });
  schedule.At("2025-05-13 11:00", [antonina] { antonina->Disputes(); });
  schedule.At("2025-05-28 15:00", [antonina] { antonina->IsRight(); });
  schedule.At("2025-06-02 11:00", [antonina] { antonina->GetsMore(); });
  schedule.At("2025-06-06 18:00", [antonina] { antonina->LivesAtHome(); });
}

}  // namespace careroute::services
