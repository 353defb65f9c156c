// Zlata's heart defect is found in Vladivostok and mended in Khabarovsk. Her
// case stays on the hub at home; what is asked of others crosses to theirs.

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "careroute/api/v1/consent_service.pb.h"
#include "careroute/api/v1/peer_service.pb.h"
#include "careroute/api/v1/referral_read_messages.pb.h"
#include "services/hub/story/contact.h"
#include "services/hub/story/crossing.h"
#include "services/hub/story/families.h"
#include "services/hub/story/family_case.h"
#include "services/hub/story/person.h"

namespace careroute::services {
namespace {

using model::v1::SUBJECT_KIND_FINDING;

// On the hub of Primorye.
constexpr char kPolyclinic[] = "vladivostok-polyclinic";
// On the hub of the interregional centre.
constexpr char kSurgery[] = "interregional-surgery-clinic";
// On the hub of Khabarovsk.
constexpr char kHospital[] = "hospital-piotrovich";
constexpr char kPsychologists[] = "psychological-centre";

constexpr char kBetweenDoctors[] = "between_medical_organisations";
constexpr char kKhabarovskPeer[] = "peers/khabarovsk";

bool IsWithheld(const model::v1::Referral& referral, model::v1::DataClass one) {
  return std::count(referral.withheld().begin(), referral.withheld().end(),
                    one) > 0;
}

class Zlata {
 public:
  Zlata(const Teller& teller, Hubs& hubs) : teller_(teller), hubs_(hubs) {}

  void IsFound() {
    teller_.Chapter(
        "Zlata: at home in Vladivostok, operated in Khabarovsk, on three hubs");
    const Human mother = {.family_name = "Лапшина",
                          .given_name = "Ольга",
                          .birth_date = "1996-04-02",
                          .phone = "+7 900 000-33-01",
                          .region = "RU-DEMO-PRI",
                          .district = "vladivostok",
                          .settlement = "vladivostok",
                          .line = "ул. Тихая, 8"};
    mother_ = Register(teller_, System(kPolyclinic), mother);
    case_ = std::make_unique<FamilyCase>(FamilyCase::Report(
        teller_, Specialist(kPolyclinic), Coordinator(kPolyclinic),
        ReportOf(
            ChildOf(mother, mother_,
                    {.family_name = "Лапшина",
                     .given_name = "Злата",
                     .birth_date = "2025-05-20"}),
            "congenital-pathology", "found_later",
            {Of(SUBJECT_KIND_FINDING, 1, Chosen("finding_state", "confirmed")),
             Of(SUBJECT_KIND_FINDING, 1, Chosen("urgency", "planned"))})));
    heart_ = Ask("teleconsultation", kSurgery, 1);
    teller_.Say(
        "At eight weeks a heart defect is found in Vladivostok. Her case lives "
        "on the hub of Primorye. The interregional centre, on a hub of its "
        "own, is asked.");
    heart_->Arrives();
    IsSeenInPart();
    heart_->Accept();
    heart_->Begin();
  }

  void IsToBeOperated() {
    heart_->Finish("admit", {.documents = {"consultation-protocol"}});
    teller_.Expect(case_->IsLive("surgery_referral"),
                   "the answer of another hub moves the case at home");
    teller_.Say(
        "They will take her. The answer is back in Vladivostok, and the way to "
        "surgery is open. Both hubs tell the same of it:");
    heart_->Show();
  }

  void IsPrepared() {
    GetsWhatIsDueAtHome();
    case_->Consent(Coordinator(kPolyclinic),
                   ConsentOf({.by = mother_,
                              .matter = model::v1::CONSENT_MATTER_TREATMENT,
                              .purpose = "treatment",
                              .to_kinds = {model::v1::AGENCY_KIND_HEALTH},
                              .day = teller_.Day()}));
    case_->Complete(Coordinator(kPolyclinic), "intervention_talk", "agreed");
    surgery_ = Ask("surgery_referral", kSurgery, 1);
    surgery_->Arrives();
    surgery_->Accept();
    teller_.Expect(case_->IsLive("travel"),
                   "a bed that another hub gives starts the journey at home");
    case_->Complete(Coordinator(kPolyclinic), "travel", "arranged",
                    {.facts = {Dated("travel_date", "2025-07-21"),
                               Chosen("travel_season", "air")},
                     .documents = {"travel-plan"}});
    teller_.Say(
        "Her mother agrees to the operation. The centre gives a bed, and the "
        "same hour the polyclinic books the flight.");
  }

