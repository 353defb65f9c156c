// Every door shows a caller of a case exactly what the one verdict says.
//
// A seed makes a world: several organisations, cases that some of them found,
// coordinate, are asked in, had consents for, opened in an emergency or ended.
// Then every caller there can be asks every door about every case, and the
// answer is held against Viewer, which asks JudgeCase: nobody reads more,
// nobody less, and nothing of a class that is not theirs.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "careroute/api/v1/case_service.pb.h"
#include "careroute/api/v1/consent_service.pb.h"
#include "careroute/api/v1/referral_service.pb.h"
#include "careroute/api/v1/registry_service.pb.h"
#include "gtest/gtest.h"
#include "lib/api/testing/case_bench.h"
#include "lib/api/viewer.h"
#include "lib/base/random.h"
#include "lib/casework/referral.h"
#include "lib/casework/view.h"

namespace careroute::api {
namespace {

using engine::CaseReading;
using engine::testing::EngineBench;
using Names = std::set<std::string>;

constexpr int kSeeds = 4;
constexpr const char* kChildren[] = {"Вера", "Надя", "Люба", "Софья"};
constexpr int kCases = 4;  // one a child
constexpr int kDeedsACase = 6;

constexpr const char* kOrganisations[] = {"clinic", "office", "care", "other",
                                          "stranger"};
constexpr const char* kProviders[] = {"office", "care", "other"};
constexpr const char* kMembers[] = {"anna", "boris"};
constexpr model::v1::ActorRole kRoles[] = {
    model::v1::ACTOR_ROLE_REGISTRAR, model::v1::ACTOR_ROLE_COORDINATOR,
    model::v1::ACTOR_ROLE_PERFORMER, model::v1::ACTOR_ROLE_AUDITOR,
    model::v1::ACTOR_ROLE_ADMINISTRATOR};
constexpr const char* kPurposes[] = {"care", "audit"};

// How often what the worlds are about came about, so that none is empty.
struct Happened {
  int referrals = 0;
  int withdrawn = 0;
  int emergencies = 0;
  int closed = 0;
};

class World {
 public:
  explicit World(uint64_t seed) : random_(seed) {
    for (const char* one : {"care", "other", "office"}) {
      model::v1::Organisation organisation =
          EngineBench::Describe(one, model::v1::AGENCY_KIND_SOCIAL);
      organisation.add_services()->set_service("care");
      made_.Put(organisation);
    }
    made_.Put(EngineBench::Describe("stranger", model::v1::AGENCY_KIND_HEALTH));
    made_.Publish(Lawful());
    for (int i = 0; i < kCases; ++i) Live(Open());
    // Some emergencies are over by now, the last hours' are not.
    made_.Advance(absl::Hours(static_cast<int64_t>(random_.Uniform(30))));
    for (const base::Uid& uid : cases_) {
      if (random_.Uniform(2) == 0) OpenInEmergency(uid);
    }
  }

  [[nodiscard]] CaseBench& bench() { return bench_; }
  [[nodiscard]] const Happened& happened() const { return happened_; }
  [[nodiscard]] std::vector<CaseReading> Readings() {
    std::vector<CaseReading> readings;
    for (const base::Uid& uid : cases_) readings.push_back(made_.Read(uid));
    return readings;
  }

 private:
  // The route of the tests; help may also go by a law.
  static model::v1::Pathway Lawful() {
    model::v1::Pathway pathway = EngineBench::Route("lawful");
    for (model::v1::Step& step : *pathway.mutable_steps()) {
      if (step.id() != "help") continue;
      model::v1::Way& way = *step.add_disclosure();
      way.set_id("by_law");
      way.add_classes(model::v1::DATA_CLASS_NEEDS);
      way.mutable_law()->set_act("an act");
    }
    return pathway;
  }

  template <size_t size>
  const char* OneOf(const char* const (&list)[size]) {
    return list[random_.Uniform(size)];
  }

