// What each role of each organisation sees of one case: a clinic that
// identified the child, an office that coordinates with a school as deputy, a
// centre that refused, another that is asked, and one that merely takes part.

#include "lib/api/viewer.h"

#include <memory>
#include <string>
#include <vector>

#include "careroute/model/v1/case.pb.h"
#include "careroute/model/v1/person.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/testing/route_sample.h"

namespace careroute::api {
namespace {

using access::DataClassSet;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

constexpr auto kRegistrar = model::v1::ACTOR_ROLE_REGISTRAR;
constexpr auto kCoordinator = model::v1::ACTOR_ROLE_COORDINATOR;
constexpr auto kPerformer = model::v1::ACTOR_ROLE_PERFORMER;
constexpr auto kAuditor = model::v1::ACTOR_ROLE_AUDITOR;
constexpr auto kAdministrator = model::v1::ACTOR_ROLE_ADMINISTRATOR;

constexpr DataClassSet kRoute = {model::v1::DATA_CLASS_ROUTE};
constexpr DataClassSet kAsked = {model::v1::DATA_CLASS_ROUTE,
                                 model::v1::DATA_CLASS_IDENTITY};
constexpr DataClassSet kLeading = {
    model::v1::DATA_CLASS_ROUTE,   model::v1::DATA_CLASS_IDENTITY,
    model::v1::DATA_CLASS_CONTACT, model::v1::DATA_CLASS_NEEDS,
    model::v1::DATA_CLASS_SOCIAL,  model::v1::DATA_CLASS_EDUCATION};

// In the edition "place_now" is medical and "interim_help" social; it declares
// no "unheard_of", which is shown only to who may see everything.
constexpr char kMedicalFact[] = "place_now";
constexpr char kSocialFact[] = "interim_help";
constexpr char kUndeclaredFact[] = "unheard_of";

engine::CaseReading MakeReading(engine::testing::RouteSample& sample) {
  casework::Case& state = sample.state;
  state.coordinator = "organisations/office/members/anna";
  state.deputy = "organisations/school/members/boris";
  state.participants = {"organisations/centre", "organisations/clinic",
                        "organisations/joined", "organisations/office",
                        "organisations/other",  "organisations/school"};
  for (casework::Referral& referral : state.referrals) referral.step = "refer";
  casework::ConsentRecord& consent = state.consents[0];
  consent.classes = {model::v1::DATA_CLASS_IDENTITY};
  consent.to_organisations = {engine::testing::kCentre,
                              engine::testing::kOther};
  sample.reading.state = std::make_shared<casework::Case>(state);
  return sample.reading;
}

model::v1::Actor ActorOf(const std::string& organisation,
                         model::v1::ActorRole role,
                         const std::string& purpose = "care") {
  model::v1::Actor actor;
  actor.set_organisation("organisations/" + organisation);
  actor.set_member(actor.organisation() + "/members/m1");
  actor.set_role(role);
  actor.set_purpose(purpose);
  return actor;
}

struct Row {
  const char* name;
  const char* organisation;
  model::v1::ActorRole role;
  const char* purpose = "care";
  bool takes_part = false;
  DataClassSet classes;
  std::vector<const char*> facts;  // of the three, those that are left
};

const std::vector<const char*> kAllFacts = {kMedicalFact, kSocialFact,
                                            kUndeclaredFact};
const std::vector<const char*> kSocialOnly = {kSocialFact};

std::vector<Row> Rows() {
  const DataClassSet all = DataClassSet::All();
  return {
      {"who identified, as registrar", "clinic", kRegistrar, "care", true, all,
       kAllFacts},
      {"who identified, as coordinator", "clinic", kCoordinator, "care", true,
       all, kAllFacts},
      {"who identified, as performer", "clinic", kPerformer, "coordination",
       true, all, kAllFacts},
      {"who coordinates", "office", kCoordinator, "coordination", true,
       kLeading, kSocialOnly},
      {"a registrar where the coordinator is", "office", kRegistrar, "care",
       true, kLeading, kSocialOnly},
      {"who deputises", "school", kCoordinator, "care", true, kLeading,
       kSocialOnly},
      {"who is asked", "other", kPerformer, "care", true, kAsked, {}},
      {"a coordinator where it is asked",
       "other",
       kCoordinator,
       "care",
       true,
       kAsked,
       {}},
      {"who refused", "centre", kPerformer, "care", true, kRoute, {}},
      {"who takes part otherwise",
       "joined",
       kPerformer,
       "care",
       true,
       kRoute,
       {}},
      {"who takes no part, as coordinator", "stranger", kCoordinator},
      {"who takes no part, as performer", "stranger", kPerformer},
      {"who takes no part, as registrar", "stranger", kRegistrar},
      {"for a purpose that is none of care's", "clinic", kCoordinator,
       "statistics"},
      {"an auditor of who identified", "clinic", kAuditor, "audit"},
      {"an auditor who says it is for care", "clinic", kAuditor, "care"},
      {"an auditor who takes no part", "stranger", kAuditor, "audit"},
      {"nobody in particular", "clinic", model::v1::ACTOR_ROLE_UNSPECIFIED},
  };
}

std::vector<std::string> FactsLeft(const Viewer& viewer) {
  model::v1::Case shown;
  for (const char* fact : {kMedicalFact, kSocialFact, kUndeclaredFact}) {
    model::v1::Fact& one = *shown.add_facts();
    one.set_fact(fact);
    one.mutable_value()->set_choice("something");
  }
  viewer.Redact(shown);
  std::vector<std::string> left;
  for (const model::v1::Fact& one : shown.facts()) left.push_back(one.fact());
  return left;
}

// What is shown of a person of every class.
model::v1::Person PersonLeft(const Viewer& viewer) {
  model::v1::Person person;
  person.set_name("persons/1");
  person.mutable_identity()->set_family_name("Иванов");
  person.mutable_needs()->set_language("ru");
  viewer.Redact(person);
  return person;
}

TEST(Viewer, ShowsEachRoleWhatItMaySee) {
  engine::testing::RouteSample sample;
  const engine::CaseReading reading = MakeReading(sample);
  for (const Row& row : Rows()) {
    SCOPED_TRACE(row.name);
    const model::v1::Actor actor =
        ActorOf(row.organisation, row.role, row.purpose);
    const Viewer viewer(actor, reading);
    EXPECT_EQ(viewer.takes_part(), row.takes_part);
    EXPECT_EQ(viewer.classes(), row.classes);
    EXPECT_THAT(FactsLeft(viewer), ElementsAreArray(row.facts));
    const model::v1::Person person = PersonLeft(viewer);
    EXPECT_EQ(!person.identity().family_name().empty(),
              row.classes.Contains(model::v1::DATA_CLASS_IDENTITY));
    EXPECT_EQ(!person.needs().language().empty(),
              row.classes.Contains(model::v1::DATA_CLASS_NEEDS));
    EXPECT_EQ(!person.name().empty(),
              row.classes.Contains(model::v1::DATA_CLASS_ROUTE));
  }
}

// It may act on a case of its organisation, and reads nothing of it.
TEST(Viewer, LetsAnAdministratorActAndReadNothing) {
  engine::testing::RouteSample sample;
  const engine::CaseReading reading = MakeReading(sample);
  const model::v1::Actor own = ActorOf("clinic", kAdministrator);
  EXPECT_TRUE(Viewer(own, reading).takes_part());
  EXPECT_TRUE(Viewer(own, reading).classes().empty());
  EXPECT_THAT(FactsLeft(Viewer(own, reading)), IsEmpty());
  const model::v1::Actor stranger = ActorOf("stranger", kAdministrator);
  EXPECT_FALSE(Viewer(stranger, reading).takes_part());
}

TEST(Viewer, ShowsNoLongerWhatAConsentOpenedOnceItIsWithdrawn) {
  engine::testing::RouteSample sample;
  MakeReading(sample);
  sample.state.consents[0].state = model::v1::CONSENT_STATE_WITHDRAWN;
  const engine::CaseReading reading = MakeReading(sample);
  const model::v1::Actor asked = ActorOf("other", kPerformer);
  EXPECT_TRUE(Viewer(asked, reading).takes_part());
  EXPECT_EQ(Viewer(asked, reading).classes(), kRoute);
  // Who disclosed it knew it before.
  const model::v1::Actor identified = ActorOf("clinic", kRegistrar);
  EXPECT_EQ(Viewer(identified, reading).classes(), DataClassSet::All());
}

TEST(Viewer, ShowsWhatAPurposeOfThePathwayOpens) {
  engine::testing::RouteSample sample;
  engine::CaseReading reading = MakeReading(sample);
  model::v1::Pathway pathway = reading.edition->pathway();
  pathway.add_purposes("early_help");
  auto edition = pathway::Edition::FromBound(pathway.SerializeAsString(), "");
  ASSERT_TRUE(edition.ok()) << edition.status();
  const model::v1::Actor actor = ActorOf("office", kCoordinator, "early_help");
  EXPECT_FALSE(Viewer(actor, reading).takes_part());
  reading.edition = *edition;
  EXPECT_TRUE(Viewer(actor, reading).takes_part());
  EXPECT_EQ(Viewer(actor, reading).classes(), kLeading);
}

// For a while, and not its colleagues; it sees everything and takes no part.
TEST(Viewer, ShowsTheCaseToWhoOpenedItInAnEmergency) {
  engine::testing::RouteSample sample;
  const model::v1::Actor doctor = ActorOf("stranger", kPerformer);
  const absl::Time until = absl::FromUnixSeconds(1745000000);
  sample.state.emergencies = {{.member = doctor.member(), .until = until}};
  engine::CaseReading reading = MakeReading(sample);
  EXPECT_FALSE(Viewer(doctor, reading).sees()) << "read nobody knows when";
  reading.now = until - absl::Seconds(1);
  EXPECT_TRUE(Viewer(doctor, reading).sees());
  EXPECT_FALSE(Viewer(doctor, reading).takes_part());
  EXPECT_EQ(Viewer(doctor, reading).classes(), DataClassSet::All());
  model::v1::Actor colleague = doctor;
  colleague.set_member("organisations/stranger/members/m2");
  EXPECT_FALSE(Viewer(colleague, reading).sees());
  reading.now = until;
  EXPECT_FALSE(Viewer(doctor, reading).sees());
}

TEST(Viewer, NamesTheClassesOfWhatIsLeftForTheAccessLog) {
  engine::testing::RouteSample sample;
  const engine::CaseReading reading = MakeReading(sample);
  for (const char* organisation : {"clinic", "office", "other", "centre"}) {
    SCOPED_TRACE(organisation);
    const model::v1::Actor actor = ActorOf(organisation, kCoordinator);
    const Viewer viewer(actor, reading);
    const model::v1::Person person = PersonLeft(viewer);
    const DataClassSet left = viewer.ClassesIn(person);
    EXPECT_TRUE(viewer.classes().ContainsAll(left));
    EXPECT_EQ(left.Contains(model::v1::DATA_CLASS_IDENTITY),
              !person.identity().family_name().empty());
  }
}

}  // namespace
}  // namespace careroute::api
