// Yegor's centre misses a deadline; the heads hear of it.

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

class Yegor {
 public:
  explicit Yegor(const Teller& teller) : teller_(teller) {}

  void IsTakenIn() {
    teller_.Chapter("Yegor: a deadline is missed, and not by chance noticed");
    Found found = AreFound(teller_, kPolyclinic,
                           {.family_name = "Громова",
                            .given_name = "Инна",
                            .birth_date = "1994-12-30",
                            .phone = "+7 900 000-19-01",
                            .line = "ул. Полевая, 21"},
                           {.family_name = "Громов",
                            .given_name = "Егор",
                            .birth_date = "2024-06-06"});
    case_ = std::move(found.family);
    IsInformed(*case_);
    IsTaken(teller_, *case_, found.mother, kCentre);
    teller_.Say("The centre accepts Yegor; the intake has ten working days.");
  }

  void IsNotOverdue() {
    teller_.Expect(Level() == -1 && case_->Get().overdue() == 0,
                   "on its last day nothing is overdue");
    teller_.Say("The tenth working day: nothing is overdue yet.");
  }

  void IsOverdue() {
    teller_.Expect(Level() == 0, "the day after, level 0 is raised");
    teller_.Say("The day after: the centre and the coordinator are told.");
  }

  void IsEscalated() {
    teller_.Expect(Level() == 1, "three working days later, level 1");
    teller_.Say("Three working days more: the coordinator's head is told.");
  }

  void IsDoneLate() {
    const With late = {.facts = {Counted("weeks_at_birth", 39)}};
    case_->CompleteInVain(Specialist(kCentre), "intake", "needs_programme",
                          late, model::v1::ERROR_REASON_LATE_REASON_NEEDED);
    With explained = late;
    explained.late_reason = "заболел специалист";
    case_->Complete(Specialist(kCentre), "intake", "needs_programme",
                    explained);
    teller_.Say("Late work can still be done, and says why it is late.");
    teller_.Expect(case_->Get().overdue() == 0, "nothing is overdue any more");
    case_->ShowRoute("yegor");
  }

 private:
  // The highest level raised of the intake's deadline.
  [[nodiscard]] int Level() const {
    return case_->Live("intake").deadlines(0).level();
  }

  const Teller& teller_;
  std::unique_ptr<FamilyCase> case_;
};

}  // namespace

void TellYegor(const Teller& teller, Schedule& schedule) {
  const auto yegor = std::make_shared<Yegor>(teller);
  schedule.At("2025-10-13 10:00", [yegor] { yegor->IsTakenIn(); });
  schedule.At("2025-10-27 23:00", [yegor] { yegor->IsNotOverdue(); });
  schedule.At("2025-10-28 08:00", [yegor] { yegor->IsOverdue(); });
  schedule.At("2025-10-31 08:00", [yegor] { yegor->IsEscalated(); });
  schedule.At("2025-10-31 12:00", [yegor] { yegor->IsDoneLate(); });
}

}  // namespace careroute::services