  // A child with a mother who may consent, found by the clinic or the office.
  base::Uid Open() {
    const int number = static_cast<int>(cases_.size());
    command::v1::RegisterPerson mother = made_.ReportOf({}).person;
    mother.mutable_identity()->set_given_name("Мария");
    mother.mutable_identity()->set_birth_date(
        absl::StrFormat("1990-01-%02d", 1 + number));
    mother.mutable_identity()->set_snils(
        absl::StrFormat("%011d", 900 + number));
    mother_ = engine::PersonNameOf(made_.Register(mother));
    home_ = random_.Uniform(2) == 0 ? "clinic" : "office";
    engine::Report report =
        made_.ReportOf({.pathway = "lawful",
                        .by = home_,
                        .snils = absl::StrFormat("%011d", 100 + number)});
    report.person.mutable_identity()->set_given_name(kChildren[number]);
    report.person.mutable_needs()->set_language("rsl");
    model::v1::Representative& one = *report.person.add_representatives();
    one.set_person(mother_);
    one.set_basis(model::v1::REPRESENTATIVE_BASIS_PARENT);
    one.set_from(report.person.identity().birth_date());
    one.mutable_document()->set_kind("birth-certificate");
    const absl::StatusOr<engine::ReportTaken> taken =
        made_.Take(std::move(report));
    EXPECT_TRUE(taken.ok() && !taken->refusal.has_value());
    const auto uid = engine::ParseName("reports/", taken->report);
    EXPECT_TRUE(uid.ok());
    cases_.push_back(*uid);
    return *uid;
  }

  // What the coordinator tries; a refusal is no matter.
  bool Try(const base::Uid& uid, const std::string& command) {
    engine::Cases::ExecuteRequest request = made_.Asking(uid, command);
    request.info.actor = EngineBench::Actor(home_, "anna");
    const absl::StatusOr<engine::Reply> reply =
        made_.Execute(std::move(request));
    EXPECT_TRUE(reply.ok()) << reply.status();
    made_.RunDue();
    return reply.ok() && !reply->refusal.has_value();
  }

  void Live(const base::Uid& uid) {
    Try(uid,
        absl::StrCat("give_consent { consent { matter: CONSENT_MATTER_DATA "
                     "classes: DATA_CLASS_IDENTITY to_kinds: "
                     "AGENCY_KIND_SOCIAL purpose: 'support' given_by: '",
                     mother_,
                     "' word_given: WORD_GIVEN_IN_WRITING document { kind: "
                     "'paper' } } }"));
    for (int i = 0; i < kDeedsACase; ++i) Deed(uid);
  }

  void Deed(const base::Uid& uid) {
    switch (random_.Uniform(6)) {
      case 0:
      case 1:
      case 2:
        return Refer(uid);
      case 3:
        happened_.withdrawn +=
            Try(uid, absl::StrCat("withdraw_consent { consent: 1 withdrawn_by: "
                                  "'",
                                  mother_, "' }"))
                ? 1
                : 0;
        return;
      case 4:
        return OpenInEmergency(uid);
      default:
        if (random_.Uniform(4) != 0) return;
        happened_.closed +=
            Try(uid, "close_case { ending: 'declined' note: 'x' }") ? 1 : 0;
    }
  }

  void Refer(const base::Uid& uid) {
    Try(uid, "start_step { step: 'help' }");
    const char* way = random_.Uniform(2) == 0 ? "by_law" : "by_consent";
    const std::string command = absl::StrCat(
        "referral { make { occurrence: ", made_.Number(uid, "help"),
        " performer: 'organisations/", OneOf(kProviders), "' way: '", way,
        "' send: true } }");
    happened_.referrals += Try(uid, command) ? 1 : 0;
  }

  // Through its door; refused where the organisation takes part.
  void OpenInEmergency(const base::Uid& uid) {
    bench_.SpeakAs(EngineBench::Actor(OneOf(kOrganisations), OneOf(kMembers),
                                      model::v1::ACTOR_ROLE_PERFORMER));
    v1::OpenInEmergencyRequest request;
    request.set_name(casework::CaseName(uid));
    request.set_request_id(
        absl::StrFormat("00000000-0000-4000-8000-%012d", ++requests_));
    request.mutable_command()->set_reason("unconscious");
    const absl::Status status =
        bench_.Refuse("CaseService.OpenInEmergency", request);
    happened_.emergencies += status.ok() ? 1 : 0;
  }

  base::SeededRandom random_;
  CaseBench bench_;
  EngineBench& made_ = bench_.made();
  std::vector<base::Uid> cases_;
  std::string mother_;  // of the last case
  std::string home_;    // where it is led
  int requests_ = 0;
  Happened happened_;
};

// One caller before all doors.
class Doors {
 public:
  Doors(World& world, model::v1::Actor caller)
      : bench_(world.bench()),
        readings_(world.Readings()),
        caller_(std::move(caller)) {
    bench_.SpeakAs(caller_);
  }

  void ExpectAgreement() {
    for (const CaseReading& reading : readings_) {
      SCOPED_TRACE(casework::CaseName(reading.uid));
      ExpectCase(reading);
      ExpectReferrals(reading);
      ExpectPerson(reading);
    }
    ExpectCaseLists();
    if (caller_.role() == model::v1::ACTOR_ROLE_REGISTRAR) return;
    ExpectReferralLists(/*outgoing=*/false);
    ExpectReferralLists(/*outgoing=*/true);
  }

