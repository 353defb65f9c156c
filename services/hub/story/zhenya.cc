// Zhenya's family does not answer: three calls in vain, then a visit.

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

class Zhenya {
 public:
  explicit Zhenya(const Teller& teller) : teller_(teller) {}

  void DoesNotCome() {
    teller_.Chapter("Zhenya: three calls in vain, and a visit");
    Found found = AreFound(teller_, kPolyclinic,
                           {.family_name = "Тихонова",
                            .given_name = "Лена",
                            .birth_date = "2001-10-03",
                            .phone = "+7 900 000-16-01",
                            .line = "ул. Окраинная, 2"},
                           {.family_name = "Тихонов",
                            .given_name = "Евгений",
                            .birth_date = "2024-01-09"});
    case_ = std::move(found.family);
    IsInformed(*case_);
    IsTaken(teller_, *case_, found.mother, kCentre);
  }

  void IsMissed() {
    case_->Complete(Specialist(kCentre), "intake", "did_not_come");
    teller_.Say("Zhenya is not brought to the intake. Whoever waited calls.");
    teller_.Expect(case_->IsLive("intake"), "the intake waits on");
  }

  void Calls(model::v1::ContactMode mode, absl::string_view told) {
    case_->Try(Specialist(kCentre), mode, false);
    teller_.Say(told);
    teller_.Expect(case_->IsLive("contact"), "silence is not stated yet");
  }

  void IsVisited() {
    teller_.Expect(!case_->IsLive("silence_review"),
                   "calls alone never mean that a family is lost");
    case_->Try(Specialist(kCentre), model::v1::CONTACT_MODE_VISIT, true);
    teller_.Say(
        "Somebody goes there. The telephone was lost; the mother is glad.");
    teller_.Expect(
        !case_->IsLive("contact") && case_->Ended("contact", "reached"),
        "the family is reached");
    case_->Complete(Specialist(kCentre), "intake", "needs_programme",
                    {.facts = {Counted("weeks_at_birth", 40)}});
    case_->ShowRoute("zhenya");
  }

 private:
  const Teller& teller_;
  std::unique_ptr<FamilyCase> case_;
};

}  // namespace

void TellZhenya(const Teller& teller, Schedule& schedule) {
  using model::v1::CONTACT_MODE_TELEPHONE;
  const auto zhenya = std::make_shared<Zhenya>(teller);
  schedule.At("2025-08-04 10:00", [zhenya] { zhenya->DoesNotCome(); });
  schedule.At("2025-08-06 16:00", [zhenya] { zhenya->IsMissed(); });
  schedule.At("2025-08-06 16:05", [zhenya] {
    zhenya->Calls(CONTACT_MODE_TELEPHONE, "The first call: nobody answers.");
  });
  schedule.At("2025-08-09 11:00", [zhenya] {
    zhenya->Calls(CONTACT_MODE_TELEPHONE, "The second, on a Saturday: no.");
  });
  schedule.At("2025-08-12 18:00", [zhenya] {
    zhenya->Calls(CONTACT_MODE_TELEPHONE, "The third, in the evening: no.");
  });
  schedule.At("2025-08-15 11:00", [zhenya] { zhenya->IsVisited(); });
}

}  // namespace careroute::services
