// Organisations are described, shown at once, and known again after a restart.

#include "lib/engine/organisations.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/testing/engine_bench.h"

namespace careroute::engine {
namespace {

using ::testing::ElementsAre;
using testing::EngineBench;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kSchool[] = "organisations/school";

model::v1::Organisation School() {
  model::v1::Organisation school =
      EngineBench::Describe("school", model::v1::AGENCY_KIND_EDUCATION);
  school.add_roles("preschool");
  school.add_services()->set_service("lessons");
  return school;
}

class OrganisationsTest : public ::testing::Test {
 protected:
  const model::v1::Organisation* Find(const std::string& name) {
    picture_ = bench_.engine().organisations().Current();
    return picture_->directory.Find(name);
  }

  std::vector<store::StoredEvent> Stored(const std::string& name) {
    const absl::StatusOr<store::EventPage> page =
        bench_.Wait<store::EventPage>([&](base::Done<store::EventPage> done) {
          bench_.store().ReadEvents(
              {.stream = {.kind = store::StreamKind::kOrganisation,
                          .id = Organisations::UidOf(name)}},
              std::move(done));
        });
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? page->events : std::vector<store::StoredEvent>{};
  }

  absl::StatusOr<Reply> Report(const std::string& name,
                               const std::string& service, int32_t places) {
    Organisations::ExecuteRequest request{
        .info = bench_.Info(EngineBench::Actor("school", "anna")),
        .organisation = name};
    auto& report = *request.command.mutable_report_capacity();
    report.set_service(service);
    report.mutable_capacity()->set_available(places);
    return bench_.Wait<Reply>([&](base::Done<Reply> done) {
      bench_.engine().organisations().Execute(std::move(request),
                                              std::move(done));
    });
  }

  EngineBench bench_;
  DirectoryPtr picture_;
};

TEST_F(OrganisationsTest, AreShownOnceTheyAreDurable) {
  EXPECT_EQ(Find(kSchool), nullptr);
  bench_.Put(School());
  ASSERT_NE(Find(kSchool), nullptr);
  EXPECT_EQ(Find(kSchool)->title(), "school");
  const casework::OrganisationFacts& facts = picture_->facts.at(kSchool);
  EXPECT_EQ(facts.kind, model::v1::AGENCY_KIND_EDUCATION);
  EXPECT_THAT(facts.roles, ElementsAre("preschool"));
  EXPECT_THAT(facts.services, ElementsAre("lessons"));
  EXPECT_EQ(facts.zone, "RU-KHA");
  EXPECT_TRUE(facts.local());
}

TEST_F(OrganisationsTest, SayWhichHubHostsThem) {
  model::v1::Organisation school = School();
  school.set_hub("east");
  bench_.Put(school);
  ASSERT_NE(Find(kSchool), nullptr);
  EXPECT_EQ(picture_->facts.at(kSchool).hub, "east");
  EXPECT_FALSE(picture_->facts.at(kSchool).local());
}

TEST_F(OrganisationsTest, AreAllKnownAgainAfterARestart) {
  bench_.Put(School());
  bench_.Restart();
  for (const char* name : {"organisations/clinic", "organisations/office"}) {
    EXPECT_NE(Find(name), nullptr) << name;
  }
  ASSERT_NE(Find(kSchool), nullptr);
  EXPECT_EQ(Find(kSchool)->members(0).display_name(), "anna of school");
  EXPECT_TRUE(picture_->facts.contains(kSchool));
}

// More of them than one page of the store holds.
TEST_F(OrganisationsTest, AreKnownAgainHoweverManyThereAre) {
  for (int i = 0; i < 120; ++i) {
    bench_.Put(EngineBench::Describe("school-" + std::to_string(i),
                                     model::v1::AGENCY_KIND_EDUCATION));
  }
  bench_.Restart();
  for (int i = 0; i < 120; ++i) {
    EXPECT_NE(Find("organisations/school-" + std::to_string(i)), nullptr) << i;
  }
}

TEST_F(OrganisationsTest, AreReplacedWhole) {
  bench_.Put(School());
  model::v1::Organisation other = School();
  other.clear_services();
  other.mutable_members(0)->set_display_name("Anna who married");
  bench_.Put(other);
  for (int restarts = 0; restarts < 2; ++restarts) {
    EXPECT_EQ(Find(kSchool)->services_size(), 0);
    EXPECT_EQ(Find(kSchool)->members(0).display_name(), "Anna who married");
    bench_.Restart();
  }
}

TEST_F(OrganisationsTest, ChangeNothingWhenTheyAreAlreadySo) {
  bench_.Put(School());
  EXPECT_EQ(bench_.Put(School()).version, 1);
  bench_.Restart();
  EXPECT_EQ(bench_.Put(School()).version, 1);
  EXPECT_EQ(Stored(kSchool).size(), 1U);
  model::v1::Organisation renamed = School();
  renamed.mutable_members(0)->set_display_name("Anna who married");
  EXPECT_EQ(bench_.Put(renamed).version, 2);
}

TEST_F(OrganisationsTest, KeepTheNamesOfTheirMembersSealed) {
  bench_.Put(School());
  for (const store::StoredEvent& event : Stored(kSchool)) {
    EXPECT_THAT(event.bytes, Not(HasSubstr("anna of school")));
  }
}

TEST_F(OrganisationsTest, ShowThePlacesTheyReport) {
  bench_.Put(School());
  const absl::StatusOr<Reply> reply = Report(kSchool, "lessons", 3);
  ASSERT_TRUE(reply.ok() && !reply->refusal.has_value()) << reply.status();
  EXPECT_EQ(Find(kSchool)->services(0).capacity().available(), 3);
  EXPECT_EQ(Find(kSchool)->members(0).display_name(), "anna of school");
}

TEST_F(OrganisationsTest, ReportNoPlacesOfWhatTheyDoNotOffer) {
  bench_.Put(School());
  const absl::StatusOr<Reply> reply = Report(kSchool, "surgery", 3);
  ASSERT_TRUE(reply.ok() && reply->refusal.has_value()) << reply.status();
  EXPECT_EQ(reply->refusal->message_key(), "service_not_offered");
  const absl::StatusOr<Reply> nobody =
      Report("organisations/nobody", "lessons", 3);
  ASSERT_TRUE(nobody.ok() && nobody->refusal.has_value()) << nobody.status();
  EXPECT_EQ(nobody->refusal->reason(), model::v1::ERROR_REASON_NOT_FOUND);
}

}  // namespace
}  // namespace careroute::engine
