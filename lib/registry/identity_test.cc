#include "lib/registry/identity.h"

#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace careroute::registry {
namespace {

constexpr absl::CivilDay kToday(2025, 6, 15);

model::v1::Identity Written() {
  model::v1::Identity identity;
  identity.set_family_name("Королёва");
  identity.set_given_name("Анна");
  identity.set_middle_name("Петровна");
  identity.set_birth_date("2023-03-11");
  identity.set_snils("112-233-445 95");
  identity.set_policy_number("2748 1234 5678 9012");
  model::v1::Document* document = identity.add_documents();
  document->set_kind("birth-certificate");
  document->set_number("II-ДВ № 123456");
  identity.mutable_registered_at()->set_line("ул. Ленина, д. 5");
  identity.add_phones("8 914 123-45-67");
  identity.set_mother("persons/0123");
  identity.set_birth_order(2);
  return identity;
}

NormalIdentity Normalise(const model::v1::Identity& identity) {
  base::Problems problems;
  NormalIdentity normal =
      NormaliseIdentity({.identity = identity, .today = kToday}, problems);
  EXPECT_TRUE(problems.empty()) << problems.ToStatus();
  return normal;
}

std::set<TermKind> Kinds(const std::vector<Term>& terms) {
  std::set<TermKind> kinds;
  for (const Term& term : terms) {
    kinds.insert(term.kind);
  }
  return kinds;
}

std::vector<Term> CommonTerms(const model::v1::Identity& a,
                              const model::v1::Identity& b) {
  const std::vector<Term> one = TermsOf(Normalise(a));
  const std::vector<Term> two = TermsOf(Normalise(b));
  std::vector<Term> common;
  std::set_intersection(one.begin(), one.end(), two.begin(), two.end(),
                        std::back_inserter(common));
  return common;
}

TEST(NormaliseIdentity, BringsEveryFieldToItsNormalForm) {
  const NormalIdentity normal = Normalise(Written());
  EXPECT_EQ(normal.name.surname, "королева");
  EXPECT_EQ(normal.birth_date, absl::CivilDay(2023, 3, 11));
  EXPECT_EQ(normal.snils, "11223344595");
  EXPECT_EQ(normal.policy_number, "2748123456789012");
  EXPECT_EQ(normal.documents,
            std::vector<std::string>{"birth-certificate iiдвno123456"});
  EXPECT_EQ(normal.phones, std::vector<std::string>{"+79141234567"});
  ASSERT_EQ(normal.addresses.size(), 1u);
  EXPECT_EQ(normal.addresses[0].numbers, std::vector<std::string>{"5"});
  EXPECT_EQ(normal.mother, "persons/0123");
  EXPECT_EQ(normal.birth_order, 2);
}

TEST(NormaliseIdentity, ReportsEveryProblemUnderTheMessagesOwnFields) {
  model::v1::Identity identity;
  identity.set_family_name("Иванов1");
  identity.set_birth_date("2025-06-16");
  identity.set_snils("1");
  identity.set_policy_number("2");
  identity.add_documents()->set_kind("passport");
  identity.add_phones("+79141234567");
  identity.add_phones("3");
  identity.mutable_stays_at()->set_line("\xff");
  base::Problems problems;
  const auto at = problems.Enter("identity");
  (void)NormaliseIdentity({.identity = identity, .today = kToday}, problems);
  std::vector<std::string> paths;
  for (const base::Problem& problem : problems.list()) {
    paths.push_back(problem.path);
  }
  EXPECT_EQ(paths,
            (std::vector<std::string>{
                "identity.family_name", "identity.birth_date", "identity.snils",
                "identity.policy_number", "identity.documents[0].number",
                "identity.phones[1]", "identity.stays_at.line"}));
}

TEST(NormaliseIdentity, TakesANewbornWithoutAnyDocument) {
  model::v1::Identity identity;
  identity.set_birth_date("2025-06-15");
  identity.set_mother("persons/0123");
  const NormalIdentity normal = Normalise(identity);
  EXPECT_TRUE(normal.name.IsEmpty());
  EXPECT_EQ(
      Kinds(TermsOf(normal)),
      (std::set<TermKind>{TermKind::kMotherAndBirthDate, TermKind::kNewborn}));
  EXPECT_TRUE(UniqueTermsOf(normal).empty());
}

TEST(TermsOf, NamesEachThingAPersonIsFoundByOnce) {
  const std::vector<Term> terms = TermsOf(Normalise(Written()));
  EXPECT_EQ(Kinds(terms).size(), 8u);
  EXPECT_EQ(terms.size(), 10u);  // three parts of a name with the birth date
  EXPECT_EQ(std::set<Term>(terms.begin(), terms.end()).size(), terms.size());
}

TEST(UniqueTermsOf, AreTheIdentifiersOfOnePerson) {
  EXPECT_EQ(Kinds(UniqueTermsOf(Normalise(Written()))),
            (std::set<TermKind>{TermKind::kSnils, TermKind::kPolicyNumber}));
}

// The blind index finds equal tokens alone, so every slip that RankCandidates
// forgives must leave a term in common.
TEST(TermsOf, StillFindAPersonInSpiteOfOneSlip) {
  model::v1::Identity bare;
  bare.set_family_name("Королёва");
  bare.set_given_name("Анна");
  bare.set_middle_name("Петровна");
  bare.set_birth_date("2023-03-11");

  model::v1::Identity typo = bare;
  typo.set_family_name("Корольева");
  EXPECT_FALSE(CommonTerms(bare, typo).empty());
  model::v1::Identity transposed = bare;
  transposed.set_family_name("Анна");
  transposed.set_given_name("Королева");
  EXPECT_FALSE(CommonTerms(bare, transposed).empty());
  model::v1::Identity swapped = bare;
  swapped.set_birth_date("2023-11-03");
  EXPECT_FALSE(CommonTerms(bare, swapped).empty());
  model::v1::Identity wrong_year = bare;
  wrong_year.set_birth_date("2022-03-11");
  EXPECT_FALSE(CommonTerms(bare, wrong_year).empty());
  model::v1::Identity married = bare;
  married.set_family_name("Шмидт");
  EXPECT_FALSE(CommonTerms(bare, married).empty());
  model::v1::Identity unnamed = bare;
  unnamed.clear_given_name();
  unnamed.clear_middle_name();
  EXPECT_FALSE(CommonTerms(bare, unnamed).empty());

  model::v1::Identity other = bare;
  other.set_family_name("Ким");
  other.set_given_name("Яна");
  other.set_middle_name("Ильинична");
  EXPECT_TRUE(CommonTerms(bare, other).empty());
}

}  // namespace
}  // namespace careroute::registry