  void IsTakenIn() {
    surgery_->Begin();
    case_->ReferInVain(Coordinator(kPolyclinic), Psychologists(),
                       model::v1::ERROR_REASON_NO_GROUND);
    teller_.Say(
        "The centre takes her in. Her mother is alone in a strange town, but "
        "the psychologists of Khabarovsk may not be told of her: no consent "
        "names them.");
    consent_ =
        case_->Consent(Coordinator(kPolyclinic),
                       ConsentOf({.by = mother_,
                                  .purpose = "family-help",
                                  .to_kinds = {model::v1::AGENCY_KIND_SOCIAL},
                                  .day = teller_.Day()}));
    case_->Add(Coordinator(kPolyclinic), SUBJECT_KIND_FINDING, 1);
    case_->Record(
        Specialist(kPolyclinic),
        {Of(SUBJECT_KIND_FINDING, 2, Chosen("finding_state", "suspected")),
         Of(SUBJECT_KIND_FINDING, 2, Chosen("urgency", "planned"))});
    KhabarovskStops();
    kidneys_ = Ask("teleconsultation", kHospital, 2);
    psychologists_ =
        std::make_unique<Crossing>(teller_, *case_, Psychologists());
    teller_.Say(
        "She consents to them now; and a doctor at the hospital there is to "
        "look at the kidneys. But Khabarovsk's hub is down until tomorrow: "
        "Primorye pauses sending, and this waits: $0.",
        absl::StrCat(WaitingForKhabarovsk()));
  }

  void HerMotherThinksAgain() {
    case_->Complete(Coordinator(kPolyclinic), "silent_centre", "will_answer",
                    {.line = 2});
    teller_.Say(
        "Four hours without an answer: the route asks somebody to ring. They "
        "will look at the kidneys tomorrow.");
    command::v1::WithdrawConsent withdraw;
    int number = 0;
    teller_.Expect(
        absl::SimpleAtoi(consent_.substr(consent_.rfind('/') + 1), &number),
        "a consent has a number");
    withdraw.set_consent(number);
    withdraw.set_withdrawn_by(mother_);
    case_->Ask<api::v1::WithdrawConsentResponse,
               api::v1::WithdrawConsentRequest>(
        Coordinator(kPolyclinic), "ConsentService.WithdrawConsent", withdraw);
    teller_.Expect(
        psychologists_->AtHome().state() == model::v1::REFERRAL_STATE_CANCELLED,
        "what has not left is taken back with its consent");
    teller_.Say(
        "Her sister has come, and the mother takes her consent to the "
        "psychologists back. What has not left will not leave.");
  }

  void KhabarovskCatchesUp() {
    const absl::Status started = hubs_.StartAgain(kKhabarovskHub);
    teller_.Expect(started.ok(), started.message());
    teller_.CatchUp(kKhabarovskHub);
    api::v1::ResumePeerRequest resume;
    resume.set_peer(kKhabarovskPeer);
    teller_.Do<api::v1::ResumePeerResponse>(HubAdministrator(kPrimoryeHub),
                                            "PeerService.ResumePeer",
                                            std::move(resume));
    kidneys_->Arrives();
    kidneys_->Accept();
    kidneys_->Begin();
    kidneys_->Finish("observe_locally",
                     {.documents = {"consultation-protocol"}});
    teller_.Say(
        "Khabarovsk's hub serves again and catches up: the question about the "
        "kidneys is there, and answered. They need watching, no more.");
    kidneys_->Show();
    PsychologistsKnowNothing();
    case_->Complete(Coordinator(kPolyclinic), "psych_pedagogical_help",
                    "declined");
    teller_.Say(
        "The psychologists have nothing of her: no name, no referral, not even "
        "that there was one.");
  }

  void IsOperated() {
    teller_.Expect(WaitingForKhabarovsk() == 0, "nothing waits any more");
    surgery_->Finish("treated",
                     {.facts = {Of(SUBJECT_KIND_FINDING, 1,
                                   True("next_operation_expected", false))}});
    teller_.Say(
        "The operation went well, and home knows it the same hour: what was "
        "done, and that no other operation will follow.");
    surgery_->Show();
  }

  void GoesHome() {
    case_->Complete(Specialist(kPolyclinic), "return_home", "home",
                    {.line = 1});
    case_->Complete(Specialist(kPolyclinic), "dispensary_observation", "stable",
                    {.line = 2});
    case_->Complete(Coordinator(kPolyclinic), "report_to_social",
                    "family_declines");
    case_->Complete(Coordinator(kPolyclinic), "consent", "wants_time",
                    {.recheck_date = "2025-12-01"});
    case_->Complete(Coordinator(kPolyclinic), "invite_again", "not_now",
                    {.recheck_date = "2025-12-01"});
    teller_.Say(
        "Home in Vladivostok: the polyclinic goes on from what the centre "
        "wrote.");
  }

  void IsWell() {
    case_->Complete(Specialist(kPolyclinic), "dispensary_observation", "stable",
                    {.line = 1});
    IsRungUp(*case_, Coordinator(kPolyclinic));
    case_->ExpectNothingOverdue();
    teller_.Say(
        "Eleven weeks old, and she sleeps through the night. Whatever left the "
        "hub at home has been answered.");
    case_->ShowRoute("zlata");
  }

 private:
  [[nodiscard]] std::unique_ptr<Crossing> Ask(const std::string& step,
                                              const std::string& organisation,
                                              int finding) const {
    return std::make_unique<Crossing>(teller_, *case_,
                                      To{.step = step,
                                         .organisation = organisation,
                                         .way = kBetweenDoctors,
                                         .line = finding});
  }

