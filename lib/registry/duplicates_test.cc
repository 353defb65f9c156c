#include "lib/registry/duplicates.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace careroute::registry {
namespace {

constexpr absl::CivilDay kBorn(2023, 3, 11);

NormalAddress Home() {
  return {.settlement = "khabarovsk", .words = {"ленина"}, .numbers = {"5"}};
}

// A child with a full name and nothing else.
NormalIdentity Child() {
  NormalIdentity child;
  child.name = {"королева", "анна", "петровна"};
  child.birth_date = kBorn;
  return child;
}

// A child of a known mother at a known address.
NormalIdentity ChildOfMother() {
  NormalIdentity child = Child();
  child.mother = "persons/mother";
  child.addresses = {Home()};
  return child;
}

NormalIdentity Newborn(int birth_order) {
  NormalIdentity newborn;
  newborn.birth_date = kBorn;
  newborn.mother = "persons/mother";
  newborn.birth_order = birth_order;
  return newborn;
}

NormalIdentity With(NormalIdentity identity,
                    const std::function<void(NormalIdentity&)>& change) {
  change(identity);
  return identity;
}

std::optional<Verdict> Judged(const NormalIdentity& a,
                              const NormalIdentity& b) {
  const std::vector<KnownPerson> known = {
      {.person = "persons/b", .identity = b}};
  const std::vector<Candidate> candidates = RankCandidates(a, known);
  return candidates.empty() ? std::nullopt
                            : std::optional(candidates[0].verdict);
}

struct Row {
  const char* what;
  NormalIdentity a;
  NormalIdentity b;
  std::optional<Verdict> verdict;
};

void ExpectRows(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(Judged(row.a, row.b), row.verdict) << row.what;
    EXPECT_EQ(Judged(row.b, row.a), row.verdict) << row.what << ", reversed";
  }
}

TEST(RankCandidates, ForgivesTheSlipsPeopleMake) {
  ExpectRows({
      {"all the same", Child(), Child(), Verdict::kLikely},
      {"one typo", Child(),
       With(Child(), [](NormalIdentity& c) { c.name.surname = "каролева"; }),
       Verdict::kLikely},
      {"transposed", Child(),
       With(Child(),
            [](NormalIdentity& c) { std::swap(c.name.surname, c.name.given); }),
       Verdict::kLikely},
      {"no patronymic", Child(),
       With(Child(), [](NormalIdentity& c) { c.name.patronymic.clear(); }),
       Verdict::kLikely},
      {"day and month swapped", Child(),
       With(Child(),
            [](NormalIdentity& c) {
              c.birth_date = absl::CivilDay(2023, 11, 3);
            }),
       Verdict::kPossible},
      {"day and month swapped, one telephone",
       With(Child(), [](NormalIdentity& c) { c.phones = {"+79141234567"}; }),
       With(Child(),
            [](NormalIdentity& c) {
              c.birth_date = absl::CivilDay(2023, 11, 3);
              c.phones = {"+79141234567", "+79990000000"};
            }),
       Verdict::kLikely},
      {"birth date not known", Child(),
       With(Child(), [](NormalIdentity& c) { c.birth_date.reset(); }),
       Verdict::kPossible},
  });
}

TEST(RankCandidates, KeepsStrangersApart) {
  const auto none = std::optional<Verdict>();
  ExpectRows({
      {"namesake of another age", Child(),
       With(Child(),
            [](NormalIdentity& c) {
              c.birth_date = absl::CivilDay(1950, 8, 20);
            }),
       none},
      {"another child of that day", Child(),
       With(Child(),
            [](NormalIdentity& c) {
              c.name = {"ким", "яна", "ильинична"};
            }),
       none},
      {"another given name, nothing else in common", Child(),
       With(Child(), [](NormalIdentity& c) { c.name.given = "мария"; }), none},
      {"another surname", Child(),
       With(Child(), [](NormalIdentity& c) { c.name.surname = "шмидт"; }),
       Verdict::kPossible},
      {"another surname, same mother", ChildOfMother(),
       With(ChildOfMother(),
            [](NormalIdentity& c) { c.name.surname = "шмидт"; }),
       Verdict::kLikely},
      {"two SNILS",
       With(Child(), [](NormalIdentity& c) { c.snils = "11223344595"; }),
       With(Child(), [](NormalIdentity& c) { c.snils = "08765430200"; }),
       Verdict::kPossible},
      {"two SNILS and a swapped date",
       With(Child(), [](NormalIdentity& c) { c.snils = "11223344595"; }),
       With(Child(),
            [](NormalIdentity& c) {
              c.snils = "08765430200";
              c.birth_date = absl::CivilDay(2023, 11, 3);
            }),
       none},
  });
}

