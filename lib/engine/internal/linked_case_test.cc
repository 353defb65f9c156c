// What a case that is asked for brings along: facts the other pathway knows,
// children with their mother and those born before them.

#include "lib/engine/internal/linked_case.h"

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/base/check.h"
#include "lib/pathway/bind.h"

namespace careroute::engine::internal {
namespace {

using ::testing::ElementsAre;

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  CAREROUTE_CHECK(
      google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

EditionPtr MakeEdition() {
  auto edition = pathway::Edition::FromBound(
      pathway::SerializeBound(Parse<model::v1::Pathway>(R"(
        id: "early-help" edition: "2" overlay: "region@1" languages: "en"
        facts { id: "wishes" type: FACT_TYPE_BOOL subject: SUBJECT_KIND_PERSON }
        facts { id: "weight" type: FACT_TYPE_INTEGER
                subject: SUBJECT_KIND_PERSON }
        facts { id: "urgency" type: FACT_TYPE_ENUM
                subject: SUBJECT_KIND_FINDING })")),
      "");
  CAREROUTE_CHECK(edition.ok());
  return *edition;
}

constexpr absl::CivilDay kToday(2026, 3, 2);

CaseReading Opener() {
  casework::Case state;
  state.coordinator = "organisations/clinic/members/anna";
  state.deputy = "organisations/clinic/members/boris";
  CaseReading reading;
  reading.uid = {.high = 1, .low = 2};
  reading.state = std::make_shared<const casework::Case>(state);
  reading.directory = std::make_shared<const DirectoryPicture>();
  return reading;
}

constexpr char kMessage[] = R"(
  sequence: 4 kind: "open_case" to: "pathway/early-help" entry: "linked"
  new_person: NEW_CASE_PERSON_CHILD_BORN
  subject { kind: SUBJECT_KIND_CHILD_BORN number: 2 }
  links: FAMILY_LINK_MOTHER links: FAMILY_LINK_SIBLING
  facts { fact: "wishes" value { truth: true } }
  facts { fact: "weight" value { number: 3200 }
          subject { kind: SUBJECT_KIND_CHILD_BORN number: 2 } }
  facts { fact: "urgency" value { choice: "urgent" }
          subject { kind: SUBJECT_KIND_FINDING number: 5 } }
  facts { fact: "unknown_there" value { truth: true } })";

TEST(LinkedOpening, BringsTheFactsThatTheOtherPathwayDeclares) {
  const command::v1::OpenCase open = LinkedOpening(
      Opener(), Parse<event::v1::Message>(kMessage), *MakeEdition(),
      {.person = "persons/child", .today = kToday});
  ASSERT_EQ(open.facts_size(), 3);
  EXPECT_EQ(open.facts(0).fact(), "wishes");
  // What was said of this child is said of the person of its own case.
  EXPECT_EQ(open.facts(1).fact(), "weight");
  EXPECT_FALSE(open.facts(1).has_subject());
  EXPECT_EQ(open.facts(2).subject().number(), 1);
}

TEST(LinkedOpening, IsTheOpenersUntilHandedOver) {
  const command::v1::OpenCase open = LinkedOpening(
      Opener(), Parse<event::v1::Message>(kMessage), *MakeEdition(),
      {.person = "persons/child", .today = kToday});
  EXPECT_EQ(open.person(), "persons/child");
  EXPECT_EQ(open.entry(), "linked");
  EXPECT_EQ(open.edition().overlay(), "region@1");
  EXPECT_EQ(open.coordinator(), "organisations/clinic/members/anna");
  EXPECT_EQ(open.deputy(), "organisations/clinic/members/boris");
  EXPECT_EQ(open.opened_by_case(), "cases/00000000000000010000000000000002");
}

model::v1::Person Mother() {
  return Parse<model::v1::Person>(R"(
    name: "persons/mother"
    identity {
      registered_at { region: "RU-ZAB" district: "chita" line: "1, First" }
      stays_at { region: "RU-KHA" district: "khabarovsk" }
    })");
}

// Or else nobody would know which region's doctors and offices to ask.
TEST(Newborn, LivesWhereItsMotherDoes) {
  const model::v1::Person mother = Mother();
  const command::v1::RegisterPerson child =
      Describe({.mother = mother, .birth_date = absl::CivilDay(2025, 6, 14)},
               Parse<event::v1::Message>(kMessage));
  EXPECT_EQ(child.identity().registered_at().district(), "chita");
  EXPECT_EQ(child.identity().stays_at().region(), "RU-KHA");
}

TEST(Newborn, IsKnownByMotherDayAndOrderUntilDocumentsCome) {
  const auto message = Parse<event::v1::Message>(kMessage);
  const model::v1::Person mother = Mother();
  const command::v1::RegisterPerson second =
      Describe({.mother = mother,
                .birth_date = absl::CivilDay(2025, 6, 14),
                .birth_order = 2,
                .older = {"persons/first"}},
               message);
  EXPECT_EQ(second.identity().mother(), "persons/mother");
  EXPECT_EQ(second.identity().birth_date(), "2025-06-14");
  EXPECT_EQ(second.identity().birth_order(), 2);
  std::vector<std::string> related;
  for (const model::v1::Relation& one : second.relations()) {
    related.push_back(one.person());
  }
  EXPECT_THAT(related, ElementsAre("persons/mother", "persons/first"));
  EXPECT_EQ(second.relations(0).link(), model::v1::FAMILY_LINK_MOTHER);
  EXPECT_EQ(second.relations(1).link(), model::v1::FAMILY_LINK_SIBLING);
  const command::v1::RegisterPerson first =
      Describe({.mother = mother,
                .birth_date = absl::CivilDay(2025, 6, 14),
                .birth_order = 1},
               message);
  EXPECT_EQ(first.relations_size(), 1);
}

// Children of an earlier birth have numbers too.
TEST(Newborn, IsCountedAmongThoseOfThisBirth) {
  event::v1::CaseEvent event;
  for (const int number : {5, 6}) {
    event::v1::Message& message = *event.mutable_consequences()->add_messages();
    message = Parse<event::v1::Message>(kMessage);
    message.mutable_subject()->set_number(number);
  }
  EXPECT_EQ(BirthOrderOf(event, event.consequences().messages(0)), 1);
  EXPECT_EQ(BirthOrderOf(event, event.consequences().messages(1)), 2);
}

}  // namespace
}  // namespace careroute::engine::internal
