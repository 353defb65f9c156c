// Lev is refused by the first, and goes to the next best.

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/hub/story/beginnings.h"
#include "services/hub/story/families.h"
#include "services/hub/story/family_case.h"
#include "services/hub/story/person.h"

namespace careroute::services {
namespace {

constexpr char kPolyclinic[] = "polyclinic-3";
constexpr char kCabinet[] = "early-help-cabinet-9";

class Lev {
 public:
  explicit Lev(const Teller& teller) : teller_(teller) {}

  void IsReferred() {
    teller_.Chapter("Lev: the first has no place, the next best has");
    Found found = AreFound(teller_, kPolyclinic,
                           {.family_name = "Каменева",
                            .given_name = "Рита",
                            .birth_date = "1991-07-01",
                            .phone = "+7 900 000-14-01",
                            .line = "ул. Краснореченская, 40"},
                           {.family_name = "Каменев",
                            .given_name = "Лев",
                            .birth_date = "2024-05-14"});
    case_ = std::move(found.family);
    IsInformed(*case_);
    Consents(teller_, *case_, found.mother);
    referral_ =
        case_->Refer(Coordinator(kPolyclinic),
                     {.step = "issue_referral", .organisation = kCabinet});
    teller_.Say("Lev's mother chooses the cabinet near her home.");
  }

  void IsRefused() {
    case_->Reject(Specialist(kCabinet), referral_,
                  model::v1::REFERRAL_REASON_NO_PLACES);
    teller_.Say("The cabinet has no places, and says so at once.");
    const std::vector<std::string> fitting =
        case_->Fitting(Coordinator(kPolyclinic), "issue_referral");
    teller_.Expect(!fitting.empty() && std::find(fitting.begin(), fitting.end(),
                                                 kCabinet) == fitting.end(),
                   "others are offered, and never again who refused");
    next_ = fitting.front();
    second_ = case_->Redirect(Coordinator(kPolyclinic), referral_, next_);
    teller_.Say("The next best is: $0. The referral goes there.",
                case_->TitleOf(Coordinator(kPolyclinic), next_));
  }

  void IsAccepted() {
    case_->Accept(Specialist(next_), second_);
    teller_.Expect(case_->IsLive("intake"), "the intake follows");
    case_->Complete(Specialist(next_), "intake", "needs_programme",
                    {.facts = {Counted("weeks_at_birth", 36)}});
    teller_.Say("Accepted. Two days were lost, and nothing else.");
    const model::v1::Referral first =
        case_->Referral(Coordinator(kPolyclinic), referral_);
    teller_.Expect(first.replaced_by() ==
                       case_->Referral(Coordinator(kPolyclinic), second_).uid(),
                   "the first names the one that replaces it");
    case_->ShowRoute("lev");
  }

 private:
  const Teller& teller_;
  std::string referral_;
  std::string second_;
  std::string next_;
  std::unique_ptr<FamilyCase> case_;
};

}  // namespace

void TellLev(const Teller& teller, Schedule& schedule) {
  const auto lev = std::make_shared<Lev>(teller);
  schedule.At("2025-05-12 10:00", [lev] { lev->IsReferred(); });
  schedule.At("2025-05-13 09:00", [lev] { lev->IsRefused(); });
  schedule.At("2025-05-14 17:00", [lev] { lev->IsAccepted(); });
}

}  // namespace careroute::services