 private:
  // What the caller may see at the time a door was asked last.
  [[nodiscard]] access::DataClassSet Verdict(const CaseReading& reading) const {
    CaseReading then = reading;
    then.now = asked_;
    return Viewer(caller_, then).classes();
  }
  // An administrator acts and reads nothing: no door that reads is for it.
  [[nodiscard]] bool Reads(const CaseReading& reading) const {
    return !Verdict(reading).empty();
  }
  void Approach() { asked_ = bench_.made().clock().Now(); }
  [[nodiscard]] bool TakesPart(const CaseReading& reading) const {
    return std::binary_search(reading.state->participants.begin(),
                              reading.state->participants.end(),
                              caller_.organisation());
  }

  // The door opens exactly when it should, and shows no class but the caller's.
  template <typename Response>
  Response Open(const CaseReading& reading, const std::string& method,
                const google::protobuf::Message& request) {
    SCOPED_TRACE(method);
    Approach();
    if (!Reads(reading)) {
      EXPECT_FALSE(bench_.Refuse(method, request).ok());
      return Response();
    }
    Response response = bench_.Ask<Response>(method, request);
    ExpectClasses(reading, response);
    return response;
  }
  void ExpectClasses(const CaseReading& reading,
                     const google::protobuf::Message& shown) const {
    const Viewer viewer(caller_, reading);
    EXPECT_TRUE(Verdict(reading).ContainsAll(viewer.ClassesIn(shown)))
        << shown.ShortDebugString();
  }

  void ExpectCase(const CaseReading& reading) {
    v1::GetCaseRequest get;
    get.set_name(casework::CaseName(reading.uid));
    Open<v1::GetCaseResponse>(reading, "CaseService.GetCase", get);
    v1::GetRouteRequest route;
    route.set_name(get.name());
    Open<v1::GetRouteResponse>(reading, "CaseService.GetRoute", route);
    v1::ListConsentsRequest consents;
    consents.set_name(get.name());
    Open<v1::ListConsentsResponse>(reading, "ConsentService.ListConsents",
                                   consents);
    v1::ListEventsRequest events;
    events.set_name(get.name());
    events.set_page_size(200);
    const auto history =
        Open<v1::ListEventsResponse>(reading, "CaseService.ListEvents", events);
    ExpectWatch(reading, history);
  }

  // The watch sends what the history says, event by event.
  void ExpectWatch(const CaseReading& reading,
                   const v1::ListEventsResponse& history) {
    v1::WatchCaseRequest request;
    request.set_name(casework::CaseName(reading.uid));
    Approach();
    const CaseBench::Watched watched =
        bench_.Watch("CaseService.WatchCase", request);
    EXPECT_EQ(watched.ended.ok(), Reads(reading)) << watched.ended;
    if (!Reads(reading)) return;
    ASSERT_EQ(watched.messages.size(),
              static_cast<size_t>(history.events_size()));
    for (int i = 0; i < history.events_size(); ++i) {
      v1::WatchCaseResponse message;
      ASSERT_TRUE(
          message.ParseFromString(watched.messages[static_cast<size_t>(i)]));
      EXPECT_EQ(message.event().SerializeAsString(),
                history.events(i).SerializeAsString());
    }
  }

  void ExpectReferrals(const CaseReading& reading) {
    if (caller_.role() == model::v1::ACTOR_ROLE_REGISTRAR) return;
    for (const casework::Referral& one : reading.state->referrals) {
      v1::GetReferralRequest request;
      request.set_name(casework::ReferralName(reading.uid, one.number));
      Open<v1::GetReferralResponse>(reading, "ReferralService.GetReferral",
                                    request);
    }
  }

  // Each person here has one case: who reads it reads the person.
  void ExpectPerson(const CaseReading& reading) {
    Approach();
    if (!Reads(reading)) return;
    v1::GetPersonRequest request;
    request.set_name(casework::PersonName(reading.state->person));
    Open<v1::GetPersonResponse>(reading, "RegistryService.GetPerson", request);
  }

