#include "services/hub/generate/invented_people.h"

#include <cstdint>
#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/registry/identity.h"

namespace careroute::services {
namespace {

using ::testing::EndsWith;
using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::StartsWith;

constexpr absl::CivilDay kToday(2026, 3, 2);
constexpr uint32_t kPeople = 2000;

command::v1::RegisterPerson Invent(uint64_t seed, uint32_t number,
                                   Gender gender = Gender::kFemale) {
  base::SeededRandom random(seed);
  return InventPerson({.random = random,
                       .gender = gender,
                       .born_from = absl::CivilDay(2023, 4, 1),
                       .born_to = absl::CivilDay(2025, 2, 28),
                       .home = {.region = "RU-DEMO", .district = "nanaysky"},
                       .number = {.caseload = 7, .number = number}});
}

TEST(InventPerson, WritesWhatTheRegistryTakesAsItIs) {
  for (uint32_t n = 0; n < kPeople; ++n) {
    const auto person =
        Invent(n, n, n % 2 == 0 ? Gender::kFemale : Gender::kMale);
    base::Problems problems;
    const registry::NormalIdentity identity = registry::NormaliseIdentity(
        {.identity = person.identity(), .today = kToday}, problems);
    EXPECT_THAT(problems.list(), IsEmpty());
    ASSERT_TRUE(identity.birth_date.has_value());
    EXPECT_THAT(*identity.birth_date, Ge(absl::CivilDay(2023, 4, 1)));
    EXPECT_THAT(*identity.birth_date, Le(absl::CivilDay(2025, 2, 28)));
  }
}

TEST(InventPerson, GivesNumbersOfTheirOwnThatNobodyHas) {
  std::set<std::string> policies;
  std::set<std::string> phones;
  for (uint32_t n = 0; n < kPeople; ++n) {
    const model::v1::Identity identity = Invent(n, n).identity();
    EXPECT_THAT(identity.policy_number(), StartsWith("000"));
    EXPECT_THAT(identity.phones(0), StartsWith("+7000"));
    policies.insert(identity.policy_number());
    phones.insert(identity.phones(0));
  }
  EXPECT_EQ(policies.size(), kPeople);
  EXPECT_EQ(phones.size(), kPeople);
}

// Otherwise each registration would look through people of the same name.
TEST(InventPerson, SeldomGivesTwoTheSameName) {
  std::set<std::string> names;
  base::SeededRandom random(1);
  for (uint32_t n = 0; n < kPeople; ++n) {
    const auto person = InventPerson({.random = random,
                                      .born_from = kToday,
                                      .born_to = kToday,
                                      .number = {.number = n}});
    names.insert(person.identity().family_name() + " " +
                 person.identity().given_name() + " " +
                 person.identity().middle_name());
  }
  EXPECT_THAT(names.size(), Ge(kPeople - 5));
}

TEST(InventPerson, IsTheSameForTheSameSeed) {
  EXPECT_EQ(Invent(3, 1).SerializeAsString(), Invent(3, 1).SerializeAsString());
  EXPECT_NE(Invent(3, 1).identity().family_name(),
            Invent(4, 1).identity().family_name());
}

TEST(MakeChildOf, GivesTheChildTheParentsNameHomeAndWord) {
  const auto mother = Invent(1, 1);
  for (const Gender gender : {Gender::kFemale, Gender::kMale}) {
    auto child = Invent(2, 2, gender);
    MakeChildOf(mother, "persons/1", child);
    const std::string& surname = child.identity().family_name();
    EXPECT_EQ(gender == Gender::kFemale ? surname : surname + "а",
              mother.identity().family_name());
    EXPECT_THAT(mother.identity().family_name(), EndsWith("а"));
    EXPECT_EQ(child.identity().registered_at().line(),
              mother.identity().registered_at().line());
    ASSERT_EQ(child.representatives_size(), 1);
    EXPECT_EQ(child.representatives(0).person(), "persons/1");
    EXPECT_EQ(child.representatives(0).from(), child.identity().birth_date());
  }
}

}  // namespace
}  // namespace careroute::services
