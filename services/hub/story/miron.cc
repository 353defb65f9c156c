// Miron's heart defect is found before he is born, in Chita; he is born and
// operated in Khabarovsk, and goes home.

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "careroute/api/v1/registry_service.pb.h"
#include "services/hub/story/beginnings.h"
#include "services/hub/story/contact.h"
#include "services/hub/story/families.h"
#include "services/hub/story/family_case.h"
#include "services/hub/story/person.h"

namespace careroute::services {
namespace {

using model::v1::SUBJECT_KIND_CHILD_BORN;
using model::v1::SUBJECT_KIND_FINDING;
using model::v1::SUBJECT_KIND_PREGNANCY;

// At home, in Chita.
constexpr char kPerinatal[] = "zab-perinatal-centre";
constexpr char kPolyclinic[] = "chita-childrens-polyclinic";
constexpr char kSocial[] = "chita-social-protection";
constexpr char kHelp[] = "chita-social-centre";
// The interregional centre, on its two sites in Khabarovsk.
constexpr char kCentre[] = "perinatal-centre-postol";
constexpr char kSurgery[] = "hospital-piotrovich";

constexpr char kBetweenDoctors[] = "between_medical_organisations";
constexpr char kBuryat[] = "bua";

Human Mother() {
  return {.family_name = "Дамбаева",
          .given_name = "Сэсэг",
          .middle_name = "Баировна",
          .birth_date = "1997-10-19",
          .phone = "+7 900 000-31-01",
          .region = "RU-DEMO-ZAB",
          .district = "chita",
          .settlement = "chita",
          .line = "ул. Верхняя, 17",
          .language = kBuryat};
}

class Miron {
 public:
  explicit Miron(const Teller& teller) : teller_(teller) {}

  void IsExpected() {
    teller_.Chapter("Miron: found in Chita, operated in Khabarovsk");
    woman_ = std::make_unique<FamilyCase>(FamilyCase::Report(
        teller_, Specialist(kPerinatal), Coordinator(kPerinatal),
        ReportOf(
            Mother(), "congenital-pathology", "found_in_fetus",
            {Of(SUBJECT_KIND_PREGNANCY, 1, Counted("pregnancy_week", 24)),
             Of(SUBJECT_KIND_FINDING, 1, Chosen("finding_state", "confirmed")),
             Of(SUBJECT_KIND_FINDING, 1, Chosen("urgency", "planned"))})));
    mother_ = woman_->Get().person();
    woman_->Complete(Specialist(kPerinatal), "assign_curator", "assigned",
                     {.documents = {"curator-card"}});
    IsListenedTo(*woman_);
    woman_->Refer(Coordinator(kPerinatal), {.step = "malformation_notice",
                                            .organisation = kCentre,
                                            .way = "register_of_malformations",
                                            .line = 1});
    woman_->Complete(Coordinator(kPerinatal), "malformation_notice", "sent");
    teller_.Say(
        "In the 24th week the screening shows a heart defect. The case is his "
        "mother's: a curator by name, and a room where she is listened to.");
  }

  void IsPlannedFor() {
    woman_->Complete(
        Specialist(kPerinatal), "prenatal_consilium", "continue",
        {.facts = {Of(SUBJECT_KIND_PREGNANCY, 1,
                      Dated("birth_expected_on", "2025-06-24")),
                   Of(SUBJECT_KIND_PREGNANCY, 1,
                      Counted("children_expected", 1)),
                   Of(SUBJECT_KIND_FINDING, 1, True("surgery_expected", true))},
         .documents = {"consilium-protocol"}});
    IsListenedTo(*woman_);
    IsAskedHowItGoes(*woman_);
    const model::v1::Refusal refusal = woman_->CompleteInVain(
        Specialist(kPerinatal), "birth_plan", "interregional_centre",
        BirthPlan(), model::v1::ERROR_REASON_GUARD_UNMET);
    teller_.Expect(Names(refusal, "consultation_if_surgery_expected"),
                   "the refusal names the consultation that is missing");
    teller_.Say(
        "The consilium expects an operation. The birth cannot be planned yet: "
        "the centre in Khabarovsk has not been asked.");
  }