  static To Psychologists() {
    return {.step = "psych_pedagogical_help", .organisation = kPsychologists};
  }

  void IsSeenInPart() const {
    const model::v1::Referral seen = heart_->AtPerformer();
    teller_.Expect(seen.other_hub() == kPrimoryeHub &&
                       heart_->AtHome().other_hub() == kCentreHub,
                   "each hub knows who keeps the other half");
    teller_.Expect(seen.disclosed().identity().given_name() == "Злата" &&
                       seen.disclosed().identity().phones().empty() &&
                       IsWithheld(seen, model::v1::DATA_CLASS_CONTACT) &&
                       IsWithheld(seen, model::v1::DATA_CLASS_SOCIAL),
                   "what no law and no consent lets pass does not pass");
    teller_.Say(
        "The centre has it: who she is, and what one doctor may tell another "
        "by law. How to reach the family and how it lives stays at home: no "
        "consent lets it pass.");
  }

  void GetsWhatIsDueAtHome() const {
    case_->Complete(Specialist(kPolyclinic), "assign_curator", "assigned",
                    {.documents = {"curator-card"}});
    case_->Complete(Coordinator(kPolyclinic), "family_support", "accepted");
    case_->Complete(Coordinator(kPolyclinic), "family_review", "goes_on");
    case_->Complete(Coordinator(kPolyclinic), "early_help", "declined");
    case_->Complete(Specialist(kPolyclinic), "dispensary_observation",
                    "stable");
    case_->Complete(Coordinator(kPolyclinic), "malformation_notice",
                    "sent_already");
  }

  // Announced, so that nothing is tried in vain meanwhile.
  void KhabarovskStops() const {
    api::v1::PausePeerRequest pause;
    pause.set_peer(kKhabarovskPeer);
    pause.set_reason("их узел получает новые диски");
    teller_.Do<api::v1::PausePeerResponse>(HubAdministrator(kPrimoryeHub),
                                           "PeerService.PausePeer",
                                           std::move(pause));
    hubs_.Halt(kKhabarovskHub);
  }

  [[nodiscard]] int WaitingForKhabarovsk() const {
    const auto reply = teller_.Do<api::v1::ListPeersResponse>(
        HubAdministrator(kPrimoryeHub), "PeerService.ListPeers",
        api::v1::ListPeersRequest());
    for (const model::v1::Peer& peer : reply.peers()) {
      if (peer.name() == kKhabarovskPeer) return peer.waiting();
    }
    teller_.Fail("Khabarovsk's hub is no peer");
  }

  void PsychologistsKnowNothing() const {
    api::v1::ListReferralsRequest queue;
    queue.set_organisation(Specialist(kPsychologists).Organisation());
    const auto reply = teller_.Do<api::v1::ListReferralsResponse>(
        Specialist(kPsychologists), "ReferralService.ListReferrals",
        std::move(queue));
    for (const model::v1::Referral& one : reply.referrals()) {
      teller_.Expect(one.name() != psychologists_->name(),
                     "a referral that was taken back is in no queue");
    }
    api::v1::GetReferralRequest get;
    get.set_name(psychologists_->name());
    teller_.Refused<api::v1::GetReferralResponse>(
        Specialist(kPsychologists), "ReferralService.GetReferral",
        std::move(get), model::v1::ERROR_REASON_NOT_FOUND);
  }

  const Teller& teller_;
  Hubs& hubs_;
  std::string mother_;
  std::string consent_;
  std::unique_ptr<FamilyCase> case_;
  std::unique_ptr<Crossing> heart_;
  std::unique_ptr<Crossing> surgery_;
  std::unique_ptr<Crossing> kidneys_;
  std::unique_ptr<Crossing> psychologists_;
};

}  // namespace

void TellZlata(const Teller& teller, Hubs& hubs, Schedule& schedule) {
  const auto zlata = std::make_shared<Zlata>(teller, hubs);
  schedule.At("2025-07-15 10:00", [zlata] { zlata->IsFound(); });
  schedule.At("2025-07-16 11:00", [zlata] { zlata->IsToBeOperated(); });
  schedule.At("2025-07-16 15:00", [zlata] { zlata->IsPrepared(); });
  // Nobody else has anything to do on the day Khabarovsk's hub is down.
  schedule.At("2025-07-22 08:00", [zlata] { zlata->IsTakenIn(); });
  schedule.At("2025-07-22 18:00", [zlata] { zlata->HerMotherThinksAgain(); });
  schedule.At("2025-07-23 09:00", [zlata] { zlata->KhabarovskCatchesUp(); });
  schedule.At("2025-07-25 16:00", [zlata] { zlata->IsOperated(); });
  schedule.At("2025-07-30 11:00", [zlata] { zlata->GoesHome(); });
  schedule.At("2025-08-05 11:00", [zlata] { zlata->IsWell(); });
}

}  // namespace careroute::services