  // Lists are of the cases the organisation takes part in: an emergency puts
  // nothing on them.
  void ExpectCaseLists() {
    Approach();
    Names all;
    Names open;
    for (const CaseReading& reading : readings_) {
      if (!Reads(reading) || !TakesPart(reading)) continue;
      all.insert(casework::CaseName(reading.uid));
      if (!reading.state->ending.has_value()) {
        open.insert(casework::CaseName(reading.uid));
      }
    }
    v1::ListCasesRequest request;
    request.set_include_closed(true);
    const absl::Status refused =
        bench_.Refuse("CaseService.ListCases", request);
    if (!refused.ok()) {
      EXPECT_TRUE(all.empty()) << refused;
      return;
    }
    const auto list =
        bench_.Ask<v1::ListCasesResponse>("CaseService.ListCases", request);
    Names listed;
    for (const auto& row : list.cases()) listed.insert(row.name());
    EXPECT_EQ(listed, all);
    EXPECT_EQ(list.total(), static_cast<int>(all.size()));
    Names watched;
    for (const std::string& bytes :
         bench_.Watch("CaseService.WatchCases", v1::WatchCasesRequest())
             .messages) {
      v1::WatchCasesResponse message;
      ASSERT_TRUE(message.ParseFromString(bytes));
      if (message.has_case_()) watched.insert(message.case_().name());
    }
    EXPECT_EQ(watched, open);
  }

  [[nodiscard]] bool IsOnList(const casework::Referral& one,
                              bool outgoing) const {
    if (!casework::IsOpen(casework::StateOf(one))) return false;
    return outgoing ? one.requester == caller_.organisation()
                    : casework::QueueOf(one) == caller_.organisation();
  }

  void ExpectReferralLists(bool outgoing) {
    Approach();
    Names expected;
    for (const CaseReading& reading : readings_) {
      if (!Reads(reading)) continue;
      for (const casework::Referral& one : reading.state->referrals) {
        if (!IsOnList(one, outgoing)) continue;
        expected.insert(casework::ReferralName(reading.uid, one.number));
      }
    }
    v1::ListReferralsRequest request;
    request.set_organisation(caller_.organisation());
    request.set_outgoing(outgoing);
    request.set_page_size(200);
    const absl::Status refused =
        bench_.Refuse("ReferralService.ListReferrals", request);
    if (!refused.ok()) {
      EXPECT_TRUE(expected.empty()) << refused;
      return;
    }
    const auto list = bench_.Ask<v1::ListReferralsResponse>(
        "ReferralService.ListReferrals", request);
    Names listed;
    for (const auto& one : list.referrals()) {
      listed.insert(one.name());
      ExpectClasses(ReadingOf(one.name()), one);
    }
    EXPECT_EQ(listed, expected);
    EXPECT_EQ(list.total(), static_cast<int>(expected.size()));
    if (!outgoing) ExpectReferralWatch(expected);
  }

  void ExpectReferralWatch(const Names& expected) {
    v1::WatchReferralsRequest request;
    request.set_organisation(caller_.organisation());
    Names watched;
    for (const std::string& bytes :
         bench_.Watch("ReferralService.WatchReferrals", request).messages) {
      v1::WatchReferralsResponse message;
      ASSERT_TRUE(message.ParseFromString(bytes));
      if (!message.has_referral()) continue;
      watched.insert(message.referral().name());
      ExpectClasses(ReadingOf(message.referral().name()), message.referral());
    }
    EXPECT_EQ(watched, expected);
  }

  [[nodiscard]] const CaseReading& ReadingOf(const std::string& name) const {
    const auto found = std::find_if(
        readings_.begin(), readings_.end(), [&name](const CaseReading& one) {
          return name.rfind(casework::CaseName(one.uid) + "/", 0) == 0;
        });
    EXPECT_NE(found, readings_.end()) << name;
    return found == readings_.end() ? readings_.front() : *found;
  }

  CaseBench& bench_;
  const std::vector<CaseReading> readings_;
  const model::v1::Actor caller_;
  absl::Time asked_;
};

TEST(Access, IsTheSameAtEveryDoor) {
  Happened all;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    World world(seed);
    for (const char* organisation : kOrganisations) {
      for (const model::v1::ActorRole role : kRoles) {
        for (const char* member : kMembers) {
          for (const char* purpose : kPurposes) {
            model::v1::Actor caller =
                EngineBench::Actor(organisation, member, role);
            caller.set_purpose(purpose);
            SCOPED_TRACE(caller.ShortDebugString());
            Doors(world, caller).ExpectAgreement();
          }
        }
      }
    }
    all.referrals += world.happened().referrals;
    all.withdrawn += world.happened().withdrawn;
    all.emergencies += world.happened().emergencies;
    all.closed += world.happened().closed;
  }
  EXPECT_GT(all.referrals, 0);
  EXPECT_GT(all.withdrawn, 0);
  EXPECT_GT(all.emergencies, 0);
  EXPECT_GT(all.closed, 0);
}

}  // namespace
}  // namespace careroute::api