TEST(RankCandidates, TakesAnIdentifierForTheSamePersonUnlessItContradicts) {
  const auto with_snils = [](NormalIdentity& c) { c.snils = "11223344595"; };
  const NormalIdentity child = With(Child(), with_snils);
  const NormalIdentity with_policy = With(
      Child(), [](NormalIdentity& c) { c.policy_number = "2748123456789012"; });
  ExpectRows({
      {"same SNILS", child, child, Verdict::kSame},
      {"same SNILS, name with two typos", child,
       With(child,
            [](NormalIdentity& c) {
              c.name.surname = "каролева";
              c.name.patronymic = "петровнна";
            }),
       Verdict::kSame},
      {"same SNILS, adopted", child,
       With(child,
            [](NormalIdentity& c) {
              c.name.surname = "шмидт";
              c.name.patronymic = "ивановна";
            }),
       Verdict::kSame},
      {"same SNILS, new surname", child,
       With(child, [](NormalIdentity& c) { c.name.surname = "шмидт"; }),
       Verdict::kSame},
      {"same SNILS, no name", child,
       With(child, [](NormalIdentity& c) { c.name = {}; }), Verdict::kSame},
      {"same SNILS, another birth date", child,
       With(child,
            [](NormalIdentity& c) {
              c.birth_date = absl::CivilDay(1990, 8, 20);
            }),
       Verdict::kContradiction},
      {"same SNILS, another given name", child,
       With(child, [](NormalIdentity& c) { c.name.given = "мария"; }),
       Verdict::kContradiction},
      {"a newborn entered with its mother's policy", with_policy,
       With(with_policy,
            [](NormalIdentity& c) {
              c.name = {"королева", "ольга", "ильинична"};
              c.birth_date = absl::CivilDay(1995, 1, 2);
            }),
       Verdict::kContradiction},
      {"one document in common",
       With(Child(), [](NormalIdentity& c) { c.documents = {"passport 1"}; }),
       With(Child(),
            [](NormalIdentity& c) {
              c.documents = {"birth-certificate 2", "passport 1"};
            }),
       Verdict::kSame},
  });
}

TEST(RankCandidates, NeverTakesTwinsForOneChild) {
  const auto named = [](const char* given) {
    return [given](NormalIdentity& c) { c.name.given = given; };
  };
  const NormalIdentity child = ChildOfMother();
  ExpectRows({
      {"two names", child, With(child, named("мария")), Verdict::kTwin},
      {"names one letter apart", With(child, named("алина")),
       With(child, named("арина")), Verdict::kTwin},
      {"a boy and a girl", child,
       With(child,
            [](NormalIdentity& c) {
              c.name = {"королев", "иван", "петрович"};
            }),
       Verdict::kTwin},
      {"one not yet named", child, With(child, named("")), Verdict::kTwin},
      {"both not yet named", With(child, named("")), With(child, named("")),
       Verdict::kTwin},
      {"other birth order, same name by mistake",
       With(child, [](NormalIdentity& c) { c.birth_order = 1; }),
       With(child, [](NormalIdentity& c) { c.birth_order = 2; }),
       Verdict::kTwin},
  });
}