  void IsAskedAbout() {
    const std::string asked =
        woman_->ReferAndBegin(Coordinator(kPerinatal), Consultation());
    woman_->Finish(Specialist(kCentre), asked, "admit",
                   {.documents = {"consultation-protocol"}});
    woman_->Complete(Specialist(kPerinatal), "birth_plan",
                     "interregional_centre", BirthPlan());
    teller_.Say(
        "By video the centre's doctors look at the pictures: they will take "
        "him. He is to be born there.");
    woman_->Consent(Coordinator(kPerinatal),
                    Signed("travel", {model::v1::AGENCY_KIND_SOCIAL_FUND}));
    woman_->Complete(Coordinator(kPerinatal), "travel", "arranged",
                     {.facts = {Dated("travel_date", "2025-06-04"),
                                Chosen("travel_season", "air")},
                      .documents = {"travel-plan"}});
    teller_.Say(
        "The social fund pays the flight; she goes three weeks before the "
        "day.");
  }

  void IsBorn() {
    known_ = FamilyCase::CasesOf(teller_, Coordinator(kPerinatal));
    woman_->Add(Specialist(kCentre), SUBJECT_KIND_CHILD_BORN, 1);
    woman_->Record(
        Specialist(kCentre),
        {Of(SUBJECT_KIND_FINDING, 1, Chosen("urgency", "urgent")),
         Of(SUBJECT_KIND_CHILD_BORN, 1, Chosen("birth_outcome", "live"))});
    woman_->Complete(Specialist(kCentre), "birth", "live_born");
    IsAskedHowItGoes(*woman_);
    teller_.Say("Miron is born in Khabarovsk, and breathes by himself.");
  }

  void HasACase() {
    child_ = std::make_unique<FamilyCase>(
        FamilyCase::OpenedSince(known_, teller_, Coordinator(kPerinatal)));
    Appoint(teller_, Coordinator(kPerinatal),
            {.person = child_->Get().person(),
             .decides = mother_,
             .basis = model::v1::REPRESENTATIVE_BASIS_PARENT,
             .document = "birth-certificate"});
    teller_.Expect(child_->IsLive("teleconsultation"),
                   "what was found before birth is asked about anew");
    teller_.Say(
        "He has a case of his own, without name or papers; what was found "
        "before birth has come along.");
    model::v1::Subject finding;
    finding.set_kind(SUBJECT_KIND_FINDING);
    finding.set_number(1);
    child_->Start(Coordinator(kPerinatal), "surgery_referral", finding);
    const model::v1::Refusal refusal =
        child_->ReferInVain(Coordinator(kPerinatal), Surgery(),
                            model::v1::ERROR_REASON_GUARD_UNMET);
    teller_.Expect(Names(refusal, "consultation_before_referral") &&
                       Names(refusal, "consent_to_intervention"),
                   "every guard that is not met is named");
    teller_.Say(
        "In their hurry they refer him at once, and are refused: $0. No child "
        "comes to surgery without the centre's word and the mother's.",
        GuardsOf(refusal));
  }

  void IsAgreedOn() {
    const std::string asked =
        child_->ReferAndBegin(Coordinator(kPerinatal), Consultation());
    child_->Finish(Specialist(kCentre), asked, "admit",
                   {.documents = {"consultation-protocol"}});
    child_->Consent(Coordinator(kPerinatal),
                    ConsentOf({.by = mother_,
                               .matter = model::v1::CONSENT_MATTER_TREATMENT,
                               .purpose = "treatment",
                               .to_kinds = {model::v1::AGENCY_KIND_HEALTH},
                               .day = teller_.Day(),
                               .explained_in = kBuryat}));
    child_->Complete(Coordinator(kPerinatal), "intervention_talk", "agreed");
    surgery_ = child_->ReferAndBegin(Coordinator(kPerinatal), Surgery());
    teller_.Say(
        "Two hours later the centre has said yes, the mother has been told in "
        "Buryat and agrees: the same referral goes through.");
    child_->Complete(Specialist(kCentre), "neonatal_screening", "normal");
    child_->Complete(Coordinator(kPerinatal), "travel", "air_ambulance");
    child_->Complete(Specialist(kPerinatal), "assign_curator", "assigned",
                     {.documents = {"curator-card"}});
    child_->Complete(Coordinator(kPerinatal), "malformation_notice",
                     "sent_already");
    IsListenedTo(*child_);
    IsAskedHowItGoes(*child_);
  }

  void IsOperated() {
    child_->Finish(Specialist(kSurgery), surgery_, "treated",
                   {.facts = {Of(SUBJECT_KIND_FINDING, 1,
                                 True("next_operation_expected", false))}});
    teller_.Say(
        "The operation lasted five hours. His heart beats as it should.");
  }

