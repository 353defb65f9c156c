// Artyom's paper is with another agency, which answers late.

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
constexpr char kBureau[] = "mse-bureau-5";

class Artyom {
 public:
  explicit Artyom(const Teller& teller) : teller_(teller) {}

  void IsAsked() {
    teller_.Chapter("Artyom: another agency answers late, and nothing waits");
    Found found = AreFound(teller_, kPolyclinic,
                           {.family_name = "Соснина",
                            .given_name = "Ольга",
                            .birth_date = "1990-04-25",
                            .phone = "+7 900 000-18-01",
                            .line = "ул. Лесная, 33"},
                           {.family_name = "Соснин",
                            .given_name = "Артём",
                            .birth_date = "2023-10-10"});
    case_ = std::move(found.family);
    IsInformed(*case_);
    IsTaken(teller_, *case_, found.mother, kCentre);
    case_->Complete(Specialist(kCentre), "intake", "document_elsewhere");
    case_->Complete(Specialist(kCentre), "interagency_request", "sent");
    request_ =
        case_->Refer(Specialist(kCentre), {.step = "interagency_request.answer",
                                           .organisation = kBureau,
                                           .way = "by_law"});
    teller_.Say(
        "A conclusion is needed that the expertise bureau holds. It is asked, "
        "and has five working days.");
  }

  void GoesOnMeanwhile() {
    case_->Complete(Specialist(kCentre), "intake", "needs_programme",
                    {.facts = {Counted("weeks_at_birth", 33)}});
    case_->Complete(Specialist(kCentre), "assessment", "assessed",
                    {.documents = {"assessment-protocol"}});
    teller_.Say("The centre does not wait: intake and assessment are done.");
  }

  void IsLate() {
    teller_.Expect(case_->Get().overdue() > 0, "the answer is overdue");
    teller_.Say(
        "The time is over without an answer. It is overdue, and stays "
        "in the bureau's queue.");
  }

  void IsAnswered() {
    case_->Accept(Specialist(kBureau), request_);
    case_->Begin(Specialist(kBureau), request_);
    case_->FinishInVain(Specialist(kBureau), request_, "answered", {},
                        model::v1::ERROR_REASON_LATE_REASON_NEEDED);
    case_->Finish(Specialist(kBureau), request_, "answered",
                  {.documents = {"mse-certificate-and-ipra"},
                   .late_reason = "архив переезжал"});
    teller_.Expect(!case_->IsLive("interagency_request.answer"),
                   "a late answer closes the loop all the same");
    teller_.Say("A week late it answers, and says why. The loop is closed.");
    case_->ShowRoute("artyom");
  }

 private:
  const Teller& teller_;
  std::string request_;
  std::unique_ptr<FamilyCase> case_;
};

}  // namespace

void TellArtyom(const Teller& teller, Schedule& schedule) {
  const auto artyom = std::make_shared<Artyom>(teller);
  schedule.At("2025-09-08 10:00", [artyom] { artyom->IsAsked(); });
  schedule.At("2025-09-15 10:00", [artyom] { artyom->GoesOnMeanwhile(); });
  schedule.At("2025-09-17 09:00", [artyom] { artyom->IsLate(); });
  schedule.At("2025-09-22 15:00", [artyom] { artyom->IsAnswered(); });
}

}  // namespace careroute::services
