#include "lib/engine/internal/person_facts.h"

#include <memory>

#include "gtest/gtest.h"

namespace careroute::engine::internal {
namespace {

constexpr absl::CivilDay kEve(2026, 3, 1);
// The person is fourteen, and asked together with the parents.
constexpr absl::CivilDay kBirthday(2026, 3, 2);

std::shared_ptr<OpenPerson> Child(int64_t version) {
  auto record = std::make_shared<registry::PersonRecord>();
  record->representatives.push_back(
      {.number = 1,
       .person = "persons/0000000000000000000000000000000a",
       .basis = model::v1::REPRESENTATIVE_BASIS_PARENT,
       .from = registry::kFromBirth});
  auto person = std::make_shared<OpenPerson>();
  person->uid = {.high = 1, .low = 1};
  person->version = version;
  person->record = std::move(record);
  person->person.set_name(PersonNameOf(person->uid));
  person->birth_date = absl::CivilDay(2012, 3, 2);
  return person;
}

std::string Deciders(const casework::PersonFacts& facts) {
  std::string text;
  for (const model::v1::Decider& one : facts.deciders) {
    text += one.ShortDebugString();
  }
  return text;
}

TEST(PersonFactsCache, WorksOutADayOnce) {
  PersonFactsCache known(10);
  const OpenPersonPtr person = Child(1);
  const PersonFactsPtr facts = known.On(person, kEve);
  EXPECT_EQ(facts, known.On(person, kEve));
  EXPECT_EQ(Deciders(*facts), Deciders(FactsOf(*person, kEve)));
}

TEST(PersonFactsCache, AsksAgainOnAnotherDay) {
  PersonFactsCache known(10);
  const OpenPersonPtr person = Child(1);
  const PersonFactsPtr before = known.On(person, kEve);
  const PersonFactsPtr after = known.On(person, kBirthday);
  EXPECT_NE(Deciders(*before), Deciders(*after));
  EXPECT_EQ(Deciders(*after), Deciders(FactsOf(*person, kBirthday)));
  EXPECT_EQ(Deciders(*known.On(person, kEve)), Deciders(*before));
}

// A record of the same version may be opened anew with other ages of
// representatives.
TEST(PersonFactsCache, AsksAgainOfARecordThatWasOpenedAnew) {
  PersonFactsCache known(10);
  const PersonFactsPtr facts = known.On(Child(1), kEve);
  const auto again = Child(1);
  again->ages.push_back({.person = again->record->representatives[0].person,
                         .birth_date = absl::CivilDay(2011, 1, 1)});
  EXPECT_NE(Deciders(*facts), Deciders(*known.On(again, kEve)));
  EXPECT_NE(known.On(Child(2), kEve), known.On(again, kEve));
}

// Whoever was erased, or is not asked for any more, is not kept open here.
TEST(PersonFactsCache, KeepsNoOpenedRecord) {
  PersonFactsCache known(10);
  OpenPersonPtr person = Child(1);
  const std::weak_ptr<const OpenPerson> opened = person;
  const PersonFactsPtr facts = known.On(person, kEve);
  person.reset();
  EXPECT_TRUE(opened.expired());
}

TEST(PersonFactsCache, MayKeepNone) {
  PersonFactsCache known(0);
  const OpenPersonPtr person = Child(1);
  EXPECT_NE(known.On(person, kEve), known.On(person, kEve));
}

}  // namespace
}  // namespace careroute::engine::internal