  void GoesHome() {
    const std::string summary =
        child_->Refer(Specialist(kSurgery), {.step = "return_home",
                                             .organisation = kPolyclinic,
                                             .way = kBetweenDoctors,
                                             .line = 1});
    child_->Accept(Specialist(kPolyclinic), summary);
    teller_.Say(
        "Before they fly home, the doctors there have what was done and what "
        "is to be watched.");
  }

  void IsToldOf() {
    child_->Complete(
        Coordinator(kPerinatal), "consent", "given",
        {.consent = Signed("social-support", {model::v1::AGENCY_KIND_SOCIAL})});
    const std::string report =
        child_->Refer(Coordinator(kPerinatal),
                      {.step = "report_to_social", .organisation = kSocial});
    child_->Accept(Specialist(kSocial), report);
    teller_.Say(
        "Where the doctors' powers end, social protection at home is told, "
        "with her consent.");
  }

  void GetsPapers() {
    api::v1::UpdateIdentityRequest named;
    named.set_name(child_->Get().person());
    model::v1::Identity& identity =
        *named.mutable_command()->mutable_identity();
    identity.set_family_name("Дамбаев");
    identity.set_given_name("Мирон");
    teller_.Do<api::v1::UpdateIdentityResponse>(
        Coordinator(kPerinatal), "RegistryService.UpdateIdentity",
        std::move(named));
    child_->Complete(Coordinator(kPerinatal), "newborn_identity",
                     "documents_received",
                     {.documents = {"birth-certificate"}});
    child_->Consent(
        Coordinator(kPerinatal),
        Signed("support-measures", {model::v1::AGENCY_KIND_SOCIAL}));
    child_->Refer(Coordinator(kPerinatal),
                  {.step = "support_measures_notice", .organisation = kSocial});
    child_->Complete(Specialist(kSocial), "support_measures_notice",
                     "informed");
    child_->Complete(Coordinator(kPerinatal), "support_measures_notice.choice",
                     "applied", {.by_the_family = true});
    child_->Complete(Specialist(kSocial), "support_measures_notice.decision",
                     "granted");
    woman_->Complete(Coordinator(kPerinatal), "after_birth",
                     "children_have_cases");
    teller_.Expect(woman_->Get().ending() == "handed_over",
                   "her own case ends when his has begun");
    teller_.Say(
        "The birth certificate: he is called Miron now. At home his mother is "
        "told which support a birth gives a right to, before she asks.");
  }

  void IsSupported() {
    child_->Complete(Specialist(kPolyclinic), "dispensary_observation",
                     "stable");
    child_->Complete(Coordinator(kPerinatal), "social_application",
                     "registered",
                     {.facts = {Dated("application_registered", teller_.Day())},
                      .by_the_family = true});
    child_->Complete(Specialist(kSocial), "social_decision", "in_need");
    child_->Add(Specialist(kSocial), model::v1::SUBJECT_KIND_PLAN_LINE, 1);
    child_->Complete(Specialist(kSocial), "social_support_plan", "agreed",
                     {.facts = {Of(model::v1::SUBJECT_KIND_PLAN_LINE, 1,
                                   Chosen("line_help", "psychological"))},
                      .documents = {"support-programme"}});
    line_ = child_->ReferAndBegin(
        Specialist(kSocial),
        {.step = "support_line", .organisation = kHelp, .line = 1});
    teller_.Say(
        "Her application, the decision and the plan, all within the days the "
        "law gives.");
    child_->Consent(Coordinator(kPerinatal),
                    ConsentOf({.by = mother_,
                               .matter = model::v1::CONSENT_MATTER_APPLICATION,
                               .purpose = "early-help",
                               .to_kinds = {model::v1::AGENCY_KIND_SOCIAL},
                               .day = teller_.Day(),
                               .explained_in = kBuryat}));
    known_ = FamilyCase::CasesOf(teller_, Coordinator(kPerinatal));
    child_->Complete(Coordinator(kPerinatal), "early_help", "opened");
  }

  void GetsEarlyHelp() {
    early_ = std::make_unique<FamilyCase>(
        FamilyCase::OpenedSince(known_, teller_, Coordinator(kPerinatal)));
    early_->Complete(Coordinator(kPerinatal), "identify_and_record",
                     "recorded");
    IsInformed(*early_);
    IsTaken(teller_, *early_, mother_, kHelp);
    teller_.Say(
        "Early help begins as a case of its own, linked to the first: the "
        "centre in Chita speaks Buryat too.");
  }

