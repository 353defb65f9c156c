// What holds of every normal form, whatever was written: hostile bytes are
// answered with problems, a normal form is its own normal form, and no problem
// repeats what was written.

#include <cstdint>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lib/base/random.h"
#include "lib/registry/identity.h"
#include "lib/registry/normalise_address.h"
#include "lib/registry/normalise_name.h"
#include "lib/registry/normalise_number.h"

namespace careroute::registry {
namespace {

constexpr uint64_t kSeed = 20250615;
constexpr int kRounds = 3000;

// Pieces that names, numbers, dates and addresses are made of, whole and
// broken, among them half a character and half a surrogate pair.
constexpr const char* kPieces[] = {
    "Иван",    "ова",    "ё",       "Ё",
    "е\u0308", "A",      "kузьмин", "ß",
    "İ",       "\u00ad", "’",       "-",
    " ",       ".",      "\u00a0",  "1",
    "42",      "112-",   "445 ",    "+7",
    "8 914",   "05",     ".06.",    "2024",
    "-02-",    "29",     "ул. ",    "д. ",
    "5а",      "/",      "\xd0",    "\xed\xa0\x80",
    "\n",      "😀",      "\u0301"};

std::string Text(base::Random& random) {
  std::string text;
  const uint64_t size = random.Uniform(7);
  for (uint64_t i = 0; i < size; ++i) {
    text += kPieces[random.Uniform(std::size(kPieces))];
  }
  return text;
}

TEST(NormalForms, OfANameIsItsOwnNormalForm) {
  base::SeededRandom random(kSeed);
  for (int round = 0; round < kRounds; ++round) {
    const std::string written = Text(random);
    base::Problems problems;
    const NormalName once = NormaliseName(
        {.surname = written, .given = written, .patronymic = written},
        problems);
    base::Problems none;
    const NormalName twice = NormaliseName({.surname = once.surname,
                                            .given = once.given,
                                            .patronymic = once.patronymic},
                                           none);
    EXPECT_EQ(twice, once) << "seed " << kSeed << ", round " << round;
    EXPECT_FALSE(none.HasErrors());
  }
}

TEST(NormalForms, OfANumberIsItsOwnNormalForm) {
  base::SeededRandom random(kSeed);
  const auto functions = {NormaliseSnils, NormalisePolicyNumber,
                          NormalisePhone};
  for (int round = 0; round < kRounds; ++round) {
    const std::string written = Text(random);
    for (const auto& normalise : functions) {
      base::Problems problems;
      const auto once = normalise(written, problems);
      EXPECT_EQ(once.has_value(), problems.empty());
      base::Problems none;
      EXPECT_TRUE(!once.has_value() || normalise(*once, none) == once)
          << "seed " << kSeed << ", round " << round;
    }
  }
}

TEST(NormalForms, AnswerHostileIdentitiesWithProblemsThatRepeatNothing) {
  base::SeededRandom random(kSeed);
  for (int round = 0; round < kRounds; ++round) {
    model::v1::Identity identity;
    // proto3 strings are UTF-8 on the wire; in memory anything can arrive.
    const std::string mark = "тайна" + std::to_string(round);
    identity.set_family_name(Text(random) + mark);
    identity.set_birth_date(Text(random));
    identity.set_snils(mark + Text(random));
    identity.set_policy_number(Text(random));
    identity.add_phones(Text(random) + mark);
    identity.mutable_stays_at()->set_line(Text(random) + mark);
    identity.add_documents()->set_kind(Text(random));
    base::Problems problems;
    const NormalIdentity normal = NormaliseIdentity(
        {.identity = identity, .today = absl::CivilDay(2025, 6, 15)}, problems);
    EXPECT_TRUE(normal.snils.empty());
    for (const base::Problem& problem : problems.list()) {
      EXPECT_EQ((problem.message + problem.mend).find("тайна"),
                std::string::npos)
          << "seed " << kSeed << ", round " << round;
    }
    EXPECT_LE(TermsOf(normal).size(), 10u);
  }
}

TEST(NormalForms, OfAnAddressMatchesItself) {
  base::SeededRandom random(kSeed);
  for (int round = 0; round < kRounds; ++round) {
    const std::string written = Text(random);
    base::Problems problems;
    const NormalAddress address = NormaliseAddress({.line = written}, problems);
    EXPECT_NE(CompareAddresses(address, address), AddressMatch::kDifferent)
        << "seed " << kSeed << ", round " << round;
  }
}

}  // namespace
}  // namespace careroute::registry
