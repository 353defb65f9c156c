#include "lib/registry/plain_parts.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "careroute/model/v1/person.pb.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"

namespace careroute::registry {
namespace {

using google::protobuf::util::MessageDifferencer;

event::v1::PlainPart Whole() {
  event::v1::PlainPart whole;
  model::v1::Identity& identity = *whole.mutable_identity();
  identity.set_family_name("Королёва");
  identity.set_birth_date("2023-03-11");
  identity.set_gestation_weeks(31);
  identity.add_phones("+79141234567");
  identity.mutable_registered_at()->set_line("ул. Ленина, д. 5");
  model::v1::Document& document = *identity.add_documents();
  document.set_kind("birth-certificate");
  document.set_number("II-ДВ 123456");
  whole.mutable_needs()->set_language("evn");
  whole.mutable_needs()->set_do_not_speak_with("отец");
  whole.add_carers()->set_person("persons/one");
  model::v1::Carer& second = *whole.add_carers();
  second.set_relation("бабушка");
  second.set_phone("+79990000000");
  event::v1::PlainDocument& paper = *whole.add_documents();
  paper.set_field("representatives/1/document");
  paper.mutable_document()->set_kind("power-of-attorney");
  paper.mutable_document()->set_number("77 АВ 1");
  return whole;
}

std::map<model::v1::DataClass, event::v1::PlainPart> Cut(
    const event::v1::PlainPart& whole) {
  std::map<model::v1::DataClass, event::v1::PlainPart> cut;
  for (const PlainClassPart& part : SplitPart(whole)) {
    EXPECT_TRUE(cut.emplace(part.data_class, part.part).second);
  }
  return cut;
}

TEST(SplitPart, CutsAlongTheClassesOfTheFields) {
  const auto cut = Cut(Whole());
  ASSERT_EQ(cut.size(), 5u);
  const auto& identity = cut.at(model::v1::DATA_CLASS_IDENTITY);
  EXPECT_EQ(identity.identity().family_name(), "Королёва");
  EXPECT_EQ(identity.identity().documents(0).kind(), "birth-certificate");
  EXPECT_EQ(identity.documents(0).document().number(), "77 АВ 1");
  const auto& contact = cut.at(model::v1::DATA_CLASS_CONTACT);
  EXPECT_EQ(contact.identity().phones_size(), 1);
  EXPECT_EQ(contact.needs().do_not_speak_with(), "отец");
  EXPECT_EQ(contact.carers(1).phone(), "+79990000000");
  EXPECT_EQ(cut.at(model::v1::DATA_CLASS_MEDICAL).identity().gestation_weeks(),
            31);
  EXPECT_EQ(cut.at(model::v1::DATA_CLASS_NEEDS).needs().language(), "evn");
  EXPECT_EQ(cut.at(model::v1::DATA_CLASS_SOCIAL).carers(0).person(),
            "persons/one");
}

TEST(SplitPart, LetsNoClassIntoAnothersPart) {
  const std::map<model::v1::DataClass, std::vector<std::string>> marks = {
      {model::v1::DATA_CLASS_IDENTITY, {"Королёва", "2023-03-11", "II-ДВ"}},
      {model::v1::DATA_CLASS_CONTACT, {"+7914", "Ленина", "отец", "+7999"}},
      {model::v1::DATA_CLASS_NEEDS, {"evn"}},
      {model::v1::DATA_CLASS_SOCIAL, {"бабушка", "persons/one"}}};
  for (const auto& [data_class, part] : Cut(Whole())) {
    const std::string bytes = part.SerializeAsString();
    for (const auto& [owner, texts] : marks) {
      for (const std::string& text : texts) {
        EXPECT_EQ(bytes.find(text) != std::string::npos, owner == data_class)
            << text << " in " << data_class;
      }
    }
  }
}

TEST(JoinPart, GivesTheWholeAgainInAnyOrder) {
  std::vector<PlainClassPart> parts = SplitPart(Whole());
  for (size_t turn = 0; turn < parts.size(); ++turn) {
    std::rotate(parts.begin(), parts.begin() + 1, parts.end());
    event::v1::PlainPart again;
    for (const PlainClassPart& part : parts) {
      JoinPart(part.part, again);
    }
    EXPECT_TRUE(MessageDifferencer::Equals(again, Whole()))
        << again.DebugString();
  }
}

TEST(JoinPart, JoinsWhatTheReaderMayOpen) {
  const auto cut = Cut(Whole());
  event::v1::PlainPart some;
  JoinPart(cut.at(model::v1::DATA_CLASS_CONTACT), some);
  EXPECT_TRUE(some.identity().family_name().empty());
  ASSERT_EQ(some.carers_size(), 2);
  EXPECT_TRUE(some.carers(1).relation().empty());
  EXPECT_EQ(some.carers(1).phone(), "+79990000000");
}

TEST(SplitPart, MakesNoPartOfNothing) { EXPECT_TRUE(SplitPart({}).empty()); }

TEST(KeepClearFields, LeavesOnlyWhatMayStandInTheClear) {
  model::v1::Representative representative;
  representative.set_person("persons/one");
  representative.set_from("2024-01-01");
  representative.set_display_name("Королёва О. И.");
  representative.mutable_document()->set_kind("power-of-attorney");
  representative.mutable_document()->set_number("77 АВ 1");
  representative.mutable_document()->set_valid_to("2026-01-01");
  KeepClearFields(representative);
  EXPECT_EQ(representative.person(), "persons/one");
  EXPECT_EQ(representative.document().kind(), "power-of-attorney");
  EXPECT_EQ(representative.document().valid_to(), "2026-01-01");
  EXPECT_TRUE(representative.document().number().empty());
  EXPECT_TRUE(representative.display_name().empty());
}

}  // namespace
}  // namespace careroute::registry
