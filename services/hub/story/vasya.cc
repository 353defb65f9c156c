// Vasya lives in a village that the ice cuts off: a queue, and help at a
// distance meanwhile.

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "careroute/api/v1/case_course_messages.pb.h"
#include "careroute/api/v1/case_step_messages.pb.h"
#include "services/hub/story/beginnings.h"
#include "services/hub/story/families.h"
#include "services/hub/story/family_case.h"
#include "services/hub/story/person.h"

namespace careroute::services {
namespace {

constexpr char kHospital[] = "district-hospital-ulchsky";
constexpr char kCentre[] = "rehab-centre-komsomolsk";
constexpr char kMinistry[] = "ministry-social";

class Vasya {
 public:
  explicit Vasya(const Teller& teller) : teller_(teller) {}

  void IsFoundByFeldsher() {
    teller_.Chapter("Vasya: a village behind the ice");
    Found found = AreFound(teller_, kHospital,
                           {.family_name = "Росугбу",
                            .given_name = "Галина",
                            .birth_date = "1995-01-20",
                            .phone = "+7 900 000-15-01",
                            .district = "ulchsky",
                            .settlement = "savinskoye",
                            .line = "ул. Береговая, 12"},
                           {.family_name = "Росугбу",
                            .given_name = "Василий",
                            .birth_date = "2024-02-11"});
    case_ = std::move(found.family);
    IsInformed(*case_);
    Consents(teller_, *case_, found.mother);
    const std::vector<std::string> fitting =
        case_->Fitting(Coordinator(kHospital), "issue_referral");
    teller_.Expect(
        std::find(fitting.begin(), fitting.end(), kCentre) == fitting.end(),
        "in April no road leads to the centre, and the match says so");
    teller_.Say(
        "A feldsher finds Vasya, one year old. The ice on the Amur is going "
        "out: until June nobody gets to the village.");
  }

  void FindsNobody() {
    case_->Complete(Coordinator(kHospital), "issue_referral", "nobody_left",
                    {.note = "ледоход: до июня дороги нет"});
    teller_.Expect(case_->IsLive("no_provider"),
                   "the authorised body looks for a way");
    case_->Complete(Specialist(kMinistry), "no_provider", "queue",
                    {.facts = {Chosen("interim_help", "remote_advice")}});
    command::v1::RecordQueuePlace place;
    place.set_occurrence(case_->Live("no_provider.queue").number());
    place.mutable_queue()->set_place(3);
    place.mutable_queue()->set_as_of(teller_.Day());
    place.mutable_queue()->set_expected("2025-06-09");
    place.set_interim_help("звонок логопеда по видео раз в неделю");
    case_->Ask<api::v1::RecordQueuePlaceResponse,
               api::v1::RecordQueuePlaceRequest>(
        Specialist(kMinistry), "CaseService.RecordQueuePlace", place);
    case_->Complete(Coordinator(kHospital), "no_provider.interim_help",
                    "arranged",
                    {.facts = {Chosen("interim_help", "remote_advice")}});
    teller_.Say(
        "A queue, the third place; and each week a speech therapist by video, "
        "so that waiting is not for nothing.");
  }

  void StopsTheClock() {
    command::v1::StopClock stop;
    stop.set_reason("no_way_through");
    stop.mutable_evidence()->set_kind("road-closure-notice");
    case_->Ask<api::v1::StopClockResponse, api::v1::StopClockRequest>(
        Coordinator(kHospital), "CaseService.StopClock", stop);
    teller_.Expect(case_->Get().stops_size() == 1, "the stop is shown");
    teller_.Say("The road is closed: only clocks that honour it stand still.");
  }

  void IsStillWaiting() {
    teller_.Expect(case_->IsLive("no_provider.queue_check"),
                   "after a month the place in the queue is looked up");
    case_->Complete(Specialist(kMinistry), "no_provider.queue_check",
                    "still_waiting");
    teller_.Say("A month later the place is looked up by itself: the first.");
  }

  void IsOffered() {
    command::v1::ResumeClock resume;
    resume.set_stop(case_->Get().stops(0).number());
    case_->Ask<api::v1::ResumeClockResponse, api::v1::ResumeClockRequest>(
        Coordinator(kHospital), "CaseService.ResumeClock", resume);
    case_->Complete(Specialist(kMinistry), "no_provider.queue",
                    "place_offered");
    const std::vector<std::string> fitting =
        case_->Fitting(Coordinator(kHospital), "issue_referral");
    teller_.Expect(
        std::find(fitting.begin(), fitting.end(), kCentre) != fitting.end(),
        "in June the centre can be reached");
    const std::string referral =
        case_->Refer(Coordinator(kHospital),
                     {.step = "issue_referral", .organisation = kCentre});
    case_->Accept(Specialist(kCentre), referral);
    teller_.Say("The boats go again, and a place is free: Komsomolsk accepts.");
  }

  void GetsHelp() {
    StartProgramme(teller_, *case_, kCentre, 1);
    const std::string line =
        case_->Refer(Specialist(kCentre),
                     {.step = "delivery", .organisation = kCentre, .line = 1});
    case_->Accept(Specialist(kCentre), line);
    case_->Begin(Specialist(kCentre), line);
    teller_.Say("Vasya's programme has begun.");
    case_->ShowRoute("vasya");
  }

 private:
  const Teller& teller_;
  std::unique_ptr<FamilyCase> case_;
};

}  // namespace

void TellVasya(const Teller& teller, Schedule& schedule) {
  const auto vasya = std::make_shared<Vasya>(teller);
  schedule.At("2025-04-28 11:00", [vasya] { vasya->IsFoundByFeldsher(); });
  schedule.At("2025-04-29 10:00", [vasya] { vasya->FindsNobody(); });
  schedule.At("2025-04-29 10:30", [vasya] { vasya->StopsTheClock(); });
  schedule.At("2025-06-02 10:00", [vasya] { vasya->IsStillWaiting(); });
  schedule.At("2025-06-09 10:00", [vasya] { vasya->IsOffered(); });
  schedule.At("2025-06-16 10:00", [vasya] { vasya->GetsHelp(); });
}

}  // namespace careroute::services
