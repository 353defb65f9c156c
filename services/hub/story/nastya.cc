// Nastya turns three, and there is no place in a kindergarten: help goes on.

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
constexpr char kEducation[] = "education-department-khabarovsk";
constexpr char kMinistry[] = "ministry-social";

class Nastya {
 public:
  explicit Nastya(const Teller& teller) : teller_(teller) {}

  void GetsHelp() {
    teller_.Chapter("Nastya: three years old, and no place");
    Found found = AreFound(teller_, kPolyclinic,
                           {.family_name = "Озёрная",
                            .given_name = "Светлана",
                            .birth_date = "1992-09-09",
                            .phone = "+7 900 000-21-01",
                            .line = "ул. Озёрная, 1"},
                           {.family_name = "Озёрная",
                            .given_name = "Анастасия",
                            .birth_date = "2022-12-01"});
    mother_ = found.mother;
    case_ = std::move(found.family);
    teller_.Expect(case_->IsLive("transition"),
                   "who comes late begins the way to kindergarten at once");
    IsInformed(*case_);
    IsTaken(teller_, *case_, mother_, kCentre);
    StartProgramme(teller_, *case_, kCentre, 1);
    line_ =
        case_->Refer(Specialist(kCentre),
                     {.step = "delivery", .organisation = kCentre, .line = 1});
    case_->Accept(Specialist(kCentre), line_);
    case_->Begin(Specialist(kCentre), line_);
    teller_.Say("Nastya is two and nine months old; help begins this week.");
  }

  void IsToldNo() {
    case_->Consent(Coordinator(kPolyclinic),
                   ConsentOf({.by = mother_,
                              .purpose = "preschool-transition",
                              .to_kinds = {model::v1::AGENCY_KIND_EDUCATION},
                              .day = teller_.Day()}));
    const std::string transition =
        case_->Refer(Coordinator(kPolyclinic),
                     {.step = "transition", .organisation = kEducation});
    case_->Accept(Specialist(kEducation), transition);
    case_->Begin(Specialist(kEducation), transition);
    case_->Finish(Specialist(kEducation), transition, "no_place",
                  {.note = "группы заполнены до февраля"});
    teller_.Expect(case_->Get().rights_size() > 0,
                   "a refusal opens the right to appeal");
    case_->Complete(Specialist(kMinistry), "no_place", "queue",
                    {.facts = {Chosen("interim_help", "visiting_team")}});
    case_->Complete(Coordinator(kPolyclinic), "no_place.interim_help",
                    "arranged",
                    {.facts = {Chosen("interim_help", "visiting_team")}});
    teller_.Say("No place until February. A queue, and a right to appeal.");
  }

  void TurnsThree() {
    teller_.Expect(
        !case_->IsLive("delivery") && case_->IsLive("delivery_beyond_three"),
        "on the third birthday services do not stop");
    teller_.Expect(case_->IsLive("third_birthday"),
                   "and somebody must look at the case");
    case_->Complete(Coordinator(kPolyclinic), "third_birthday", "help_goes_on",
                    {.recheck_date = teller_.Day(90)});
    teller_.Say("The third birthday: the same people go on helping.");
  }

  void IsOffered() {
    case_->Complete(Specialist(kMinistry), "no_place.queue", "place_offered");
    case_->Complete(Specialist(kEducation), "preschool_place", "taken",
                    {.facts = {Dated("preschool_place_from", "2026-02-16")}});
    teller_.Say("A place comes free, and the family takes it.");
    teller_.Expect(case_->IsLive("delivery_beyond_three"),
                   "help goes on until she goes there");
  }

  void Goes() {
    case_->Complete(Specialist(kEducation), "adaptation_consultations", "done");
    teller_.Expect(!case_->IsLive("delivery_beyond_three"),
                   "now it ends by itself");
    case_->Complete(Specialist(kCentre), "final_review", "handed_over",
                    {.facts = {Chosen("support_after", "preschool")},
                     .documents = {"acceptance"}});
    teller_.Say("Nastya goes to kindergarten. The case ends.");
    case_->ShowRoute("nastya");
  }

 private:
  const Teller& teller_;
  std::string mother_;
  std::string line_;
  std::unique_ptr<FamilyCase> case_;
};

}  // namespace

void TellNastya(const Teller& teller, Schedule& schedule) {
  const auto nastya = std::make_shared<Nastya>(teller);
  schedule.At("2025-09-15 11:00", [nastya] { nastya->GetsHelp(); });
  schedule.At("2025-10-06 11:00", [nastya] { nastya->IsToldNo(); });
  schedule.At("2025-12-02 09:00", [nastya] { nastya->TurnsThree(); });
  schedule.At("2026-02-09 09:00", [nastya] { nastya->IsOffered(); });
  schedule.At("2026-03-16 15:00", [nastya] { nastya->Goes(); });
}

}  // namespace careroute::services