TEST(RankCandidates, NeverTakesTwinsForOneChildWhateverElseDiffers) {
  const NormalIdentity child = ChildOfMother();
  ExpectRows({
      {"one surname changed", child,
       With(child,
            [](NormalIdentity& c) {
              c.name = {"шмидт", "мария", "петровна"};
            }),
       Verdict::kTwin},
      {"one moved away", child,
       With(child,
            [](NormalIdentity& c) {
              c.name.given = "мария";
              c.addresses = {{.words = {"мира"}, .numbers = {"1"}}};
            }),
       Verdict::kTwin},
      {"mother not known, one address", child,
       With(child,
            [](NormalIdentity& c) {
              c.name.given = "мария";
              c.mother.clear();
            }),
       Verdict::kTwin},
      {"mother and address not known, two places in the birth",
       With(Child(), [](NormalIdentity& c) { c.birth_order = 1; }),
       With(Child(), [](NormalIdentity& c) { c.birth_order = 2; }),
       Verdict::kTwin},
      {"the same SNILS entered for both",
       With(child, [](NormalIdentity& c) { c.snils = "11223344595"; }),
       With(child,
            [](NormalIdentity& c) {
              c.snils = "11223344595";
              c.name.given = "мария";
            }),
       Verdict::kTwin},
      {"two newborns without names", Newborn(1), Newborn(2), Verdict::kTwin},
      {"two records of a newborn, nobody can tell", Newborn(1), Newborn(1),
       Verdict::kTwin},
      {"birth order not known", Newborn(0), Newborn(1), Verdict::kTwin},
      {"a cousin of the same day", child,
       With(child,
            [](NormalIdentity& c) {
              c.name.given = "мария";
              c.mother = "persons/aunt";
            }),
       std::nullopt},
  });
}

TEST(RankCandidates, ProvesAChildOfATwinBirthByName) {
  ExpectRows({
      {"the same name and mother", ChildOfMother(), ChildOfMother(),
       Verdict::kLikely},
      {"a newborn got its name, same place in the birth",
       With(ChildOfMother(), [](NormalIdentity& c) { c.birth_order = 2; }),
       Newborn(2), Verdict::kLikely},
      {"a newborn got its name, the other place",
       With(ChildOfMother(), [](NormalIdentity& c) { c.birth_order = 2; }),
       Newborn(1), Verdict::kTwin},
      {"an unnamed record with the child's own SNILS",
       With(ChildOfMother(),
            [](NormalIdentity& c) { c.snils = "11223344595"; }),
       With(Newborn(0), [](NormalIdentity& c) { c.snils = "11223344595"; }),
       Verdict::kSame},
  });
}

TEST(RankCandidates, PutsTheSurestFirst) {
  NormalIdentity subject = ChildOfMother();
  subject.snils = "11223344595";
  const std::vector<KnownPerson> known = {
      {.person = "persons/none",
       .identity = With(Child(),
                        [](NormalIdentity& c) {
                          c.name = {"ким", "яна", ""};
                        })},
      {.person = "persons/possible",
       .identity =
           With(Child(), [](NormalIdentity& c) { c.birth_date.reset(); })},
      {.person = "persons/typo",
       .identity = With(
           Child(), [](NormalIdentity& c) { c.name.surname = "каролева"; })},
      {.person = "persons/likely", .identity = Child()},
      {.person = "persons/twin",
       .identity = With(ChildOfMother(),
                        [](NormalIdentity& c) { c.name.given = "мария"; })},
      {.person = "persons/same", .identity = subject},
  };
  std::vector<std::string> order;
  for (const Candidate& candidate : RankCandidates(subject, known)) {
    order.push_back(candidate.person);
    EXPECT_EQ(candidate.likeness == 100, candidate.verdict == Verdict::kSame);
  }
  EXPECT_EQ(order, (std::vector<std::string>{"persons/same", "persons/twin",
                                             "persons/likely", "persons/typo",
                                             "persons/possible"}));
}

TEST(RankCandidates, SaysWhyWithoutNamingAnybody) {
  const std::vector<KnownPerson> known = {
      {.person = "persons/b",
       .identity = With(ChildOfMother(),
                        [](NormalIdentity& c) { c.name.given = "мария"; })}};
  const std::vector<Candidate> candidates =
      RankCandidates(ChildOfMother(), known);
  ASSERT_EQ(candidates.size(), 1u);
  const model::v1::Explanation& because = candidates[0].because;
  EXPECT_EQ(because.message_key(), "duplicate.verdict.twin");
  std::vector<std::string> keys;
  for (const model::v1::Explanation& reason : because.because()) {
    keys.push_back(reason.message_key());
  }
  EXPECT_EQ(keys,
            (std::vector<std::string>{
                "duplicate.name.given_differs", "duplicate.birth_date.same",
                "duplicate.mother.same", "duplicate.address.same"}));
  EXPECT_EQ(because.DebugString().find("королева"), std::string::npos);
}

}  // namespace
}  // namespace careroute::registry