  void IsWell() {
    child_->Finish(Specialist(kHelp), line_, "done");
    StartProgramme(teller_, *early_, kHelp, 1);
    early_->ReferAndBegin(
        Specialist(kHelp),
        {.step = "delivery", .organisation = kHelp, .line = 1});
    for (const FamilyCase* one : {woman_.get(), child_.get(), early_.get()}) {
      one->ExpectNothingOverdue();
      if (one != woman_.get()) IsRungUp(*one, Coordinator(kPerinatal));
    }
    teller_.Say("Four weeks old: he smiles, and his heart is quiet.");
    woman_->ShowRoute("miron-before-birth");
    child_->ShowRoute("miron");
    early_->ShowRoute("miron-early-help");
  }

 private:
  // Each guard that is not met, and who can meet it.
  static std::string GuardsOf(const model::v1::Refusal& refusal) {
    std::string words;
    for (const model::v1::Missing& one : refusal.missing()) {
      if (!absl::StartsWith(one.what(), "guard/")) continue;
      absl::StrAppend(&words, words.empty() ? "" : ", ",
                      one.what().substr(one.what().rfind('/') + 1), " (",
                      one.can_be_met_by(), ")");
    }
    return words;
  }

  // The room where a psychologist and a lawyer see families.
  static void IsListenedTo(const FamilyCase& family) {
    family.Complete(Coordinator(kPerinatal), "family_support", "accepted");
    family.Complete(Coordinator(kPerinatal), "psych_pedagogical_help",
                    "accepted");
  }

  static void IsAskedHowItGoes(const FamilyCase& family) {
    family.Complete(Coordinator(kPerinatal), "family_review", "goes_on");
  }

  static With BirthPlan() {
    return {
        .facts = {Of(SUBJECT_KIND_PREGNANCY, 1,
                     Chosen("planned_birth_place", "interregional_centre"))},
        .documents = {"birth-plan"}};
  }

  static To Consultation() {
    return {.step = "teleconsultation",
            .organisation = kCentre,
            .way = kBetweenDoctors,
            .line = 1};
  }

  static To Surgery() {
    return {.step = "surgery_referral",
            .organisation = kSurgery,
            .way = kBetweenDoctors,
            .line = 1};
  }

  [[nodiscard]] model::v1::Consent Signed(
      const std::string& purpose,
      const std::vector<model::v1::AgencyKind>& to_kinds) const {
    return ConsentOf({.by = mother_,
                      .purpose = purpose,
                      .to_kinds = to_kinds,
                      .day = teller_.Day(),
                      .explained_in = kBuryat});
  }

  const Teller& teller_;
  std::string mother_;
  std::string surgery_;
  std::string line_;
  std::set<std::string> known_;
  std::unique_ptr<FamilyCase> woman_;
  std::unique_ptr<FamilyCase> child_;
  std::unique_ptr<FamilyCase> early_;
};

}  // namespace

void TellMiron(const Teller& teller, Schedule& schedule) {
  const auto miron = std::make_shared<Miron>(teller);
  schedule.LiveBy(ChitaZone());
  schedule.At("2025-03-11 10:00", [miron] { miron->IsExpected(); });
  schedule.At("2025-03-14 11:00", [miron] { miron->IsPlannedFor(); });
  schedule.At("2025-03-17 12:00", [miron] { miron->IsAskedAbout(); });
  schedule.At("2025-06-16 05:30", [miron] { miron->IsBorn(); });
  schedule.At("2025-06-16 06:10", [miron] { miron->HasACase(); });
  schedule.At("2025-06-16 08:10", [miron] { miron->IsAgreedOn(); });
  schedule.At("2025-06-16 16:00", [miron] { miron->IsOperated(); });
  schedule.At("2025-06-19 11:00", [miron] { miron->GoesHome(); });
  schedule.At("2025-06-20 10:00", [miron] { miron->IsToldOf(); });
  schedule.At("2025-06-26 14:00", [miron] { miron->GetsPapers(); });
  schedule.At("2025-06-30 10:00", [miron] { miron->IsSupported(); });
  schedule.At("2025-06-30 10:00:30", [miron] { miron->GetsEarlyHelp(); });
  schedule.At("2025-07-11 10:00", [miron] { miron->IsWell(); });
}

}  // namespace careroute::services
