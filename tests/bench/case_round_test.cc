#include "tests/bench/case_round.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::bench {
namespace {

using ::testing::ElementsAre;

std::vector<NamedCase> Cases(size_t count) {
  std::vector<NamedCase> cases;
  for (size_t i = 0; i < count; ++i) {
    cases.push_back({.name = absl::StrCat("cases/", i)});
  }
  return cases;
}

std::vector<std::string> Turns(CaseRound& round, size_t slot, size_t count) {
  std::vector<std::string> names;
  for (size_t i = 0; i < count; ++i) names.push_back(round.Next(slot).of.name);
  return names;
}

TEST(CaseRound, GoesOverTheCasesOfASlotAgainAndAgain) {
  CaseRound round(Cases(5), 2);
  EXPECT_THAT(Turns(round, 0, 4),
              ElementsAre("cases/0", "cases/2", "cases/4", "cases/0"));
  EXPECT_THAT(Turns(round, 1, 3), ElementsAre("cases/1", "cases/3", "cases/1"));
}

TEST(CaseRound, GivesEachCaseToOneSlot) {
  constexpr size_t kCases = 100;
  CaseRound round(Cases(kCases), 7);
  std::set<std::string> all;
  size_t given = 0;
  for (size_t slot = 0; slot < round.slots(); ++slot) {
    const std::vector<std::string> names = Turns(round, slot, kCases);
    const std::set<std::string> own(names.begin(), names.end());
    given += own.size();
    all.insert(own.begin(), own.end());
  }
  EXPECT_EQ(given, kCases);
  EXPECT_EQ(all.size(), kCases);
}

TEST(CaseRound, SaysHowOftenASlotHasGoneThroughItsCases) {
  CaseRound round(Cases(4), 2);
  EXPECT_EQ(round.Next(0).round, 0U);
  EXPECT_EQ(round.Next(0).round, 0U);
  EXPECT_EQ(round.Next(0).round, 1U);
  EXPECT_EQ(round.Next(1).round, 0U);
}

TEST(CaseRound, LeavesOutSlotsThatWouldHaveNoCase) {
  EXPECT_EQ(CaseRound(Cases(3), 64).slots(), 3U);
}

}  // namespace
}  // namespace careroute::bench
