// Kira's mother consents, but not for one agency; months later she does.

#include <memory>
#include <string>
#include <utility>

#include "services/hub/story/beginnings.h"
#include "services/hub/story/families.h"
#include "services/hub/story/family_case.h"
#include "services/hub/story/person.h"

namespace careroute::services {
namespace {

using model::v1::AGENCY_KIND_EDUCATION;
using model::v1::AGENCY_KIND_SOCIAL;

constexpr char kPolyclinic[] = "polyclinic-3";
constexpr char kCentre[] = "rehab-centre-amur";
constexpr char kKindergarten[] = "kindergarten-27";

class Kira {
 public:
  explicit Kira(const Teller& teller) : teller_(teller) {}

  void ConsentsInPart() {
    teller_.Chapter("Kira: a consent that leaves one agency out");
    Found found = AreFound(teller_, kPolyclinic,
                           {.family_name = "Осенняя",
                            .given_name = "Дина",
                            .birth_date = "1998-02-17",
                            .phone = "+7 900 000-13-01",
                            .line = "ул. Садовая, 19"},
                           {.family_name = "Осенняя",
                            .given_name = "Кира",
                            .birth_date = "2023-11-30"});
    mother_ = found.mother;
    case_ = std::move(found.family);
    IsInformed(*case_);
    case_->Complete(Coordinator(kPolyclinic), "consent", "given",
                    {.consent = ConsentOf({.by = mother_,
                                           .to_kinds = {AGENCY_KIND_SOCIAL},
                                           .day = teller_.Day()})});
    teller_.Say(
        "Kira's mother lets social protection know, but no kindergarten.");
    case_->ReferInVain(
        Coordinator(kPolyclinic),
        {.step = "issue_referral", .organisation = kKindergarten},
        model::v1::ERROR_REASON_NO_GROUND);
    teller_.Say(
        "The kindergarten's toy library cannot be asked: no consent names it, "
        "and no law lets these data pass.");
    const std::string referral =
        case_->Refer(Coordinator(kPolyclinic),
                     {.step = "issue_referral", .organisation = kCentre});
    case_->Accept(Specialist(kCentre), referral);
    teller_.Say("The centre «Амур» may be asked, and accepts.");
  }

  void GetsHelp() {
    StartProgramme(teller_, *case_, kCentre, 1);
    case_->ReferInVain(
        Specialist(kCentre),
        {.step = "delivery", .organisation = kKindergarten, .line = 1},
        model::v1::ERROR_REASON_NO_GROUND);
    teller_.Say(
        "The centre would share the work with the kindergarten, and "
        "may not. It asks the mother what she is afraid of.");
  }

  void ConsentsAfterAll() {
    case_->Consent(Coordinator(kPolyclinic),
                   ConsentOf({.by = mother_,
                              .to_kinds = {AGENCY_KIND_EDUCATION},
                              .day = teller_.Day()}));
    const std::string referral = case_->Refer(
        Specialist(kCentre),
        {.step = "delivery", .organisation = kKindergarten, .line = 1});
    case_->Accept(Specialist(kKindergarten), referral);
    case_->Begin(Specialist(kKindergarten), referral);
    teller_.Say(
        "Now she consents for education too, and the same referral goes "
        "through.");
  }

  void End() {
    teller_.Expect(case_->IsLive("delivery"), "help goes on");
    case_->ShowRoute("kira");
  }

 private:
  const Teller& teller_;
  std::string mother_;
  std::unique_ptr<FamilyCase> case_;
};

}  // namespace

void TellKira(const Teller& teller, Schedule& schedule) {
  const auto kira = std::make_shared<Kira>(teller);
  schedule.At("2025-04-07 10:00", [kira] { kira->ConsentsInPart(); });
  schedule.At("2025-04-15 10:00", [kira] { kira->GetsHelp(); });
  schedule.At("2025-04-22 15:00", [kira] { kira->ConsentsAfterAll(); });
  schedule.At("2025-05-20 15:00", [kira] { kira->End(); });
}

}  // namespace careroute::services
